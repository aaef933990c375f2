import DemoBank
import Foundation

/// A twin written to a temporary folder and read back as text, for the tests.
struct TwinTable: Sendable {
    let written: WrittenTwin
    let bytes: Data
    let lines: [Substring]
    /// Data rows by columns.
    let rows: [[Substring]]

    /// The default twin, written once for all tests.
    static let original: TwinTable = {
        do { return try TwinTable(rows: 8950, seed: 1) } catch { fatalError("\(error)") }
    }()

    init(rows count: Int, seed: UInt64) throws {
        let folder = TemporaryFolder()
        written = try CreditCardTwin().write(rows: count, seed: seed, to: folder.path)
        bytes = try Data(contentsOf: URL(filePath: written.path))
        // Swift takes CR LF for one character; the header test looks at the bytes.
        lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
        rows = lines.dropFirst().map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
    }

    func index(_ name: String) -> Int {
        guard let index = lines[0].split(separator: ",").firstIndex(of: name[...]) else {
            preconditionFailure("there is no column \(name)")
        }
        return index
    }

    func texts(_ name: String) -> [Substring] {
        let column = index(name)
        return rows.map { $0[column] }
    }

    /// The numbers of a column, nil where missing.
    func numbers(_ name: String) -> [Double?] { texts(name).map { Double($0) } }

    func mean(_ name: String) -> Double {
        let present = numbers(name).compactMap { $0 }
        return present.reduce(0, +) / Double(present.count)
    }

    /// The value below which lies a part `share` of those present.
    func quantile(_ share: Double, of name: String) -> Double {
        let sorted = numbers(name).compactMap { $0 }.sorted()
        return sorted[Int(share * Double(sorted.count - 1))]
    }
}

/// A folder that is gone when the last reference to it is.
final class TemporaryFolder: Sendable {
    let path = FileManager.default.temporaryDirectory
        .appending(path: "aurora-demobank-\(UUID().uuidString)").path

    init() {
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var contents: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? []
    }
}
