import Columns
import Workspace

/// Leaves columns out; those that stay keep their order.
struct Select: Step {
    static let name = "select"
    static let summary = "keeps some columns, or drops some"
    static let fields = FieldType.VariantFields.fields([
        Field("keep", .list(.text), "the columns that stay"),
        Field("drop", .list(.text), "the columns that go, instead of 'keep'"),
    ])

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        guard let key = input.oneOf(["keep", "drop"], values, of: Self.self, isRequired: true),
            let columns = input.columns(values.texts(key) ?? [], at: values.place(of: key))
        else { return nil }
        let named = Set(columns.map(\.value.name))
        let kept = input.passedOn.filter { named.contains($0.name) == (key == "keep") }
        let isKeyKept = kept.contains { $0.name == input.key }
        if let keyColumn = input.key, input.schema[keyColumn] != nil, !isKeyKept {
            let place = columns.first { $0.value.name == keyColumn }?.place
            input.diagnostics.append(
                Diagnostic(
                    "key_dropped", at: place ?? values.place(of: key),
                    "'\(keyColumn)' is the key of the model, so it can't go",
                    hint: "keep it, or state another 'key:'"))
            return nil
        }
        let gone = input.schema.names.filter { name in !kept.contains { $0.name == name } }
        var plan = StepPlan(
            columns: kept,
            summary: key == "keep"
                ? "kept \(kept.map(\.name).list)" : "dropped \(gone.list)")
        plan.facts = ["\(kept.count) of \(input.schema.fields.count) columns stay"]
        return plan
    }
}
