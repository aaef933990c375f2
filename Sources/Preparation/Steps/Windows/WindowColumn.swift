import Columns
import Workspace

/// What a project states of one column that is made for each window.
struct WindowColumn {
    enum Measure: String, CaseIterable {
        case sum, count, mean, min, max, distinct, trend, volatility, share
        case daysSince = "days_since"

        var summary: String {
            switch self {
            case .sum: "the sum of an expression; 0 where no row is"
            case .count: "how many rows there are; nothing stands behind it"
            case .mean: "the mean of an expression; missing where no row is"
            case .min: "the smallest value; missing where no row is"
            case .max: "the greatest value; missing where no row is"
            case .distinct: "how many different values there are"
            case .trend:
                "the slope, per month, of the least-squares line through the monthly sums; for "
                    + "windows of 2 months and more"
            case .volatility:
                "the population standard deviation of the monthly sums, each rounded to 4 digits "
                    + "after the point; for windows of 2 months and more"
            case .share: "the share of each level of the category 'by' in the sum"
            case .daysSince:
                "the days since the last row, however long ago; nothing stands behind it, and there "
                    + "is one for all windows"
            }
        }

        /// True where no expression stands behind it.
        var isBare: Bool { self == .count || self == .daysSince }

        var needsNumbers: Bool {
            switch self {
            case .sum, .mean, .trend, .volatility, .share: true
            case .count, .min, .max, .distinct, .daysSince: false
            }
        }
    }

    let name: Located<String>
    let measure: Measure
    /// What is summed up; nil for a bare measure.
    let text: Located<String>?
    let condition: Located<String>?
    let category: Located<String>?
    let levels: [Value]?

    static let fields =
        Measure.allCases.map { Field($0.rawValue, $0.isBare ? .scalar : .expression, $0.summary) }
        + [
            Field("where", .expression, "which rows count for it"),
            Field("by", .text, "the category whose levels have shares"),
            Field("levels", .list(.scalar), "the levels; those that are found if not stated"),
        ]

    /// - Returns: nil when the input's diagnostics say what is wrong.
    init?(_ name: Located<String>, _ values: FieldValues, _ input: inout StepInput) {
        let stated = Measure.allCases.filter { measure in
            measure.isBare
                ? values.scalar(measure.rawValue) != nil : values.text(measure.rawValue) != nil
        }
        guard stated.count == 1 else {
            let list = Measure.allCases.map(\.rawValue).joined(separator: ", ")
            input.diagnostics.append(
                Diagnostic(
                    "window_measure", at: name.place,
                    "'\(name.value)' states \(stated.count) measures, but one is expected",
                    hint: "state one of \(list)"))
            return nil
        }
        self.name = name
        measure = stated[0]
        text = values.located(measure.rawValue)
        condition = values.located("where")
        category = values.located("by")
        levels = values.scalars("levels")
        if (measure == .share) != (category != nil) {
            input.diagnostics.append(
                Diagnostic(
                    "window_measure", at: name.place,
                    measure == .share
                        ? "'\(name.value)' is a share, but lacks the category 'by'"
                        : "'\(name.value)' states 'by', which belongs to shares",
                    hint: "{share: amount, by: category}"))
            return nil
        }
    }
}
