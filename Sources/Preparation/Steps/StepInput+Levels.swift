import Columns
import Engine
import Workspace

extension StepInput {
    /// More columns than this nobody reads.
    private static let mostLevels = 500

    /// The values of a category that become columns: those stated, or those found, in their order.
    ///
    /// - Parameter condition: SQL for the rows that are looked at; nil for all.
    /// - Returns: nil where diagnostics say why there are none.
    mutating func levels(
        of category: Schema.Field, stated: [Value]?, where condition: String? = nil,
        at place: Diagnostic.Place
    ) async throws(AuroraError) -> [Value]? {
        let name = dialect.quoted(category.name)
        if let stated { return areLevels(stated, of: category, at: place) ? stated : nil }
        let filter = condition.map { " AND \($0)" } ?? ""
        let found = try await engine.query(
            "SELECT DISTINCT \(name) FROM \(relation) WHERE \(name) IS NOT NULL\(filter) "
                + "ORDER BY \(name) LIMIT \(Self.mostLevels + 1)")
        let levels = (0..<found.rowCount).map { found.columns[0][$0] }
        if levels.isEmpty {
            diagnostics.append(
                Diagnostic(
                    "no_values", at: place, "'\(category.name)' has no value to make a column of",
                    hint: "state the levels"))
        } else if levels.count > Self.mostLevels {
            diagnostics.append(
                Diagnostic(
                    "too_many_levels", at: place,
                    "'\(category.name)' has more than \(Self.mostLevels) values, and each would be "
                        + "a column", hint: "state the levels, or map them to fewer first"))
        } else {
            return levels
        }
        return nil
    }

    private mutating func areLevels(
        _ stated: [Value], of category: Schema.Field, at place: Diagnostic.Place
    ) -> Bool {
        let wrong = stated.first { level in
            switch level {
            case .text: category.type.isNumeric || category.type == .boolean
            case .boolean: category.type != .boolean
            case .integer, .hugeInteger, .decimal, .double: !category.type.isNumeric
            default: true
            }
        }
        var problem: String?
        if stated.isEmpty {
            problem = "no level is stated"
        } else if let wrong {
            problem = "the level '\(wrong)' is not of type \(category.type)"
        } else if Set(stated).count != stated.count {
            problem = "a level is stated twice"
        }
        guard let problem else { return true }
        diagnostics.append(
            Diagnostic(
                "invalid_levels", at: place, problem,
                hint: "state each level once, as '\(category.name)' holds it"))
        return false
    }

    /// The names of the columns of some levels, or nil where two would be the same.
    mutating func names(
        of levels: [Value], pattern: Located<String>, besides taken: [String]
    ) -> [String]? {
        guard pattern.value.contains("{}") else {
            diagnostics.append(
                Diagnostic(
                    "invalid_pattern", at: pattern.place,
                    "'\(pattern.value)' gives all levels the same name",
                    hint: "write {} where the level belongs, like spend_{}"))
            return nil
        }
        var known = Set(taken.map { $0.lowercased() })
        var names: [String] = []
        for level in levels {
            let name = pattern.value.replacing("{}", with: level.description)
            // Engines compare names without regard to case.
            guard known.insert(name.lowercased()).inserted else {
                diagnostics.append(
                    Diagnostic(
                        "column_exists", at: pattern.place,
                        "two columns would be named '\(name)'",
                        hint: "another pattern, or map levels that differ only in case to one"))
                return nil
            }
            names.append(name)
        }
        return names
    }

    /// Counts the rows of levels that are not among those stated.
    func others(than levels: [Value], in category: Schema.Field) -> StepPlan.Counted {
        let list = levels.map { dialect.literal($0) }.joined(separator: ", ")
        return .init(condition: "\(dialect.quoted(category.name)) NOT IN (\(list))") { count, _ in
            count == 0
                ? nil
                : Notice(
                    "other_levels",
                    "\(count) rows have a \(category.name) that is not among the stated levels; "
                        + "they are in no column")
        }
    }
}
