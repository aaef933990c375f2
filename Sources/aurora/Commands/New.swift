import ArgumentParser
import Columns
import Foundation
import Reporting
import Runs

struct New: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a new file into a project.", subcommands: [NewPage.self])
}

struct NewPage: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "page",
        abstract: "Write a page from a template, filled with the project's own figures.",
        discussion: """
            Takes measures, dimensions and segmentations of the published run, in the order of the
            project's files, and writes pages/NAME.yaml. Nothing is overwritten. 'aurora serve' shows
            the page at once.

              aurora new page --list
              aurora new page --from overview
              aurora new page Examples/banking --from comparison --segmentation value --name groups
            """)

    @OptionGroup var project: ProjectOptions

    @Option(
        name: .customLong("from"),
        help: "The template: \(PageTemplate.all.map(\.name).joined(separator: ", ")).")
    var template: String?

    @Option(help: "The page's name, which is that of its file (default: the template's).")
    var name: String?

    @Option(help: "The page's title (default: the template's).")
    var title: String?

    @Option(help: "Whose groups the page is about (default: the project's first segmentation).")
    var segmentation: String?

    @Flag(help: "List the templates instead.")
    var list = false

    func validate() throws {
        guard list != (template != nil) else {
            throw ValidationError("State --from TEMPLATE or --list.")
        }
        let wanted = name ?? ""
        guard wanted.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }) else {
            throw ValidationError("--name '\(wanted)' is no name: letters, digits, '_' and '-'")
        }
    }

    func run() async throws {
        try await Execution.run(json: project.json) { [self] in
            guard let template else { return showList() }
            try await write(try PageTemplate(named: template))
        }
    }

    private func showList() {
        if project.json {
            let templates = PageTemplate.all.map {
                JSON.object(["name": .string($0.name), "summary": .string($0.summary)])
            }
            Terminal.print(JSON.object(["templates": .array(templates)]).text(indented: true))
            return
        }
        let width = PageTemplate.all.map(\.name.count).max() ?? 0
        for template in PageTemplate.all {
            let padding = String(repeating: " ", count: width - template.name.count + 2)
            Terminal.print(template.name + padding + template.summary)
        }
    }

    private func write(_ template: PageTemplate) async throws {
        let run =
            template.isBlank && project.stateFolder.published == nil
            ? nil
            : try await PublishedRun.current(
                project.stateFolder, try Engines.provider(threads: 1))
        let text = try template.text(of: run, segmentation: segmentation, title: title)
        let path = "pages/\(name ?? template.name).yaml"
        let file = project.folder.appending(path: path)
        let manager = FileManager.default
        guard manager.fileExists(atPath: project.folder.appending(path: "aurora.yaml").path) else {
            throw AuroraError(
                "project_missing",
                "\(project.folder.path) holds no project: there is no aurora.yaml in it",
                hint: "name the project's folder: aurora new page FOLDER --from \(template.name)")
        }
        for taken in [file, file.deletingPathExtension().appendingPathExtension("yml")]
        where manager.fileExists(atPath: taken.path) {
            throw AuroraError(
                "output_unwritable", "\(path) is there already, and is not overwritten",
                hint: "another name with --name")
        }
        do {
            try manager.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file, options: .withoutOverwriting)
        } catch {
            throw AuroraError(
                "output_unwritable", "\(file.path) can't be written",
                cause: error.localizedDescription)
        }
        if project.json {
            let document = JSON.object([
                "file": .string(path), "template": .string(template.name), "text": .string(text),
            ])
            Terminal.print(document.text(indented: true))
        } else {
            Terminal.print("\(path) written from the template '\(template.name)'")
            Terminal.tell("'aurora serve' shows it at once; 'aurora run' takes it into the record.")
        }
    }
}
