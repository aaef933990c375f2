package import Columns
import Engine
package import Workspace

/// Tiers of one column, such as quarters of the customers by what they hold.
package struct TiersMethod: ConditionMethod {
    package static let name = "tiers"
    package static let title = "Tiers"
    package static let summary = "tiers: parts of one column's values, ties kept together"
    package static let fields =
        [
            Field(Bands.column.name, Bands.column.type, required: true, Bands.column.summary)
        ] + Bands.cuts

    private let bands: Bands

    package init(_ values: FieldValues, _ diagnostics: inout [Diagnostic]) {
        bands = Bands(values, &diagnostics)
        if bands.announced == nil, !Bands.cuts.contains(where: { values.names($0.name) }) {
            diagnostics.append(
                Diagnostic(
                    "missing_key", at: values.place, "'tiers' does not say where tiers end",
                    hint: "parts: 4, shares: [0.5, 0.8] or edges: [1000, 5000]"))
        }
    }

    package var announced: [String]? { nil }

    package func conditions(
        over table: ConditionTable, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> SegmentConditions? {
        guard let bands = try await bands.bands(over: table, &diagnostics) else { return nil }
        var result = SegmentConditions(
            segments: bands.map { .init(name: $0.name, condition: $0.condition) })
        let tiers = bands.count { !$0.isMissing }
        if let announced = self.bands.announced, tiers < announced {
            result.notices.append(
                Notice(
                    "tiers_merged",
                    "so many customers have the same value that there "
                        + (tiers == 1 ? "is 1 tier" : "are \(tiers) tiers")
                        + " instead of \(announced)"))
        }
        let counts = try await table.counts(bands.map(\.condition))
        for (band, count) in zip(bands, counts) where count == 0 {
            result.notices.append(
                Notice("segment_empty", "nobody belongs to '\(band.name)'"))
        }
        return result
    }
}
