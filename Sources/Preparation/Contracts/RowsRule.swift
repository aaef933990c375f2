import Columns
import Workspace

/// How many rows there are, without those that were set aside.
struct RowsRule: Rule {
    static let name = "rows"
    static let summary = "as many rows are kept as there should be"
    static let scope = RuleScope.table
    static let fields = [
        Field("min", .integer(0...Int.max), "the fewest that there should be"),
        Field("max", .integer(0...Int.max), "the most that there should be"),
    ]

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> RulePlan? {
        let (fewest, most) = (values.integer("min"), values.integer("max"))
        let words: String
        switch (fewest, most) {
        case (let fewest?, let most?):
            guard fewest <= most else {
                input.diagnostics.append(
                    .invalidRule(
                        values.place(of: "max"), "'max' is \(most), which is below 'min'"))
                return nil
            }
            words = "there are \(fewest) to \(most) rows"
        case (let fewest?, nil): words = "there are at least \(fewest) rows"
        case (nil, let most?): words = "there are at most \(most) rows"
        case (nil, nil):
            input.diagnostics.append(
                .invalidRule(values.place, "a number of rows needs 'min' or 'max', or both"))
            return nil
        }
        return RulePlan(words, measure: "count(*)") { value in
            let rows = value.integerValue ?? 0
            let isMet = rows >= fewest ?? 0 && rows <= most ?? .max
            return isMet ? nil : "there are \(rows)"
        }
    }
}
