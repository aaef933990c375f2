import Columns
import Engine
import Workspace

/// Sorts numbers into labelled bands that keep their order everywhere.
///
/// With one label more than edges the outer bands are open; with one label less, values outside the
/// first and last edge have no band and are counted.
struct Bucket: Step {
    static let name = "bucket"
    static let summary = "sorts numbers into labelled bands"
    static let fields = FieldType.VariantFields.fields([
        Field("column", .text, required: true, "the numbers"),
        Field("into", .text, required: true, "the column of labels that is added"),
        Field("edges", .list(.scalar), required: true, "the bounds of the bands, ascending"),
        Field("labels", .list(.text), required: true, "the bands' names, lowest first"),
        Field(
            "closed", .choice(["left", "right"]),
            "which bound belongs to a band: left (20 ≤ x < 40, the default) or right"),
    ])

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        guard let source = values.located("column"), let target = values.located("into"),
            let field = input.column(source), input.isNew(target)
        else { return nil }
        guard field.type.isNumeric else {
            input.diagnostics.append(
                Diagnostic(
                    "not_a_number", at: source.place,
                    "'\(field.name)' is \(field.type), which has no bands"))
            return nil
        }
        let edges = values.scalars("edges") ?? []
        let labels = values.texts("labels")?.map(\.value) ?? []
        guard isSound(edges, labels, &input) else { return nil }
        let name = input.dialect.quoted(field.name)
        let below = values.text("closed") == "right" ? "<=" : "<"
        var branches: [String] = []
        let isOpen = labels.count == edges.count + 1
        var outside = "FALSE"
        if !isOpen, let first = edges.first, let last = edges.last {
            let (low, high) = (input.dialect.literal(first), input.dialect.literal(last))
            outside = "(\(name) \(below) \(low) OR NOT (\(name) \(below) \(high)))"
            branches.append("WHEN \(name) IS NULL OR \(outside) THEN NULL")
        }
        for (edge, label) in zip(isOpen ? edges : Array(edges.dropFirst()), labels) {
            branches.append(
                "WHEN \(name) \(below) \(input.dialect.literal(edge)) "
                    + "THEN \(input.dialect.literal(label))")
        }
        if isOpen, let last = labels.last {
            branches.append("WHEN \(name) IS NOT NULL THEN \(input.dialect.literal(last))")
        }
        return StepPlan(
            columns: input.adding(
                target.value, "CASE \(branches.joined(separator: " ")) END", reads: [field.name]),
            summary: "\(target.value) from the bands of \(field.name)",
            levels: [target.value: labels],
            counted: [
                .init(condition: outside) { count, _ in
                    count == 0
                        ? nil
                        : Notice(
                            "outside_bands",
                            "\(count) rows lie outside the bands of \(target.value) and have none")
                }
            ])
    }

    private func isSound(_ edges: [Value], _ labels: [String], _ input: inout StepInput) -> Bool {
        let numbers = edges.compactMap(\.doubleValue)
        var problem: String?
        if numbers.count != edges.count || numbers.isEmpty {
            problem = "the edges must be numbers"
        } else if zip(numbers, numbers.dropFirst()).contains(where: { $0 >= $1 }) {
            problem = "the edges must ascend"
        } else if ![edges.count + 1, edges.count - 1].contains(labels.count) || labels.isEmpty {
            problem =
                "\(edges.count) edges need \(edges.count + 1) labels (open ends) or "
                + "\(edges.count - 1), but there are \(labels.count)"
        } else if Set(labels).count != labels.count {
            problem = "two bands have the same label"
        }
        guard let problem else { return true }
        input.diagnostics.append(
            Diagnostic("invalid_bands", at: values.place(of: "edges"), problem))
        return false
    }
}
