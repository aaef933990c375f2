package import Columns
package import Engine
package import Workspace

/// The one way to a customer's data: it knows who asks and under which rules, and fails closed.
///
/// Pages, queries, exports and whatever else reads a published run ask here.
package struct Gate: Sendable {
    package let catalogue: Catalogue
    let engine: any Engine
    let privacy: ProjectSettings.Privacy
    let parser: any ExpressionParser

    package init(
        _ catalogue: Catalogue, engine: any Engine, parser: any ExpressionParser,
        privacy: ProjectSettings.Privacy
    ) {
        self.catalogue = catalogue
        self.engine = engine
        self.parser = parser
        self.privacy = privacy
    }

    var dialect: any Dialect { engine.dialect }

    /// A condition over dimensions, as `--where` states it.
    package func condition(_ text: String) async throws(AuroraError) -> CheckedExpression {
        let scope = ExpressionScope(
            columns: catalogue.dimensions.keys.sorted(), owner: "the project", parser: parser)
        var diagnostics: [Diagnostic] = []
        let located = Located(text, at: .init(file: "where", line: 1, column: 1))
        let expression = await scope.check(located, &diagnostics)
        if let problem = diagnostics.first {
            let message = problem.message.replacing("has no column", with: "has no dimension")
            throw AuroraError(problem.code, "in '\(text)': \(message)", hint: problem.hint)
        }
        guard let expression, !expression.containsAggregate else {
            throw AuroraError("aggregated", "'\(text)' is not a condition on dimensions")
        }
        try await requireCondition(expression, text)
        return expression
    }

    /// Refuses what is neither true nor false, or compares what can't be compared.
    private func requireCondition(
        _ expression: CheckedExpression, _ text: String
    ) async throws(AuroraError) {
        let sql = dialect.sql(expression) { name in
            let type = catalogue.dimensions[name]?.type ?? .text
            return "CAST(NULL AS \(dialect.typeName(type)))"
        }
        let type: ColumnType
        do throws(AuroraError) {
            type = try await engine.schema(of: "SELECT \(sql)").fields[0].type
        } catch {
            guard error.code == "engine_failed" else { throw error }
            throw AuroraError(
                "expression_type", "in '\(text)': it does not fit the types of its dimensions",
                cause: error.cause)
        }
        guard type == .boolean else {
            throw AuroraError(
                "not_a_condition", "in '\(text)': a condition is expected, but it gives \(type)",
                hint: "compare it with something: age > 30")
        }
    }

    /// Answers a query.
    ///
    /// - Throws: `unknown_name`, `unrelated`, `not_permitted`, or the engine's own error.
    package func answer(
        _ query: FigureQuery, for reader: Reader
    ) async throws(AuroraError) -> FigureTable {
        let measures = try measures(query.measures, for: reader)
        let plain = try dated(permitted(query.dimensions, for: reader), query.periods)
        try check(query.filter, for: reader, over: measures.map(\.model), by: plain)
        let dimensions = plain.map { dimension in
            var dimension = dimension
            dimension.fold = query.folds[dimension.name]
            return dimension
        }
        var tables: [PartialTable] = []
        for model in measures.map(\.model).unique {
            let own = measures.filter { $0.model == model }
            let compiler = SQLCompiler(catalogue, dialect, model: model)
            var table = try await PartialTable(
                own, by: dimensions, query.filter, compiler, engine
            ).suppressed(below: privacy.smallestCell)
            if hidesSmallCells, dimensions.contains(where: { $0.fold != nil }) {
                let unfolded = try await PartialTable(
                    own, by: plain, query.filter, compiler, engine
                ).suppressed(below: privacy.smallestCell)
                table.hide(partsOf: unfolded, folding: dimensions)
            }
            tables.append(table)
        }
        return PartialTable.joined(tables, measures: measures.map(\.name), by: dimensions)
    }

    /// The dimensions, with the periods by which a query takes dates together.
    private func dated(
        _ dimensions: [Catalogue.Dimension], _ periods: [String: Period]
    ) throws(AuroraError) -> [Catalogue.Dimension] {
        var dated = dimensions
        for place in dated.indices {
            guard let period = periods[dated[place].name] else { continue }
            guard dated[place].kind == .date else {
                throw AuroraError(
                    "not_a_date",
                    "the dimension '\(dated[place].name)' is \(dated[place].type), "
                        + "but a \(period.rawValue) is of dates")
            }
            dated[place].period = period
        }
        return dated
    }

    // MARK: Checks

    func measures(
        _ names: [String], for reader: Reader
    ) throws(AuroraError) -> [Catalogue.Measure] {
        guard !names.isEmpty else {
            throw AuroraError(
                "no_measures", "a query names one measure at least",
                hint: NearestName.hint(for: "", among: catalogue.measures.keys.sorted()))
        }
        var measures: [Catalogue.Measure] = []
        for name in names {
            guard let measure = catalogue.measures[name] else {
                throw AuroraError(
                    "unknown_name", "there is no measure '\(name)'",
                    hint: NearestName.hint(for: name, among: catalogue.measures.keys.sorted()))
            }
            guard !measure.namesCustomers || reader.may(.customers) else {
                throw AuroraError(
                    "not_permitted", "\(reader.name) may not see '\(name)', which names customers")
            }
            measures.append(measure)
        }
        return measures
    }

    /// The dimensions, if this reader may have figures broken down by them.
    func permitted(
        _ names: [String], for reader: Reader
    ) throws(AuroraError) -> [Catalogue.Dimension] {
        guard reader.may(.aggregates) else {
            throw AuroraError("not_permitted", "\(reader.name) may not see any figures")
        }
        var dimensions: [Catalogue.Dimension] = []
        for name in names {
            guard let dimension = catalogue.dimensions[name] else {
                throw AuroraError(
                    "unknown_name", "there is no dimension '\(name)'",
                    hint: NearestName.hint(for: name, among: catalogue.dimensions.keys.sorted()))
            }
            guard !dimension.namesCustomers || reader.may(.customers) else {
                throw AuroraError(
                    "not_permitted", "\(reader.name) may not see '\(name)', which names customers")
            }
            dimensions.append(dimension)
        }
        return dimensions
    }

    /// Whether the reader may filter by it, and it fits its dimensions.
    package func permits(_ selection: FilterContext.Selection, for reader: Reader) -> Bool {
        do throws(AuroraError) {
            _ = try permitted(selection.dimensions, for: reader)
            try check(selection)
            return true
        } catch {
            return false
        }
    }

    func check(
        _ filter: FilterContext, for reader: Reader, over models: [String],
        by dimensions: [Catalogue.Dimension]
    ) throws(AuroraError) {
        let filtering = try permitted(
            filter.selections.flatMap(\.dimensions)
                + filter.conditions.flatMap { $0.columns.map(\.name) }, for: reader)
        for selection in filter.selections { try check(selection) }
        for model in models.unique {
            let compiler = SQLCompiler(catalogue, dialect, model: model)
            if let stranger = dimensions.first(where: { !compiler.canRead($0) }) {
                throw AuroraError(
                    "unrelated",
                    "figures of '\(model)' can't be broken down by '\(stranger.name)' of "
                        + "'\(stranger.model)': it is not up its references",
                    hint: "use a measure of '\(stranger.model)'")
            }
            if let stranger = filtering.first(where: { !compiler.isRelated($0) }) {
                throw AuroraError(
                    "unrelated",
                    "'\(stranger.name)' of '\(stranger.model)' has no relation to "
                        + "'\(model)'", hint: "state 'references' in one of the two models")
            }
            for condition in filter.conditions {
                let owners = condition.columns.compactMap { catalogue.dimensions[$0.name] }
                let below = Set(owners.filter { !compiler.canRead($0) }.map(\.model))
                guard below.isEmpty || owners.allSatisfy({ below == [$0.model] }) else {
                    throw AuroraError(
                        "unrelated",
                        "one condition can't mix dimensions of \(below.sorted().joined(separator: ", "))"
                            + " with others", hint: "state them as several conditions")
                }
            }
        }
    }
}

extension Gate {
    /// Engines would try to convert what is selected, and fail in the middle of it.
    private func check(_ selection: FilterContext.Selection) throws(AuroraError) {
        if case .paths(let paths, let names) = selection.choice {
            return try check(paths, of: names)
        }
        guard let dimension = catalogue.dimensions[selection.dimension] else { return }
        switch selection.choice {
        case .range:
            guard dimension.kind == .number else {
                throw AuroraError(
                    "not_a_number",
                    "the dimension '\(dimension.name)' is \(dimension.type), "
                        + "but a range is of numbers")
            }
        case .days(let from, let through):
            guard dimension.kind == .date, [from, through].allSatisfy(\.isCalendarDay) else {
                throw AuroraError(
                    "wrong_type",
                    "the dimension '\(dimension.name)' is \(dimension.type), "
                        + "but a selection is of days", hint: "days are like 2026-01-31")
            }
        case .values(let values):
            guard values.allSatisfy({ $0.isMissing || dimension.holds($0) }) else {
                throw AuroraError(
                    "wrong_type",
                    "the dimension '\(dimension.name)' is \(dimension.type), "
                        + "but a selected value is of another type")
            }
        case .paths: break
        }
    }

    private func check(_ paths: [[Value]], of names: [String]) throws(AuroraError) {
        let levels = names.compactMap { catalogue.dimensions[$0] }
        if let stranger = levels.first(where: { $0.model != levels[0].model }) {
            throw AuroraError(
                "unrelated",
                "'\(names[0])' of '\(levels[0].model)' and '\(stranger.name)' of "
                    + "'\(stranger.model)' make no hierarchy",
                hint: "use dimensions of one model")
        }
        for path in paths {
            for (level, value) in zip(levels, path) {
                try check(.init(dimension: level.name, .values([value])))
            }
        }
    }
}

extension Catalogue.Dimension {
    /// Whether a value as JSON has it can be one of the dimension's.
    fileprivate func holds(_ value: Value) -> Bool {
        switch kind {
        case .boolean: if case .boolean = value { true } else { false }
        case .number: value.doubleValue != nil
        case .category, .date: value.textValue != nil
        }
    }
}

extension String {
    /// Whether it is a day as ISO 8601 writes it; whether the calendar has it, engines say.
    fileprivate var isCalendarDay: Bool {
        guard let match = wholeMatch(of: /\d{4}-(\d\d)-(\d\d)/) else { return false }
        return (1...12).contains(Int(match.1) ?? 0) && (1...31).contains(Int(match.2) ?? 0)
    }
}

extension Array where Element: Hashable {
    /// Each element once, in the order of its first occurrence.
    package var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
