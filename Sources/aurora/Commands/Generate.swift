import ArgumentParser
import Columns
import DemoBank
import Foundation

struct Generate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Make synthetic files in the form of an example's, for whoever lacks the real ones.",
        discussion: """
            The same columns, formats and flaws, and a comparable structure; the same bytes for the same
            seed. Pages made from such files say that they are synthetic.

              aurora generate --like credit-card --output data
              aurora generate --like credit-card --rows 1000000 --seed 7 --output data
            """)

    @Option(help: "The example: \(Twins.all.map(\.name).joined(separator: ", ")).")
    var like: String

    @Option(help: "The folder to write to.", completion: .directory)
    var output: String

    @Option(help: "How many customers (default: as many as the original has).")
    var rows: Int?

    @Option(help: "Which customers.")
    var seed: UInt64 = 1

    @Flag(help: "Print one JSON document on standard output.")
    var json = false

    func run() async throws {
        try await Execution.run(json: json) { [self] in
            let twin = try Twins.named(like)
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
}
