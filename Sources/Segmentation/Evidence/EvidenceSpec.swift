import Columns
package import Workspace

/// Which numbers of segments a run compares, and by which figures.
package struct EvidenceSpec: Sendable {
    package var range: ClosedRange<Int>
    /// Columns of the model whose variance the segments shall explain.
    package var figures: [Located<String>]

    static let fields = [
        Field("from", .integer(1...100), "the smallest number of segments; 2 by default"),
        Field("to", .integer(2...100), "the largest; 10 by default"),
        Field("figures", .names, "columns of the model whose variance segments should explain"),
    ]

    package init(_ range: ClosedRange<Int>, figures: [Located<String>] = []) {
        self.range = range
        self.figures = figures
    }

    init(_ values: FieldValues, _ diagnostics: inout [Diagnostic]) {
        let (from, to) = (values.integer("from") ?? 2, values.integer("to") ?? 10)
        figures = values.texts("figures") ?? []
        if from > to {
            diagnostics.append(
                Diagnostic(
                    "invalid_range", at: values.place,
                    "numbers of segments from \(from) to \(to) are none"))
        }
        range = min(from, to)...max(from, to)
    }
}
