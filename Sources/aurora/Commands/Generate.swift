import ArgumentParser
import Columns
import DemoBank
import Foundation

struct Generate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make synthetic files: an invented bank, or files in the form of an example's.",
        discussion: """
            The bank has customers, accounts, cards, branches and months of transactions; what was
            planted in it stands in TRUTH.json. With --like it is the files of an example, for whoever
            lacks the real ones: the same columns, formats and flaws, and a comparable structure. The
            same seed gives the same bytes. Pages made from such files say that they are synthetic.

              aurora generate --output data
              aurora generate --customers 1000000 --months 25 --output data
              aurora generate --like credit-card --rows 1000000 --seed 7 --output data
            """)

    @Option(
        help: "An example instead of the bank: \(Twins.all.map(\.name).joined(separator: ", ")).")
    var like: String?

    @Option(help: "The folder to write to.", completion: .directory)
    var output: String

    @Option(help: "How many customers the bank has (default: 10000).")
    var customers: Int?

    @Option(help: "How many months of transactions, from January 2023 on (default: 24).")
    var months: Int?

    @Option(help: "With --like, how many customers (default: as many as the original has).")
    var rows: Int?

    @Option(help: "Which customers.")
    var seed: UInt64 = 1

    @Flag(help: "Print one JSON document on standard output.")
    var json = false

    func validate() throws {
        if like == nil, rows != nil {
            throw ValidationError("--rows goes with --like; the bank has --customers")
        }
        if like != nil, customers != nil || months != nil {
            throw ValidationError("--customers and --months are the bank's; --like has --rows")
        }
    }

    func run() async throws {
        try await Execution.run(json: json) { [self] in
            if let like { try writeTwin(of: like) } else { try writeBank() }
        }
    }

    private func writeBank() throws {
        let bank = try SyntheticBank(
            customers: customers ?? 10_000, months: months ?? 24, seed: seed)
        let written = try Self.write(bank, to: output)
        if json {
            let files = written.files.map { file in
                JSON.object([
                    "name": .string(file.name), "rows": JSON(file.rows),
                    "bytes": JSON(file.bytes), "sha256": .string(file.sha256),
                ])
            }
            Terminal.print(
                JSON.object([
                    "path": .string(written.directory), "truth": .string(written.truthPath),
                    "as_of": .string(bank.asOf), "files": .array(files),
                ]).text(indented: true))
        } else {
            let lines = written.files.map { "  \($0.name): \($0.rows) rows" }
            Terminal.print(
                (["A synthetic bank up to \(bank.asOf) written to \(written.directory)"] + lines)
                    .joined(separator: "\n"))
            Terminal.tell("What was planted in it: \(written.truthPath)")
        }
    }

    /// Writes a bank and shows how far it is.
    static func write(_ bank: SyntheticBank, to folder: String) throws -> WrittenBank {
        let line = ProgressLine()
        defer { line.end() }
        var shown = -1
        return try bank.write(to: folder) { fraction throws(AuroraError) in
            if Task.isCancelled { throw .interrupted }
            let percent = Int(fraction * 100)
            guard percent > shown else { return }
            shown = percent
            line.show("Generating a bank", fraction: fraction)
        }
    }

    private func writeTwin(of name: String) throws {
        let twin = try Twins.named(name)
        let rows = rows ?? twin.defaultRows
        let written = try twin.write(rows: rows, seed: seed, to: output) {
            done throws(AuroraError) in
            if Task.isCancelled { throw .interrupted }
            if Terminal.isInteractive, done % 100_000 == 0, done > 0 {
                FileHandle.standardError.write(Data("\r\(done) of \(rows) customers".utf8))
            }
        }
        if json {
            Terminal.print(
                JSON.object([
                    "path": .string(written.path), "truth": .string(written.truthPath),
                    "label": .string(written.labelPath), "rows": JSON(written.rows),
                    "bytes": JSON(written.bytes), "sha256": .string(written.sha256),
                ]).text(indented: true))
        } else {
            Terminal.print("\(written.rows) synthetic customers written to \(written.path)")
        }
    }
}
