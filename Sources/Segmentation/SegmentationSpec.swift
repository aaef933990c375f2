package import Columns
import Learning
import Query
package import Workspace

/// A file of `segments/`: which customers are alike, by which features and by which method.
package struct SegmentationSpec: Sendable {
    package let name: String
    package let label: String
    package let summary: String?
    package let model: Located<String>
    package let features: [FeatureSpec]
    let scale: Preprocessing.Scale
    let blocks: Preprocessing.Blocks?
    let reduction: Preprocessing.Reduction
    /// Distances beyond the usual, in robust standard deviations, from which a customer belongs to no
    /// segment; nil where every customer belongs to one.
    let outliers: Double?
    package let method: any SegmentMethod
    let order: Order
    package let names: [Located<String>]?
    let silhouette: Silhouette.Options
    package var evidence: EvidenceSpec?
    /// Who chose the number of segments, and why.
    package let chosen: Choice?
    /// How often the fit is repeated on resampled customers.
    let replicates: Int
    /// What the file says that decides a fit: all but names and descriptions.
    package let decisive: String
    package let place: Diagnostic.Place

    package enum Order: String, CaseIterable, Sendable { case size, start }

    package struct Choice: Sendable {
        package var by: String?
        package var reason: String?
    }

    package static let kind = FileKind(
        folder: "segments", type: "segment/v1",
        summary: "Which customers are alike, by which features and by which method.",
        fields: [
            Field("label", .text, "what pages call the segmentation"),
            Field("description", .text, "what it is for"),
            Field("model", .text, required: true, "the model whose rows are segmented"),
            Field("features", .list(.object(FeatureSpec.fields)), "what makes customers alike"),
            Field(
                "scale", .choice(Preprocessing.Scale.allCases.map(\.rawValue)),
                "z_score (mean 0, population standard deviation 1) by default; robust (median and "
                    + "interquartile range), min_max or none"),
            Field("blocks", .object(BlockFields.fields), "groups of features that weigh the same"),
            Field(
                "components", .object(ReductionFields.fields),
                "principal components that take the features' place before segments are formed"),
            Field(
                "outliers",
                .object([
                    Field(
                        "beyond", .number,
                        "robust standard deviations of the distances in a segment; 6 by default")
                ]), "customers far from every segment get one of their own, 'Outliers'"),
        ]
            + SegmentMethods.all.map {
                Field($0.name, .object($0.fields), $0.summary)
            } + [
                Field(
                    "order", .choice(Order.allCases.map(\.rawValue)),
                    "how segments are numbered: by size, largest first (default), or by the given "
                        + "start"),
                Field("names", .list(.text), "the segments' names, by their number"),
                Field(
                    "silhouette",
                    .object([
                        Field(
                            "exact_up_to", .integer(2...10_000_000),
                            "rows up to which all are measured"
                        ),
                        Field(
                            "sample", .integer(2...10_000_000), "how many are measured above that"),
                        Field("seed", .integer(0...Int.max), "which ones"),
                    ]), "how the silhouette is measured; exactly up to 100,000 rows by default"),
                Field(
                    "repeatability", .integer(0...10_000),
                    "how often the fit is repeated on resampled customers; 50 by default, 0 for never"
                ),
                Field(
                    "evidence", .object(EvidenceSpec.fields),
                    "which numbers of segments are compared in each run"),
                Field(
                    "chosen",
                    .object([
                        Field("by", .text, "who chose this number of segments"),
                        Field("why", .text, "for what reason"),
                    ]), "who chose the number of segments, and why"),
            ],
        alternatives: SegmentMethods.all.map { $0.name })

    package init?(_ file: ProjectFile, diagnostics: inout [Diagnostic]) {
        let values = file.values
        guard let (type, options) = SegmentMethods.stated(in: values, &diagnostics) else {
            return nil
        }
        name = file.name
        label = values.text("label") ?? file.name
        summary = values.text("description")
        model = values.located("model") ?? Located("", at: values.place)
        features = (values.objects("features") ?? []).compactMap { FeatureSpec($0, &diagnostics) }
        scale = values.text("scale").flatMap(Preprocessing.Scale.init) ?? .zScore
        blocks = BlockFields.blocks(values.object("blocks"), of: features, &diagnostics)
        reduction = ReductionFields.reduction(values.object("components"), &diagnostics)
        outliers = values.object("outliers").map { $0.number("beyond") ?? 6 }
        method = type.init(options, &diagnostics)
        order = values.text("order").flatMap(Order.init) ?? .size
        names = values.texts("names")
        let silhouette = values.object("silhouette")
        let usual = Silhouette.Options()
        self.silhouette = Silhouette.Options(
            exactUpTo: silhouette?.integer("exact_up_to") ?? usual.exactUpTo,
            sampleSize: silhouette?.integer("sample") ?? usual.sampleSize,
            seed: UInt64(silhouette?.integer("seed") ?? 0))
        evidence = values.object("evidence").map { EvidenceSpec($0, &diagnostics) }
        chosen = values.object("chosen").map { Choice(by: $0.text("by"), reason: $0.text("why")) }
        replicates = values.integer("repeatability") ?? 50
        decisive = values.canonical(but: ["label", "description", "names", "chosen"])
        place = values.place
        if let outliers, !(outliers > 0) {
            diagnostics.append(
                Diagnostic(
                    "outlier_deviations",
                    at: values.object("outliers")?.place(of: "beyond") ?? values.place,
                    "'beyond' is \(outliers) but must be above 0"))
        }
        checkUnused(values, &diagnostics)
        check(&diagnostics)
        // Nothing can be checked further of what is alike by nothing.
        if method is any ClusterMethod, features.isEmpty { return nil }
    }

    /// The segmentations whose segments this one is made of.
    package var uses: [Located<String>] { method.uses }

    /// A result of this segmentation with the names that the file states.
    package func naming(_ result: SegmentationResult) -> SegmentationResult {
        var result = result
        result.label = label
        for index in result.segments.indices where !result.segments[index].isOutliers {
            let segment = result.segments[index]
            if let names, names.indices.contains(segment.id - 1) {
                result.segments[index].name = names[segment.id - 1].value
                continue
            }
            let usual = segment.usualName ?? usualName(segment.id)
            let isTaken = names?.contains { $0.value == usual } == true
            result.segments[index].name = isTaken ? "\(usual) (\(segment.id))" : usual
        }
        return result
    }

    /// The names of the segments that the file announces, by their number.
    package var segmentNames: [String] {
        if let names { return names.map(\.value) }
        return method.announced ?? []
    }

    func usualName(_ id: Int) -> String {
        guard let announced = method.announced, announced.indices.contains(id - 1) else {
            return "Segment \(id)"
        }
        return announced[id - 1]
    }
}
