import Columns
import Foundation
import Spreadsheets
import TestProjects
import Testing

/// Broken workbooks: each either reads or ends in an error of the file, and none crashes or hangs.
///
/// `AURORA_FUZZ_SEED` chooses other ones, `AURORA_FUZZ_CASES` how many.
@Suite("Broken workbooks")
struct FuzzTests {
    static let seed =
        ProcessInfo.processInfo.environment["AURORA_FUZZ_SEED"].flatMap(UInt64.init) ?? 1
    static let count =
        ProcessInfo.processInfo.environment["AURORA_FUZZ_CASES"].flatMap(Int.init) ?? 100

    /// SplitMix64: the same numbers from the same seed anywhere.
    struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
    }

    enum Harm: String, CaseIterable, Sendable {
        case cut, flippedBytes, flippedDirectory, brokenXML, movedXML, wrongSizes, missingPart,
            spliced
    }

    static var workbook: TestWorkbook {
        var workbook = TestWorkbook([
            .init(
                "data",
                [["Report"], [], ["id", "name", "day", "rate"]]
                    + (1...12).map {
                        [
                            .number("\($0).5"),
                            .raw(attributes: "t=\"s\"", content: "<v>\($0 % 2)</v>"),
                            .date(40_000 + $0), .raw(attributes: "s=\"2\"", content: "<v>0.25</v>"),
                        ]
                    } + [["Total", nil, nil, 3]],
                behind: "<mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>"),
            .init("words", [["id", "a"], ["name", "b"], ["day", "c"]]),
        ])
        workbook.sharedStrings = ["<t>a &amp; b</t>", "<r><t>c_x000D_</t></r><r><t>d</t></r>"]
        workbook.formats = ["0.0%"]
        return workbook
    }

    @Test("end in an error that names what is wrong", arguments: Harm.allCases)
    func broken(harm: Harm) throws {
        let index = UInt64(Harm.allCases.firstIndex(of: harm) ?? 0)
        var numbers = Numbers(state: Self.seed &* 1000 &+ index)
        var refused = 0
        for number in 0..<Self.count {
            let data = Self.harmed(harm, &numbers)
            guard let failure = try failure(of: data) else { continue }
            refused += 1
            #expect(failure.isOfWorkbook, "seed \(Self.seed), \(harm) \(number): \(failure)")
            #expect(!failure.message.isEmpty && failure.hint != nil)
        }
        // Some harm must have been done, or this would test nothing.
        #expect(refused > Self.count / 20, "\(refused) of \(Self.count)")
    }

    private static func harmed(_ harm: Harm, _ numbers: inout Numbers) -> Data {
        var archive = TestArchive(workbook.parts.map { .init($0.name, Array($0.text.utf8)) })
        let part = Int.random(in: 0..<archive.entries.count, using: &numbers)
        /// Changes a part and makes its checksum fit again.
        func rewrite(_ change: (inout [UInt8]) -> Void) {
            var bytes = archive.entries[part].stored
            change(&bytes)
            archive.entries[part] = .init(archive.entries[part].name, bytes)
        }
        switch harm {
        case .cut:
            let data = archive.data
            return data.prefix(Int.random(in: 0..<data.count, using: &numbers))
        case .flippedBytes, .flippedDirectory:
            var data = archive.data
            let range = (harm == .flippedBytes ? 0 : data.count - 500)..<data.count
            for _ in 0..<Int.random(in: 1...8, using: &numbers) {
                data[Int.random(in: range, using: &numbers)] = UInt8.random(
                    in: 0...255, using: &numbers)
            }
            return data
        case .brokenXML:
            let signs = Array("<>/&;\"'=![]?-:\0\u{FF}019ar".utf8)
            rewrite { bytes in
                for _ in 0..<Int.random(in: 1...5, using: &numbers) {
                    let place = Int.random(in: 0..<bytes.count, using: &numbers)
                    bytes[place] = signs[Int.random(in: 0..<signs.count, using: &numbers)]
                }
            }
        case .movedXML:
            rewrite { bytes in
                let from = Int.random(in: 0..<bytes.count, using: &numbers)
                let piece = bytes[from..<min(bytes.count, from + 80)]
                let place = Int.random(in: 0...bytes.count, using: &numbers)
                bytes.insert(contentsOf: Array(piece), at: place)
            }
        case .wrongSizes:
            archive.entries[part].size = Int.random(in: 0...0xFFFF_FFFF, using: &numbers)
            archive.entries[part].method = [0, 8, 99].randomElement(using: &numbers) ?? 0
        case .missingPart:
            archive.entries.remove(at: part)
        case .spliced:
            let other = Int.random(in: 0..<archive.entries.count, using: &numbers)
            archive.entries[part] = .init(archive.entries[part].name, archive.entries[other].stored)
        }
        return archive.data
    }
}
