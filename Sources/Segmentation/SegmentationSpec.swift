package import Columns
import Learning
package import Query
package import Workspace

/// A file of `segments/`: which customers are alike, by which features and by which method.
package struct SegmentationSpec: Sendable {
    package let name: String
    package let label: String
    package let summary: String?
    package let model: Located<String>
    let features: [Feature]
    let scale: Preprocessing.Scale
    let kMeans: KMeansSpec
    let order: Order
    let names: [Located<String>]?
    let silhouette: Silhouette.Options
    package let place: Diagnostic.Place

    struct Feature: Sendable {
        var column: Located<String>
        var transform: Preprocessing.Transform
    }

    enum Order: String, CaseIterable, Sendable { case size, start }

    package static let kind = FileKind(
        folder: "segments", type: "segment/v1",
        summary: "Which customers are alike, by which features and by which method.",
        fields: [
            Field("label", .text, "what pages call the segmentation"),
            Field("description", .text, "what it is for"),
            Field("model", .text, required: true, "the model whose rows are segmented"),
            Field(
                "features",
                .list(
                    .object([
                        Field("column", .text, required: true, "a numeric column of the model"),
                        Field(
                            "transform", .choice(Preprocessing.Transform.names),
                            "log1p for amounts and counts with a long tail; none by default"),
                    ])), required: true, "what makes customers alike"),
            Field(
                "scale", .choice(Preprocessing.Scale.names),
                "z_score (mean 0, population standard deviation 1) by default"),
            Field("k_means", .object(KMeansSpec.fields), required: true, "K-Means and its options"),
            Field(
                "order", .choice(Order.allCases.map(\.rawValue)),
                "how segments are numbered: by size, largest first (default), or by the given start"
            ),
            Field("names", .list(.text), "the segments' names in that order"),
            Field(
                "silhouette",
                .object([
                    Field(
                        "exact_up_to", .integer(2...10_000_000), "rows up to which all are measured"
                    ),
                    Field("sample", .integer(2...10_000_000), "how many are measured above that"),
                    Field("seed", .integer(0...Int.max), "which ones"),
                ]), "how the silhouette is measured; exactly up to 100,000 rows by default"),
        ])

    package init?(_ file: ProjectFile, diagnostics: inout [Diagnostic]) {
        let values = file.values
        guard let kMeans = values.object("k_means") else { return nil }
        name = file.name
        label = values.text("label") ?? file.name
        summary = values.text("description")
        model = values.located("model") ?? Located("", at: values.place)
        features = (values.objects("features") ?? []).compactMap { feature in
            feature.located("column").map {
                Feature(
                    column: $0,
                    transform: feature.text("transform").flatMap(Preprocessing.Transform.init)
                        ?? .none)
            }
        }
        scale = values.text("scale").flatMap(Preprocessing.Scale.init) ?? .zScore
        self.kMeans = KMeansSpec(kMeans)
        order = values.text("order").flatMap(Order.init) ?? .size
        names = values.texts("names")
        let silhouette = values.object("silhouette")
        let usual = Silhouette.Options()
        self.silhouette = Silhouette.Options(
            exactUpTo: silhouette?.integer("exact_up_to") ?? usual.exactUpTo,
            sampleSize: silhouette?.integer("sample") ?? usual.sampleSize,
            seed: UInt64(silhouette?.integer("seed") ?? 0))
        place = values.place
        check(&diagnostics)
        // Nothing can be checked further of what is alike by nothing.
        if features.isEmpty { return nil }
    }

    /// The columns that make customers alike.
    package var featureColumns: [String] { features.map(\.column.value) }

    /// What the file says that decides a fit: all but names and descriptions.
    package var decisive: [String] {
        var parts = ["\(features.count)"]
        for feature in features { parts += [feature.column.value, feature.transform.rawValue] }
        parts += [
            scale.rawValue, "\(kMeans.k)", "\(kMeans.seed)", "\(kMeans.restarts)",
            kMeans.start.map { "\($0.map(\.value))" } ?? "", "\(kMeans.tolerance ?? -1)",
            "\(kMeans.maxIterations)", order.rawValue,
        ]
        return parts + [
            "\(silhouette.exactUpTo)", "\(silhouette.sampleSize)", "\(silhouette.seed)",
        ]
    }

    /// A result of this segmentation with the names that the file states.
    package func naming(_ result: SegmentationResult) -> SegmentationResult {
        var result = result
        result.label = label
        for index in result.segments.indices { result.segments[index].name = segmentNames[index] }
        return result
    }

    /// The names of the segments, in canonical order.
    package var segmentNames: [String] {
        names?.map(\.value) ?? (1...kMeans.k).map { "Segment \($0)" }
    }

    private func check(_ diagnostics: inout [Diagnostic]) {
        func report(_ code: String, _ place: Diagnostic.Place, _ message: String, _ hint: String?) {
            diagnostics.append(Diagnostic(code, at: place, message, hint: hint))
        }
        if features.isEmpty {
            report("no_features", place, "segmentation '\(name)' has no features", nil)
        }
        if let names, names.count != kMeans.k {
            report(
                "names_mismatch", names.first?.place ?? place,
                "there are \(names.count) names for \(kMeans.k) segments", "one name for each")
        }
        for (index, name) in (names ?? []).enumerated()
        where names?[..<index].contains(where: { $0.value == name.value }) == true {
            report("name_taken", name.place, "two segments are named '\(name.value)'", nil)
        }
        for (index, feature) in features.enumerated()
        where features[..<index].contains(where: { $0.column.value == feature.column.value }) {
            report(
                "feature_twice", feature.column.place,
                "'\(feature.column.value)' is a feature twice, which would count it double", nil)
        }
        if let start = kMeans.start, start.count != kMeans.k {
            report(
                "start_mismatch", start.first?.place ?? place,
                "there are \(start.count) start rows for k = \(kMeans.k)",
                "one row for each segment")
        }
        if order == .start, kMeans.start == nil {
            report(
                "start_missing", place,
                "segments are to be numbered by the start, but none is given",
                "state 'start' under 'k_means', or order by size")
        }
    }

    /// Checks the features against the model's table.
    package func check(_ table: Catalogue.Table, _ diagnostics: inout [Diagnostic]) {
        let (schema, key) = (table.schema, table.key)
        for column in SegmentTable.columns(of: self) {
            // Engines compare names without regard to case.
            let taken = schema.names.first { $0.lowercased() == column.lowercased() }
            guard let taken else { continue }
            diagnostics.append(
                Diagnostic(
                    "name_taken", at: place,
                    "model '\(model.value)' has a column '\(taken)' already, as the segmentation's "
                        + "result would be named",
                    hint: "rename the file, or the column in the model"))
        }
        for feature in features {
            let column = feature.column
            guard let field = schema[column.value] else {
                diagnostics.append(
                    Diagnostic(
                        "unknown_column", at: column.place,
                        "model '\(model.value)' has no column '\(column.value)'",
                        hint: NearestName.hint(for: column.value, among: schema.names)))
                continue
            }
            if column.value == key {
                diagnostics.append(
                    Diagnostic(
                        "key_as_feature", at: column.place,
                        "'\(column.value)' tells customers apart, so it can't make them alike"))
            } else if !field.type.isNumeric, field.type != .boolean {
                diagnostics.append(
                    Diagnostic(
                        "not_a_number", at: column.place,
                        "'\(column.value)' is \(field.type), but a feature must be a number"))
            }
        }
    }
}

/// The options of K-Means.
struct KMeansSpec: Sendable {
    var k: Int
    var seed: UInt64
    var restarts: Int
    /// The keys of the rows where the centroids start.
    var start: [Located<Value>]?
    var tolerance: Double?
    var maxIterations: Int

    static let fields = [
        Field("k", .integer(1...1000), required: true, "how many segments"),
        Field("seed", .integer(0...Int.max), "which random starts; 0 by default"),
        Field("restarts", .integer(1...10_000), "random starts, of which the best is kept; 10"),
        Field("start", .list(.scalar), "keys of the rows to start from, instead of random starts"),
        Field(
            "tolerance", .number,
            "stop after the update whose squared centre movement, summed, is at most this; "
                + "without it, when no customer changes segment any more"),
        Field("max_iterations", .integer(1...1_000_000), "updates after which a start ends; 300"),
    ]

    init(_ values: FieldValues) {
        k = values.integer("k") ?? 1
        seed = UInt64(values.integer("seed") ?? 0)
        restarts = values.integer("restarts") ?? 10
        start = values.writtenList("start")?.map { $0.map(\.value) }
        tolerance = values.number("tolerance")
        maxIterations = values.integer("max_iterations") ?? 300
    }
}

extension RawRepresentable where Self: CaseIterable, RawValue == String {
    fileprivate static var names: [String] { allCases.map(\.rawValue) }
}
