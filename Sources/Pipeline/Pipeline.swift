package import Columns
package import Engine
package import Foundation
import Kernels
import Preparation
import Query
package import Reporting
package import Runs
package import Segmentation
import Workspace

/// One run of a project: from its source files to published tables, segments and figures.
package struct Pipeline: Sendable {
    var project: Project
    let data: URL
    let provider: any EngineProvider
    let threads: Int

    /// - Parameters:
    ///   - data: the folder of the source files.
    ///   - threads: how many threads compute; no result depends on it.
    package init(_ project: Project, data: URL, provider: any EngineProvider, threads: Int) {
        self.project = project
        self.data = data
        self.provider = provider
        self.threads = threads
    }

    /// A segmentation of the project.
    package func spec(_ segmentation: String) -> SegmentationSpec? {
        project.segmentations.first { $0.name == segmentation }
    }

    /// What a result depends on beside the project and its data.
    var versions: [String: String] {
        [
            "aurora": Version.current, "engine": provider.version,
            "kernels": KernelPath.current.rawValue,
            "system": ProcessInfo.processInfo.operatingSystemVersionString,
        ]
    }

    /// The folder of a project's source files: what a command says, or else what the project says.
    package static func dataFolder(of project: Project, in folder: URL, stated: String?) -> URL {
        if let stated { return URL(filePath: stated, directoryHint: .isDirectory).absoluteURL }
        return URL(
            filePath: project.settings.data, directoryHint: .isDirectory, relativeTo: folder
        ).absoluteURL
    }

    /// Tells the stage under way, how much of it is done, and what is being done.
    package typealias Report =
        @Sendable (_ stage: String, _ fraction: Double?, _ detail: String?) ->
        Void

    /// Runs everything into `folder`, which the caller publishes or throws away.
    ///
    /// - Parameters:
    ///   - earlier: the runs before this one, with which the sources are compared, and whose results
    ///     are taken over where nothing that they depend on has changed.
    ///   - fits: by segmentation, fits that are taken over on the same condition.
    ///   - repeated: the folder of the run that this one repeats, whose segments keep the numbers that
    ///     they had there.
    /// - Throws: ``InvalidProject`` with all that is wrong, or the ``AuroraError`` that stopped it.
    package func run(
        into folder: URL, after earlier: Earlier? = nil, fits: [String: KnownFit] = [:],
        repeating repeated: URL? = nil, report: @escaping Report
    ) async throws -> RunRecord {
        var diagnostics: [Diagnostic] = []
        let dated = dated(&diagnostics)
        try Self.stop(for: diagnostics)
        return try await dated.runDated(
            into: folder, after: earlier, fits: fits, repeating: repeated, report: report)
    }

    private func runDated(
        into folder: URL, after earlier: Earlier?, fits: [String: KnownFit],
        repeating repeated: URL?,
        report: @escaping Report
    ) async throws -> RunRecord {
        var record = RunRecord()
        record.versions = versions
        record.data = data.path
        record.project = project.folder.texts
        record.asOf = project.settings.asOf?.value.description
        var diagnostics: [Diagnostic] = []
        try readGeometries(into: folder, &record, &diagnostics)
        let prepared = try await prepare(
            into: folder, after: earlier, &record, &diagnostics,
            profiling: { engine, relations, record in
                try await profile(
                    relations, in: engine, &record, into: folder, after: earlier, report: report)
            }, report: report)
        defer { prepared.engine.close() }
        try Self.stop(for: diagnostics)
        let (tables, results) = try await segment(
            prepared, after: earlier, fits,
            anchors: repeated.map { .repeating($0) } ?? .following(earlier?.folder), into: folder,
            &record, &diagnostics, report: report)
        report("Checking figures and pages", nil, nil)
        _ = try await project.catalogue(
            project.recipes.models.compactMap { tables[$0.name] }, results, levels: record.levels,
            engine: prepared.engine, parser: try await provider.parser(),
            &diagnostics)
        try Self.stop(for: diagnostics)
        for model in project.recipes.models {
            report("Hashing: \(model.name)", nil, nil)
            let dialect = prepared.engine.dialect
            record.outputs["tables/\(model.name)"] = try await ContentHash.ofTable(
                "SELECT * FROM \(dialect.quoted(model.name)) ORDER BY \(dialect.quoted(model.key.value))",
                in: prepared.engine)
        }
        for source in record.inputs where source.quarantined > 0 {
            record.outputs["quarantine/\(source.source)"] = try await ContentHash.ofTable(
                "SELECT * FROM \(Self.quarantine(of: source, prepared.engine)) ORDER BY 1",
                in: prepared.engine)
        }
        try await prepared.memory?.close(prepared.engine)
        try await prepared.engine.persist()
        return record
    }

    /// Stages the sources and builds the models, to find all that is wrong with project and data.
    ///
    /// - Parameter diagnostics: what is wrong with the project's text already.
    package func check(
        into folder: URL, _ diagnostics: [Diagnostic] = [], report: @escaping Report
    ) async throws -> RunRecord {
        var diagnostics = diagnostics
        let dated = dated(&diagnostics)
        return try await dated.checkDated(into: folder, diagnostics, report: report)
    }

    private func checkDated(
        into folder: URL, _ diagnostics: [Diagnostic], report: @escaping Report
    ) async throws -> RunRecord {
        var record = RunRecord()
        var diagnostics = diagnostics
        try readGeometries(into: folder, &record, &diagnostics)
        let prepared = try await prepare(
            into: folder, after: nil, &record, &diagnostics, report: report)
        defer { prepared.engine.close() }
        for spec in project.segmentations {
            guard let table = prepared.tables[spec.model.value] else { continue }
            spec.check(table, &diagnostics)
        }
        _ = try await project.catalogue(
            project.recipes.models.compactMap { prepared.tables[$0.name] }, levels: record.levels,
            engine: prepared.engine, parser: try await provider.parser(), &diagnostics)
        try Self.stop(for: diagnostics)
        return record
    }

    /// What a stopped task could not find out is no mistake of the project.
    static func stop(for diagnostics: [Diagnostic]) throws {
        try Task.checkCancellation()
        guard diagnostics.isEmpty else { throw InvalidProject(diagnostics) }
    }
}
