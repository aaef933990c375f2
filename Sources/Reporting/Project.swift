package import Columns
package import Engine
package import Foundation
package import Preparation
package import Query
package import Segmentation
package import Workspace

/// A whole project as its rooms understand it.
package struct Project: Sendable {
    package private(set) var folder: ProjectFolder
    package let recipes: Recipes
    package let figures: [FiguresSpec]
    package let segmentations: [SegmentationSpec]
    package let pages: [PageSpec]

    /// Every kind of project file.
    package static let kinds = [
        SourceSpec.kind, ModelSpec.kind, FiguresSpec.kind, SegmentationSpec.kind, PageSpec.kind,
    ]

    /// The kind of aurora.yaml and every other one, in the order in which data flows.
    package static let allKinds = [ProjectSettings.kind] + kinds

    package var settings: ProjectSettings {
        get { folder.settings }
        set { folder.settings = newValue }
    }

    /// Reads a project and collects all that is wrong with its text.
    package static func read(
        _ url: URL, _ diagnostics: inout [Diagnostic]
    ) throws(AuroraError) -> Project {
        var project = Project(
            try ProjectFolder.read(url, kinds: kinds, diagnostics: &diagnostics), &diagnostics)
        for (path, text) in GeometryFile.texts(of: project.geometries, in: url, &diagnostics) {
            project.folder.add(text, at: path)
        }
        return project
    }

    /// The outlines that the pages' maps name.
    package var geometries: [GeometrySpec] {
        pages.flatMap(\.visuals).flatMap(\.chart.geometries)
    }

    /// Reads a project from the texts that a run has kept.
    package static func parse(_ texts: [String: String]) throws(AuroraError) -> Project {
        var diagnostics: [Diagnostic] = []
        return try parse(texts, &diagnostics)
    }

    /// Reads a project from texts and collects all that is wrong with them.
    package static func parse(
        _ texts: [String: String], _ diagnostics: inout [Diagnostic]
    ) throws(AuroraError) -> Project {
        let folder = try ProjectFolder.parse(texts, kinds: kinds, diagnostics: &diagnostics)
        return Project(folder, &diagnostics)
    }

    private init(_ folder: ProjectFolder, _ diagnostics: inout [Diagnostic]) {
        self.folder = folder
        recipes = Recipes(folder, diagnostics: &diagnostics)
        figures = folder.files(in: "measures").map { FiguresSpec($0) }
        let segmentations = folder.files(in: "segments").compactMap {
            SegmentationSpec($0, diagnostics: &diagnostics)
        }
        self.segmentations = Self.ordered(segmentations, &diagnostics)
        pages = folder.files(in: "pages").map { PageSpec($0) }
            .sorted { ($0.position, $0.name) < ($1.position, $1.name) }
        let models = folder.names(in: "models")
        for model in figures.map(\.model) + segmentations.map(\.model)
        where !models.contains(model.value) {
            diagnostics.append(
                Diagnostic(
                    "unknown_model", at: model.place, "there is no model '\(model.value)'",
                    hint: NearestName.hint(for: model.value, among: models)))
        }
    }

    /// The catalogue of figures over the tables that a run has made.
    ///
    /// What depends on a table, a figure or a file that has mistakes of its own is left out without
    /// another word: one mistake is told once.
    ///
    /// - Parameter results: the run's segmentations; before a run only what their files announce is
    ///   known.
    package func catalogue(
        _ tables: [Catalogue.Table], _ results: [SegmentationResult] = [],
        levels: [String: [String: [String]]], engine: any Engine,
        parser: any ExpressionParser, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> Catalogue {
        var catalogue = Catalogue(tables: tables, privacy: settings.privacy)
        if tables.count == folder.names(in: "models").count {
            catalogue.checkPrivacy(&diagnostics)
        }
        for spec in segmentations where catalogue.tables[spec.model.value] != nil {
            let result = results.first { $0.name == spec.name }
            for dimension in SegmentTable.dimensions(of: spec, result) {
                catalogue.add(dimension, at: spec.place, &diagnostics)
            }
        }
        try await catalogue.add(
            figures, levels: levels, engine: engine, parser: parser, &diagnostics)
        let isComplete = ["measures", "segments"].allSatisfy {
            folder.names(in: $0).count == folder.files(in: $0).count
        }
        if isComplete {
            for page in pages {
                page.check(
                    catalogue, declared: declaredNames, models: folder.names(in: "models"),
                    &diagnostics)
            }
        }
        return catalogue
    }

    /// The segmentations in an order in which each comes behind those that it is made of; else by name.
    private static func ordered(
        _ specs: [SegmentationSpec], _ diagnostics: inout [Diagnostic]
    ) -> [SegmentationSpec] {
        var (ordered, left) = ([SegmentationSpec](), specs)
        while !left.isEmpty {
            let waiting = Set(left.map(\.name))
            guard
                let next = left.firstIndex(where: { spec in
                    spec.uses.allSatisfy { !waiting.contains($0.value) }
                })
            else {
                for spec in left {
                    diagnostics.append(
                        Diagnostic(
                            "circular", at: spec.uses.first?.place ?? spec.place,
                            "segmentation '\(spec.name)' is made of itself, by way of "
                                + spec.uses.map { "'\($0.value)'" }.joined(separator: ", ")))
                }
                return ordered
            }
            ordered.append(left.remove(at: next))
        }
        return ordered
    }

    /// The names of all figures, dimensions and segmentations, also of those with mistakes.
    private var declaredNames: Set<String> {
        var names = figures.flatMap {
            $0.measures.map(\.name.value) + $0.dimensions.map(\.name.value)
        }
        names += folder.names(in: "segments")
        for spec in segmentations { names += SegmentTable.columns(of: spec) }
        return Set(names)
    }
}
