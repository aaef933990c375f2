import Columns
package import Learning
package import Workspace

/// One column that makes customers alike, and how it is brought among the others.
package struct FeatureSpec: Sendable {
    package var column: Located<String>
    package var transform: Preprocessing.Transform
    /// nil: that of the whole segmentation.
    var scale: Preprocessing.Scale?
    /// Shares of the rows below and above which values are drawn in.
    var winsorise: Preprocessing.Winsorise?
    var missing: Preprocessing.Missing
    var weight: Double
    var block: Located<String>?
    /// Where the file states what is for numbers only, or for categories only.
    let options: Options
    /// nil: as the method usually does.
    var encoding: Located<CategoryEncoding>?
    /// Whether a customer could be brought to change it.
    package var isActionable: Bool
    /// Columns that can't change without this one: what counts and what sums the same events.
    package var linked: [Located<String>]

    struct Options: Sendable {
        var transform: Diagnostic.Place
        var winsorise: Diagnostic.Place
        var missing: Diagnostic.Place
    }

    static let fields = [
        Field("column", .text, required: true, "a column of the model: a number, or a category"),
        Field(
            "transform", .choice(Preprocessing.Transform.allCases.map(\.rawValue)),
            "log1p for amounts and counts with a long tail, yeo_johnson also for values below 0; "
                + "none by default"),
        Field(
            "scale", .choice(Preprocessing.Scale.allCases.map(\.rawValue)),
            "another scale than that of the other features"),
        Field(
            "winsorise", .list(.number),
            "two shares, like [0.01, 0.99]: values outside these quantiles are drawn in to them"),
        Field(
            "missing", .choice(Preprocessing.Missing.allCases.map(\.rawValue)),
            "what stands for a missing value; refuse by default"),
        Field("weight", .number, "how much it counts, 1 by default: 2 doubles squared distances"),
        Field("block", .text, "which features it shares a weight with; see 'blocks'"),
        Field(
            "as", .choice(CategoryEncoding.allCases.map(\.rawValue)),
            "how a category becomes numbers: indicators, drop_first (without the first level), famd, "
                + "or codes for k_prototypes"),
        Field(
            "actionable", .boolean,
            "whether a customer could be brought to change it; false by default"),
        Field(
            "linked", .names, "other features that change with it, like a count and its sum"),
    ]

    init?(_ values: FieldValues, _ diagnostics: inout [Diagnostic]) {
        guard let column = values.located("column") else { return nil }
        self.column = column
        transform = values.text("transform").flatMap(Preprocessing.Transform.init) ?? .none
        scale = values.text("scale").flatMap(Preprocessing.Scale.init)
        missing = values.text("missing").flatMap(Preprocessing.Missing.init) ?? .refuse
        weight = values.number("weight") ?? 1
        block = values.located("block")
        options = Options(
            transform: values.place(of: "transform"), winsorise: values.place(of: "winsorise"),
            missing: values.place(of: "missing"))
        encoding = values.located("as").flatMap { text in
            CategoryEncoding(rawValue: text.value).map { Located($0, at: text.place) }
        }
        isActionable = values.boolean("actionable") ?? false
        linked = values.texts("linked") ?? []
        if let shares = values.list("winsorise") {
            let numbers = shares.compactMap { share -> Double? in
                if case .number(let number) = share.value { number } else { nil }
            }
            if numbers.count == 2, 0 <= numbers[0], numbers[0] < numbers[1], numbers[1] <= 1 {
                winsorise = .init(lower: numbers[0], upper: numbers[1])
            } else {
                diagnostics.append(
                    Diagnostic(
                        "invalid_shares", at: values.place(of: "winsorise"),
                        "'winsorise' needs two shares from 0 to 1, the smaller one first",
                        hint: "like [0.01, 0.99]"))
            }
        }
        if !(weight > 0) {
            diagnostics.append(
                Diagnostic(
                    "invalid_weight", at: values.place(of: "weight"),
                    "the weight of '\(column.value)' is \(weight) but must be above 0",
                    hint: "leave the feature out if it is to count nothing"))
        }
    }
}

/// How a category becomes numbers.
package enum CategoryEncoding: String, CaseIterable, Sendable {
    /// A column of 0 and 1 for each level.
    case indicators
    /// The same without the first level, as regressions have it.
    case dropFirst = "drop_first"
    /// Indicators that weigh as much as a number feature (Pagès 2004).
    case famd
    /// The level's number, for methods that only ask whether two levels are the same.
    case codes
}
