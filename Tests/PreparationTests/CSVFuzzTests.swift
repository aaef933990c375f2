import Columns
import Foundation
import TestProjects
import Testing

/// Broken text files of all kinds. `AURORA_FUZZ_CASES` states how many, `AURORA_FUZZ_SEED` the first
/// of them; a failure names its seed.
@Suite("Broken text files", .timeLimit(.minutes(30)))
struct CSVFuzzTests {
    private static func number(_ name: String, otherwise: UInt64) -> UInt64 {
        ProcessInfo.processInfo.environment[name].flatMap(UInt64.init) ?? otherwise
    }

    private static let first = number("AURORA_FUZZ_SEED", otherwise: 1)
    private static let cases = number("AURORA_FUZZ_CASES", otherwise: 1_500)

    private static let codes: Set<String> = {
        let url = TestProject.home.appending(path: "docs/errors.md")
        let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
        return Set(text.split(separator: "`").map(String.init))
    }()

    @Test("every row is kept or set aside, or a diagnostic says why not; nothing else happens")
    func accounted() async throws {
        let quarantine = try await CSVReading(["broken_rows: quarantine"])
        let stop = try await CSVReading([])
        for seed in Self.first..<(Self.first + Self.cases) {
            let file = FuzzedCSV(seed: seed)
            let comment: Comment = "seed \(seed), damages: \(file.damages)"
            do {
                try quarantine.write(file.bytes)
                try stop.write(file.bytes)
                let kept = try await quarantine.read()
                let stopped = try await stop.read()
                check(kept, stopped, comment)
                if let delimiter = kept.delimiter {
                    check(kept, against: file.bytes, delimiter, comment)
                }
            } catch {
                Issue.record(error, comment)
            }
        }
    }

    /// With and without quarantine the same file gives the same rows, or a reason why not.
    private func check(
        _ kept: CSVReading.Answer, _ stopped: CSVReading.Answer, _ comment: Comment
    ) {
        for diagnostic in kept.diagnostics + stopped.diagnostics {
            #expect(Self.codes.contains(diagnostic.code), comment)
        }
        if !kept.diagnostics.isEmpty {
            #expect(kept.rows.isEmpty, comment)
            #expect(stopped.diagnostics.map(\.message) == kept.diagnostics.map(\.message), comment)
        } else if kept.broken.isEmpty {
            #expect(stopped.diagnostics.isEmpty, comment)
            #expect(stopped.rows == kept.rows, comment)
        } else {
            #expect(stopped.diagnostics.count == 1, comment)
            let isTold = stopped.diagnostics.allSatisfy {
                ["ragged_rows", "malformed_file"].contains($0.code) && $0.place.line != nil
            }
            #expect(isTold, comment)
        }
    }

    /// Rows kept and set aside are all that an independent count finds.
    private func check(
        _ answer: CSVReading.Answer, against bytes: [UInt8], _ delimiter: UInt8, _ comment: Comment
    ) {
        let total = answer.rows.count + answer.broken.count
        let places = answer.broken.map(\.row)
        #expect(Set(places).count == places.count, comment)
        #expect(places.allSatisfy { (1...total).contains($0) }, comment)
        #expect(answer.broken.allSatisfy { !$0.reason.isEmpty && !$0.text.isEmpty }, comment)
        // In one column an empty line may be a row, and marks may hide a quote: counted elsewhere.
        let isPlain =
            answer.names.count > 1 && !answer.facts.contains { $0.contains("UTF-16") }
            && bytes.indices.allSatisfy {
                !bytes[$0...].starts(with: [0xEF, 0xBB, 0xBF])
            }
        guard isPlain else { return }
        #expect(total + 1 == PlainRecordCounter(bytes, delimiter: delimiter).count, comment)
    }
}

extension CSVReading.Answer {
    /// What was found to stand between the values, where there are rows.
    fileprivate var delimiter: UInt8? {
        let names = ["commas": ",", "semicolons": ";", "tabs": "\t", "vertical": "|"]
        guard diagnostics.isEmpty,
            let fact = facts.first(where: { $0.contains("between values") }),
            let name = fact.split(separator: " ").first
        else { return nil }
        return names[String(name)]?.utf8.first
    }
}
