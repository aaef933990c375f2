import Columns
import Engine
import Learning

/// What keeps the rows of a file from being scored, found before the first of them is.
struct ScoringChecks {
    private let plan: ScoringPlan
    private let conversions: [String: ColumnConversion]
    private let engine: any Engine
    /// A condition in SQL, and what to say of the rows that meet it.
    private var asked: [(condition: String, diagnostic: @Sendable (Int, Int, Int) -> Diagnostic)] =
        []

    /// - Parameter place: the file, for messages.
    init(
        _ plan: ScoringPlan, _ conversions: [ColumnConversion], at place: Diagnostic.Place,
        in engine: any Engine
    ) {
        self.plan = plan
        self.conversions = Dictionary(
            conversions.map { ($0.column, $0) }, uniquingKeysWith: { first, _ in first })
        self.engine = engine
        for conversion in conversions { ask(conversion, place) }
        for plan in ([plan] + plan.allOthers) {
            for feature in plan.frozen?.preprocessing.configuration.features ?? [] {
                ask(feature, place)
            }
        }
    }

    /// One look at all rows.
    ///
    /// - Parameter table: SQL that stands behind FROM, with each row's place from 1 as "row:number".
    func diagnostics(of table: String) async throws(AuroraError) -> [Diagnostic] {
        guard !asked.isEmpty else { return [] }
        let number = engine.dialect.quoted(Self.rowNumber)
        let items = asked.flatMap { condition, _ in
            [
                "count(*) FILTER (WHERE \(condition))",
                "min(\(number)) FILTER (WHERE \(condition))",
            ]
        }
        let answer = try await engine.query(
            "SELECT count(*), \(items.joined(separator: ", ")) FROM \(table)"
        ).row(0).map { $0.integerValue ?? 0 }
        return asked.enumerated().compactMap { index, question in
            let (count, first) = (answer[1 + index * 2], answer[2 + index * 2])
            return count > 0 ? question.diagnostic(count, answer[0], first) : nil
        }
    }

    static let rowNumber = "row:number"

    private mutating func ask(_ conversion: ColumnConversion, _ place: Diagnostic.Place) {
        let dialect = engine.dialect
        asked.append(
            (
                conversion.isUnreadable(dialect),
                { count, rows, first in
                    Diagnostic(
                        "wrong_value", at: place,
                        "column '\(conversion.column)' is not \(conversion.wanted) in \(count) of "
                            + "\(rows) rows, the first is row \(first)",
                        hint: "the model's table has \(conversion.wanted) here")
                }
            ))
    }

    private mutating func ask(_ feature: Preprocessing.Feature, _ place: Diagnostic.Place) {
        guard let conversion = conversions[feature.name] else { return }
        let dialect = engine.dialect
        if feature.missing == .refuse {
            let condition =
                "\(conversion.isMissing(dialect)) AND NOT \(conversion.isUnreadable(dialect))"
            asked.append(
                (
                    condition,
                    { count, rows, first in
                        Diagnostic(
                            "missing_values", at: place,
                            "feature '\(feature.name)' is missing in \(count) of \(rows) rows, the "
                                + "first is row \(first), and the segmentation does not fill it",
                            hint: "fill or leave out these rows, or state 'missing:' for the "
                                + "feature and run the project again")
                    }
                ))
        }
        if case .categories(let levels, .codes) = feature.kind {
            let known = levels.map { dialect.literal($0) }.joined(separator: ", ")
            asked.append(
                (
                    "\(conversion.level(dialect)) NOT IN (\(known))",
                    { count, rows, first in
                        Diagnostic(
                            "unseen_level", at: place,
                            "feature '\(feature.name)' has a level that no training row has in "
                                + "\(count) of \(rows) rows, the first is row \(first), and the "
                                + "method knows no others",
                            hint: "map it to a known level, or leave out these rows")
                    }
                ))
        }
        guard case .number = feature.kind else { return }
        if let infinite = conversion.isInfinite(dialect) {
            asked.append(
                (
                    infinite,
                    { count, rows, first in
                        Diagnostic(
                            "infinite_values", at: place,
                            "feature '\(feature.name)' is infinite in \(count) of \(rows) rows, "
                                + "the first is row \(first)")
                    }
                ))
        }
        // Winsorised values are drawn in before they are transformed.
        if feature.transform == .log1p, feature.winsorise == nil {
            asked.append(
                (
                    "\(conversion.value(dialect)) <= -1",
                    { count, rows, first in
                        Diagnostic(
                            "log1p_domain", at: place,
                            "feature '\(feature.name)' is −1 or less in \(count) of \(rows) rows, "
                                + "the first is row \(first), but is transformed by log1p")
                    }
                ))
        }
    }
}

extension ScoringPlan {
    fileprivate var allOthers: [ScoringPlan] { others + others.flatMap(\.allOthers) }

    /// What a table lacks, all at once.
    ///
    /// - Parameters:
    ///   - present: the table's columns.
    ///   - origin: how the recipe makes a column, in words; nil for one that comes from a source as
    ///     it is.
    func lacking(
        _ present: [String], at place: Diagnostic.Place, origin: (String) -> String?
    ) -> [Diagnostic] {
        columns.filter { !present.contains($0) }.map { column in
            let nearest = NearestName.of(column, among: present).map { "did you mean '\($0)'?" }
            let hints = [nearest, origin(column)].compactMap { $0 }
            return Diagnostic(
                "column_missing", at: place,
                "there is no column '\(column)', which the segmentation '\(result.name)' needs",
                hint: hints.isEmpty
                    ? NearestName.hint(for: column, among: present)
                    : hints.joined(separator: "; "))
        }
    }
}
