import Columns
import DemoBank
import Foundation

/// A bank written to a temporary folder and read back as text.
struct BankFolder: Sendable {
    let written: WrittenBank
    let truth: BankTruthFile
    private let texts: [String: Data]

    /// Of 3,000 customers and 24 months, written once for all tests.
    static let usual: BankFolder = {
        do { return try BankFolder() } catch { fatalError("\(error)") }
    }()

    init(customers: Int = 3000, months: Int = 24, seed: UInt64 = 1) throws {
        let folder = TemporaryFolder()
        let bank = try SyntheticBank(customers: customers, months: months, seed: seed)
        written = try bank.write(to: folder.path) { _ in }
        var texts: [String: Data] = [:]
        for name in folder.contents {
            texts[name] = try Data(contentsOf: URL(filePath: folder.path + "/" + name))
        }
        self.texts = texts
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        truth = try decoder.decode(BankTruthFile.self, from: texts["TRUTH.json"] ?? Data())
    }

    var names: [String] { texts.keys.sorted() }

    func bytes(_ name: String) -> Data { texts[name] ?? Data() }

    func lines(_ name: String) -> [Substring] {
        String(decoding: bytes(name), as: UTF8.self).split(separator: "\r\n")
    }

    /// The rows of a file, each a text by the column's name.
    func rows(_ name: String) -> [[String: Substring]] {
        let lines = lines(name)
        let columns = lines[0].split(separator: ",").map(String.init)
        return lines.dropFirst().map { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            return Dictionary(uniqueKeysWithValues: zip(columns, fields))
        }
    }
}

/// What tests read of TRUTH.json.
struct BankTruthFile: Decodable, Sendable {
    struct File: Decodable, Sendable {
        var name: String
        var rows: Int
        var bytes: Int
    }
    struct Segment: Decodable, Sendable {
        var name: String
        var planted: Double
        var customersAtFirst: Int
        var customers: Int
        var stillThere: Int
    }
    struct Movers: Decodable, Sendable {
        struct Move: Decodable, Sendable, Equatable {
            var from: String
            var to: String
            var customers: Int
        }
        var customers: Int
        var inTheLastSixMonths: Int
        var plantedAMonth: Double
        var moves: [Move]
    }
    struct Comparison: Decodable, Sendable {
        struct Side: Decodable, Sendable {
            var planted: Double?
            var plantedAMonth: Double?
            var customers: Int
            var found: Int

            var rate: Double { Double(found) / Double(customers) }
        }
        var of: String
        var among: String
        var `in`: Side
        var out: Side
    }
    var asOf: String
    var files: [File]
    var segments: [Segment]
    var movers: Movers
    var effects: [Comparison]
    var nonEffects: [Comparison]
    var lifeEvents: [String: Int]
    var defaulted: Int
    var left: Int
    var dirt: [String: Int]
}
