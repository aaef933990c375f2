import ArgumentParser
import Columns
import Foundation
import Reporting
import Workspace

struct Schema: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print what a kind of project file may hold, as JSON Schema.",
        discussion: """
            Editors complete and check project files by such schemas; Schemas/README.md says how.

              aurora schema page
              aurora schema --output Schemas
            """)

    @Argument(help: "The kind: \(kinds.joined(separator: ", ")).")
    var kind: String?

    @Option(help: "A folder to write all of them to, as KIND.schema.json.", completion: .directory)
    var output: String?

    private static var kinds: [String] { Project.allKinds.map(\.stem) }

    func validate() throws {
        guard (kind == nil) != (output == nil) else {
            throw ValidationError("State a kind or --output.")
        }
    }

    func run() async throws {
        try await Execution.run(json: false) { [self] in
            if let kind { return try Self.show(kind) }
            try Self.write(
                to: URL(filePath: output ?? ".", directoryHint: .isDirectory).absoluteURL)
        }
    }

    private static func show(_ name: String) throws {
        guard let kind = Project.allKinds.first(where: { $0.stem == name }) else {
            throw AuroraError(
                "unknown_name", "there is no kind of project file '\(name)'",
                hint: NearestName.hint(for: name, among: kinds))
        }
        Terminal.print(kind.schema.text(indented: true))
    }

    private static func write(to folder: URL) throws {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for kind in Project.allKinds {
                try Data((kind.schema.text(indented: true) + "\n").utf8)
                    .write(to: folder.appending(path: "\(kind.stem).schema.json"))
            }
        } catch {
            throw AuroraError(
                "file_unwritable", "\(folder.path) can't be written",
                cause: error.localizedDescription)
        }
        Terminal.print("\(Project.allKinds.count) schemas written to \(folder.path)")
    }
}
