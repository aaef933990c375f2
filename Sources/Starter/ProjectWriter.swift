import Columns
import Foundation
import Pipeline

/// Writes the drafted texts into the project's folder.
struct ProjectWriter {
    let tables: [StarterTable]
    let choice: FeatureFinder.Choice
    let options: Starter.Options
    let folder: URL
    var whyNone: String?
    private(set) var files: [String] = []

    private static let fewestRows = 30

    init(
        tables: [StarterTable], choice: FeatureFinder.Choice, options: Starter.Options, folder: URL
    ) {
        self.tables = tables
        self.choice = choice
        self.options = options
        self.folder = folder
    }

    private var main: StarterTable { tables[0] }

    var featureNames: String { choice.features.map(\.name).joined(separator: ", ") }

    private var title: String {
        Words.title(main.file.deletingPathExtension().lastPathComponent)
    }

    /// Why no groups can be formed; nil where they may.
    var objection: String? {
        if main.rows < Self.fewestRows {
            return "\(main.file.lastPathComponent) has \(Words.counted(main.rows, "row")), and "
                + "groups of customers need \(Self.fewestRows) at least."
        }
        if choice.features.count < 2 {
            let found =
                choice.features.isEmpty
                ? "no column that says how much, how often or how long"
                : "only one column that says how much, how often or how long "
                    + "(\(featureNames))"
            return "\(main.file.lastPathComponent) has \(found); groups of customers need two at "
                + "least."
        }
        return nil
    }

    // MARK: Writing

    /// Writes what a run needs to prepare the data.
    mutating func writeData() throws {
        let data = dataFolder
        try write(
            ProjectDraft.text(
                tables, name: title, data: data.text, currency: options.currency,
                asOf: AsOfFinder.find(tables)),
            to: "aurora.yaml")
        for table in tables {
            let file = String(
                table.file.standardizedFileURL.path.dropFirst(data.path.count))
            try write(
                SourceDraft.text(table, file: file, tables: tables),
                to: "sources/\(table.source).yaml")
            try write(
                ModelDraft.text(table, features: table.model == main.model ? choice.features : []),
                to: "models/\(table.model).yaml")
        }
    }

    /// The name of the segmentation.
    var segmentation: String {
        var columns = Set(main.columns.map { $0.name.lowercased() })
        columns.formUnion(main.derived.map { $0.name.lowercased() })
        columns.formUnion(
            choice.features.map { $0.name.lowercased() } + [main.key.name.lowercased()])
        return columns.contains("groups") ? "customer_groups" : "groups"
    }

    private var segmentFile: String { "segments/\(segmentation).yaml" }

    /// Writes the groups, before or after they have names.
    mutating func writeGroups(_ groups: GroupChoice) throws {
        try write(SegmentDraft.text(main, choice, groups, label: "Groups"), to: segmentFile)
    }

    /// Takes away what ``writeGroups(_:)`` wrote.
    mutating func forgetGroups() throws {
        let path = segmentFile
        try FileManager.default.removeItem(at: folder.appending(path: path))
        files.removeAll { $0 == path }
    }

    /// Writes figures, groups and pages.
    mutating func writeReport(_ groups: GroupChoice?) throws {
        var taken: Set = [
            segmentation, "\(segmentation)_component_1", "\(segmentation)_component_2",
        ]
        let features = groups == nil ? [] : choice.features
        let plans = tables.map { table in
            FigurePlan(
                table, features: table.model == main.model ? choice.features : [], taken: &taken)
        }
        for plan in plans {
            try write(MeasuresDraft.text(plan), to: "measures/\(plan.table.model).yaml")
        }
        if let groups { try writeGroups(groups) }
        let pages = PageDraft(
            plan: plans[0], features: features,
            heldBack: groups == nil ? [] : choice.heldBack.map(\.column), groups: groups,
            segmentation: segmentation,
            title: title, whyNone: whyNone ?? "", kinds: options.visuals)
        for (path, text) in pages.texts { try write(text, to: path) }
    }

    private mutating func write(_ text: String, to path: String) throws {
        let url = folder.appending(path: path)
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        } catch {
            throw AuroraError(
                "output_unwritable", "\(url.path) can't be written",
                cause: error.localizedDescription, hint: "name another folder with --output DIR")
        }
        if !files.contains(path) { files.append(path) }
    }

    func summary(_ groups: GroupChoice?, _ fits: [String: KnownFit]) -> StarterProject {
        StarterProject(
            folder: folder, files: files, tables: tables, features: choice.features,
            leftOut: choice.leftOut, heldBack: choice.heldBack, groups: groups, whyNone: whyNone,
            fits: fits)
    }

    /// The deepest folder that holds all files: its path with a `/` at the end, and how the project
    /// names it.
    private var dataFolder: (path: String, text: String) {
        var parts = tables[0].file.standardizedFileURL.deletingLastPathComponent().pathComponents
        for table in tables.dropFirst() {
            let other = table.file.standardizedFileURL.deletingLastPathComponent().pathComponents
            parts = zip(parts, other).prefix { $0 == $1 }.map(\.0)
        }
        let path = parts.count > 1 ? "/" + parts.dropFirst().joined(separator: "/") : "/"
        let own = folder.standardizedFileURL.pathComponents
        let text = own == parts ? "." : own.dropLast() == parts[...] ? ".." : path
        return (path == "/" ? "/" : path + "/", text)
    }
}
