import Columns
import DemoBank
import Foundation
import Testing

@Suite("A twin's files")
struct WritingTests {
    @Test("a twin comes with its label and its truth, and nothing else")
    func files() throws {
        let folder = TemporaryFolder()
        let written = try CreditCardTwin().write(rows: 40, seed: 7, to: folder.path + "/new/bank")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/new/bank")
        #expect(
            names.sorted() == [
                "CC_GENERAL.csv", "CC_GENERAL.csv.synthetic.json", "CC_GENERAL.truth.csv",
            ])
        #expect(written.path == folder.path + "/new/bank/CC_GENERAL.csv")
        #expect(written.rows == 40)
        let size = try FileManager.default.attributesOfItem(atPath: written.path)[.size] as? Int
        #expect(written.bytes == size)
    }

    @Test("the label names generator, seed, rows and the hash of the bytes")
    func label() throws {
        let folder = TemporaryFolder()
        let written = try CreditCardTwin().write(rows: 40, seed: .max, to: folder.path)
        let text = try String(contentsOfFile: written.labelPath, encoding: .utf8)
        #expect(
            text == """
                {
                  "generator": "aurora generate --like credit-card",
                  "seed": 18446744073709551615,
                  "rows": 40,
                  "sha256": "\(written.sha256)"
                }

                """)
    }

    @Test("the truth file has the planted group of each customer in the file's order")
    func truth() throws {
        let folder = TemporaryFolder()
        let written = try CreditCardTwin().write(rows: 500, seed: 1, to: folder.path)
        let text = try String(contentsOfFile: written.truthPath, encoding: .utf8)
        let lines = text.split(separator: "\r\n")
        let twin = try String(contentsOfFile: written.path, encoding: .utf8)
        #expect(lines[0] == "CUST_ID,group")
        #expect(
            lines.map { $0.prefix { $0 != "," } }
                == twin.split(separator: "\r\n").map { $0.prefix { $0 != "," } })
        let groups = Set(lines.dropFirst().map { $0.drop { $0 != "," }.dropFirst() })
        #expect(
            groups == [
                "Low Touch Explorers", "Transitional Group", "Active Retailers",
                "The Liquidity Holdouts",
            ])
    }

    @Test("progress counts the rows up")
    func progress() throws {
        var counts: [Int] = []
        let folder = TemporaryFolder()
        _ = try CreditCardTwin().write(rows: 20_000, seed: 1, to: folder.path) {
            counts.append($0)
        }
        #expect(counts.count > 4)
        #expect(counts == counts.sorted())
        #expect(counts.allSatisfy { (1...20_000).contains($0) })
    }

    @Test("an interruption leaves nothing behind")
    func interruption() {
        let folder = TemporaryFolder()
        let error = #expect(throws: AuroraError.self) {
            try CreditCardTwin().write(rows: 100_000, seed: 1, to: folder.path) {
                _ throws(AuroraError) in throw .interrupted
            }
        }
        #expect(error?.code == "interrupted")
        #expect(folder.contents.isEmpty)
    }

    @Test("a folder that is a file is told with the system's message")
    func cannotWrite() throws {
        let folder = TemporaryFolder()
        let file = folder.path + "/file"
        try Data().write(to: URL(filePath: file))
        for path in [file, file + "/below"] {
            let error = #expect(throws: AuroraError.self) {
                try CreditCardTwin().write(rows: 10, seed: 1, to: path)
            }
            #expect(error?.code == "cannot_write")
            #expect(error?.message.contains(path) == true)
            #expect(error?.cause == "Not a directory")
        }
        #expect(folder.contents == ["file"])
    }

    @Test("an unlabelled file of that name is not replaced, a labelled one is")
    func original() throws {
        let folder = TemporaryFolder()
        let path = folder.path + "/CC_GENERAL.csv"
        try Data("the original".utf8).write(to: URL(filePath: path))
        let error = #expect(throws: AuroraError.self) {
            try CreditCardTwin().write(rows: 10, seed: 1, to: folder.path)
        }
        #expect(error?.code == "not_synthetic")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "the original")

        try FileManager.default.removeItem(atPath: path)
        let first = try CreditCardTwin().write(rows: 10, seed: 1, to: folder.path)
        let second = try CreditCardTwin().write(rows: 10, seed: 2, to: folder.path)
        #expect(first.sha256 != second.sha256)
    }

    @Test("a number of rows that can't be is refused", arguments: [Int.min, -1, 0, Int.max])
    func rows(count: Int) {
        let folder = TemporaryFolder()
        let error = #expect(throws: AuroraError.self) {
            try CreditCardTwin().write(rows: count, seed: 1, to: folder.path)
        }
        #expect(error?.code == "rows_out_of_range")
        #expect(folder.contents.isEmpty)
    }

    @Test("the registry knows each twin by its own name")
    func registry() throws {
        #expect(
            Twins.all.map(\.name) == [
                "credit-card", "banking", "mass-affluent", "financial-services",
                "aurora-dashboard",
            ])
        for twin in Twins.all { #expect(try Twins.named(twin.name).fileName == twin.fileName) }
        let error = #expect(throws: AuroraError.self) { try Twins.named("credit_cart") }
        #expect(error?.code == "unknown_twin")
        #expect(error?.hint == "did you mean 'credit-card'?")
    }
}
