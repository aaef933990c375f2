package import Columns
package import Engine
package import Foundation
package import Preparation
package import Query
package import Runs
package import Segmentation
import Workspace

/// A finished run, opened for reading: its project as it was, its tables, its figures.
package struct PublishedRun: Sendable {
    package let record: RunRecord
    package let project: Project
    package let segmentations: [SegmentationResult]
    package let tables: [Catalogue.Table]
    package private(set) var gate: Gate
    let folder: URL
    let provider: any EngineProvider
    let engine: any Engine
    let explainers: ExplainerMemory

    /// Opens the run in this folder.
    package init(
        _ folder: URL, _ provider: any EngineProvider, readers: Int = 1
    ) async throws(AuroraError) {
        let record = try RunRecord.read(folder)
        let project = try Project.parse(record.project)
        explainers = ExplainerMemory()
        self.folder = folder
        self.provider = provider
        self.record = record
        self.project = project
        var results: [SegmentationResult] = []
        for spec in project.segmentations {
            results.append(try SegmentationResult.read(spec.name, from: folder))
        }
        segmentations = results
        engine = try await provider.published(
            at: folder.appending(path: "data.duckdb").path, readers: readers)
        var tables: [Catalogue.Table] = []
        for model in project.recipes.models {
            tables.append(try await Catalogue.Table(model, in: engine))
        }
        self.tables = tables
        var diagnostics: [Diagnostic] = []
        let parser = try await provider.parser()
        let catalogue = try await project.catalogue(
            tables, results, levels: record.levels, engine: engine, parser: parser, &diagnostics)
        gate = Gate(catalogue, engine: engine, parser: parser, privacy: project.settings.privacy)
    }

    /// The same run, whose figures are computed with other values of parameters.
    ///
    /// - Throws: `unknown_parameter`, `parameter_value`.
    package func setting(_ parameters: [String: Double]) throws(AuroraError) -> PublishedRun {
        var run = self
        run.gate = try gate.setting(parameters)
        return run
    }

    /// The same run with pages, figures and names of another edition of the project.
    init(
        _ run: PublishedRun, _ project: Project, _ results: [SegmentationResult],
        _ catalogue: Catalogue
    ) async throws(AuroraError) {
        // What has been worked out of customers holds the names of segments.
        let isNamedAlike = zip(run.segmentations, results).allSatisfy {
            $0.segments.map(\.name) == $1.segments.map(\.name)
        }
        explainers = isNamedAlike ? run.explainers : ExplainerMemory()
        folder = run.folder
        provider = run.provider
        record = run.record
        self.project = project
        segmentations = results
        engine = run.engine
        tables = run.tables
        gate = Gate(
            catalogue, engine: engine, parser: try await provider.parser(),
            privacy: project.settings.privacy)
    }

    /// Opens the run that is published in a state folder.
    ///
    /// - Throws: `no_run` before the first one.
    package static func current(
        _ state: StateFolder, _ provider: any EngineProvider, readers: Int = 1
    ) async throws(AuroraError) -> PublishedRun {
        guard let folder = state.published else {
            throw AuroraError(
                "no_run", "no run is published in \(state.url.path)",
                hint: "aurora run makes one")
        }
        return try await PublishedRun(folder, provider, readers: readers)
    }
}

extension Catalogue.Table {
    /// The table that a model's recipe has made.
    package init(_ model: ModelSpec, in engine: any Engine) async throws(AuroraError) {
        let name = engine.dialect.quoted(model.name)
        let schema = try await engine.schema(of: "SELECT * FROM \(name)")
        self.init(
            name: model.name, key: model.key.value,
            references: Dictionary(
                model.references.map { ($0.model.value, $0.column.value) }, uniquingKeysWith: { $1 }
            ),
            schema: schema)
    }
}
