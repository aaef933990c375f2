package import Columns
package import Engine
package import Foundation
package import Pipeline
import Preparation
import Reporting
package import Runs
import Segmentation

/// Drafts a project from one table of customers, or from several tables.
///
/// Every row is looked at, every guess is written down with its reason, and the files are read where
/// they lie. What is drafted runs with nothing to edit.
package struct Starter: Sendable {
    let provider: any EngineProvider
    let threads: Int
    let report: @Sendable (RunStage) -> Void

    package init(
        _ provider: any EngineProvider, threads: Int,
        report: @escaping @Sendable (RunStage) -> Void = { _ in }
    ) {
        self.provider = provider
        self.threads = threads
        self.report = report
    }

    /// What the author says, where it is not to be guessed.
    package struct Options: Sendable {
        /// The sheet of a workbook with several tables.
        package var sheet: String?
        /// ISO 4217.
        package var currency: String?
        /// The kinds of visual that pages may hold.
        package var visuals: Set<String>

        package init(
            sheet: String? = nil, currency: String? = nil,
            visuals: Set<String> = Set(ChartKind.all.map(\.name))
        ) {
            self.sheet = sheet
            self.currency = currency
            self.visuals = visuals
        }
    }

    /// The folder of a project for these files where none is stated: beside where the author is.
    package static func folder(for files: [URL], in folder: URL) -> URL {
        let stem = files.first?.deletingPathExtension().lastPathComponent ?? "project"
        let name = Words.slug(stem).split(separator: "_").joined(separator: "-")
        return folder.appending(path: name, directoryHint: .isDirectory)
    }

    /// Writes a project.
    ///
    /// - Parameters:
    ///   - folder: made where it doesn't exist, and taken away again where nothing comes of it.
    ///   - state: keeps what was worked out for a run that follows; nothing is kept if nil.
    /// - Throws: `project_exists` where something is in the folder, `file_unreadable`, `table_empty`,
    ///   ``InvalidProject`` with what is wrong with a file.
    package func write(
        _ files: [URL], to folder: URL, _ options: Options = Options(),
        remembering state: StateFolder? = nil
    ) async throws -> StarterProject {
        let manager = FileManager.default
        // Paths of the project are relative to it only where it is known to be a folder.
        let folder = URL(filePath: folder.path, directoryHint: .isDirectory)
        let existed = manager.fileExists(atPath: folder.path)
        let entries = (try? manager.contentsOfDirectory(atPath: folder.path)) ?? []
        guard entries.isEmpty else {
            throw AuroraError(
                "project_exists", "\(folder.path) is not empty, and a project is never overwritten",
                hint: "name another folder with --output DIR, or remove this one")
        }
        let scratch = manager.temporaryDirectory.appending(path: "aurora-init-\(UUID().uuidString)")
        try manager.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? manager.removeItem(at: scratch) }
        do {
            return try await draft(
                files, to: folder, state ?? StateFolder(scratch.appending(path: "state")),
                scratch: scratch, options)
        } catch {
            for entry in (try? manager.contentsOfDirectory(atPath: folder.path)) ?? [] {
                try? manager.removeItem(at: folder.appending(path: entry))
            }
            if !existed { try? manager.removeItem(at: folder) }
            throw error
        }
    }

    private func draft(
        _ files: [URL], to folder: URL, _ state: StateFolder, scratch: URL, _ options: Options
    ) async throws -> StarterProject {
        let engine = try await provider.intake(at: scratch.appending(path: "look.duckdb").path)
        defer { engine.close() }
        let tables = try await TableReader(
            engine: engine, scratch: scratch, sheet: options.sheet,
            report: { stage($0, nil) }
        ).read(files)
        let main = tables[0]
        stage("Choosing features", main.file.lastPathComponent)
        let choice = try await FeatureFinder(engine: engine, table: main).choose()
        var project = ProjectWriter(
            tables: tables, choice: choice, options: options, folder: folder)
        try project.writeData()
        var groups: GroupChoice?
        var fits: [String: KnownFit] = [:]
        if let objection = project.objection {
            project.whyNone = objection
        } else {
            (groups, fits) = try await choose(choice, main, &project, state, scratch)
            if groups == nil {
                project.whyNone =
                    "The rows don't differ enough in \(project.featureNames) to form groups."
            }
        }
        try project.writeReport(groups)
        return project.summary(groups, fits)
    }

    /// Prepares the model as any run will, and forms groups of its rows.
    private func choose(
        _ choice: FeatureFinder.Choice, _ table: StarterTable, _ project: inout ProjectWriter,
        _ state: StateFolder, _ scratch: URL
    ) async throws -> (GroupChoice?, [String: KnownFit]) {
        let finder = GroupFinder(features: choice.features, threads: threads)
        var writer = project
        defer { project = writer }
        return try await pipeline(writer.folder).explore(
            into: scratch.appending(path: "run"), remembering: state,
            report: { [self] in stage($0, $2, $1) }
        ) { exploration in
            stage("Choosing groups", nil)
            let dialect = exploration.engine.dialect
            let columns = choice.features.map { dialect.quoted($0.name) }.joined(separator: ", ")
            let batch = try await exploration.engine.query(
                "SELECT \(columns) FROM \(dialect.quoted(table.model)) "
                    + "ORDER BY \(dialect.quoted(table.key.name))")
            let matrix = Matrix(columns: batch.columns.map { $0.doubles() ?? [] })
            guard let trials = try await finder.tryNumbers(matrix) else { return (nil, [:]) }
            try writer.writeGroups(GroupChoice(trials))
            guard let spec = try pipeline(writer.folder).spec(writer.segmentation),
                let fit = try await finder.fit({ try await exploration.fit(spec) })
            else {
                try writer.forgetGroups()
                return (nil, [:])
            }
            return (finder.described(trials, fit.fitted, matrix), [spec.name: fit])
        }
    }

    private func pipeline(_ folder: URL) throws -> Pipeline {
        var diagnostics: [Diagnostic] = []
        let read = try Project.read(folder, &diagnostics)
        guard diagnostics.isEmpty else { throw InvalidProject(diagnostics) }
        return Pipeline(
            read, data: Pipeline.dataFolder(of: read, in: folder, stated: nil),
            provider: provider, threads: threads)
    }

    private func stage(_ stage: String, _ detail: String?, _ fraction: Double? = nil) {
        report(RunStage(run: "", stage: stage, fraction: fraction, detail: detail))
    }
}

/// A project that was drafted, for people.
package struct StarterProject: Sendable {
    package var folder: URL
    /// Relative to the folder.
    package var files: [String]
    /// The table that the pages are about comes first.
    package var tables: [StarterTable]
    package var features: [StarterFeature]
    package var leftOut: [(column: String, reason: String)]
    /// By what the groups are compared, none of which formed them.
    package var heldBack: [(column: String, reason: String)]
    package var groups: GroupChoice?
    /// Why there are no groups, where there are none.
    package var whyNone: String?
    /// The fits of the groups, for a run that follows.
    package var fits: [String: KnownFit] = [:]

    package var text: String {
        var lines: [String] = []
        for table in tables {
            lines.append(
                "\(table.file.lastPathComponent): \(Words.counted(table.rows, "row")), "
                    + "key \(table.key.name) (\(table.key.reason))")
            lines += table.references.map { "  \($0.column) → \($0.model): \($0.reason)" }
        }
        for column in tables[0].columns where column.role.isLeakage {
            lines.append("  left out: \(column.name): \(column.reason)")
        }
        if let groups {
            lines.append("features: " + features.map(\.name).joined(separator: ", "))
            lines.append("\(groups.k) groups: " + groups.names.joined(separator: " · "))
        } else if let whyNone {
            lines.append("no groups: \(whyNone)")
        }
        lines.append("Wrote \(files.count) files to \(folder.path); each says why.")
        return lines.joined(separator: "\n")
    }

    package var json: JSON {
        .object([
            "folder": .string(folder.path), "files": .array(files.map { .string($0) }),
            "tables": .array(
                tables.map { table in
                    .object([
                        "file": .string(table.file.path), "rows": JSON(table.rows),
                        "model": .string(table.model), "key": .string(table.key.name),
                        "key_reason": .string(table.key.reason),
                        "columns": .array(
                            table.columns.map {
                                .object([
                                    "name": .string($0.name), "role": .string($0.role.rawValue),
                                    "reason": .string($0.reason),
                                    "summable": .bool($0.isSummable),
                                    "order": .array($0.order.map { .string($0) }),
                                ])
                            }),
                        "references": .array(
                            table.references.map {
                                .object([
                                    "column": .string($0.column), "model": .string($0.model),
                                    "reason": .string($0.reason),
                                ])
                            }),
                    ])
                }),
            "features": .array(
                features.map {
                    .object([
                        "column": .string($0.name), "from": .string($0.source),
                        "log": .bool($0.isLogged), "reason": .string($0.reason),
                    ])
                }),
            "left_out": .array(
                leftOut.map {
                    .object(["column": .string($0.column), "reason": .string($0.reason)])
                }),
            "held_back": .array(
                heldBack.map {
                    .object(["column": .string($0.column), "reason": .string($0.reason)])
                }),
            "k": JSON(groups?.k), "names": .array((groups?.names ?? []).map { .string($0) }),
            "no_groups": JSON(whyNone),
        ])
    }
}
