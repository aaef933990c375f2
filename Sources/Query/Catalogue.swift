package import Columns
package import Engine
package import Workspace

/// The figures and dimensions of a project, checked against its tables.
package struct Catalogue: Sendable {
    package struct Table: Sendable {
        package var name: String
        package var key: String
        /// Model → the column of this one that holds its key.
        package var references: [String: String]
        package var schema: Schema

        package init(name: String, key: String, references: [String: String], schema: Schema) {
            self.name = name
            self.key = key
            self.references = references
            self.schema = schema
        }
    }

    package struct Measure: Sendable {
        package var name: String
        package var model: String
        package var label: String
        package var summary: String?
        /// As the project states it.
        package var text: String
        var expression: CheckedExpression
        /// The same with parameters by name.
        var template: CheckedExpression
        package var format: FigureFormat
        var namesCustomers = false

        /// The columns of the model that it is computed from.
        package var columns: [String] { expression.columnNames }

        /// Whether it is a number of rows.
        package var isCount: Bool {
            guard case .aggregate(let aggregate) = expression else { return false }
            return aggregate.function == "count" && !aggregate.distinct
        }

        /// Whether figures of parts add up to that of the whole: one count or sum.
        package var isAdditive: Bool {
            var inner = expression
            while case .cast(let operand, _, _) = inner { inner = operand }
            guard case .aggregate(let aggregate) = inner else { return false }
            return ["count", "sum"].contains(aggregate.function) && !aggregate.distinct
        }
    }

    package struct Dimension: Sendable {
        package enum Kind: String, Sendable { case category, number, date, boolean }

        package var name: String
        package var model: String
        package var label: String
        package var summary: String?
        package var text: String
        var expression: CheckedExpression
        package var type: ColumnType
        package var format: FigureFormat?
        /// Values in their own order; the others follow by value.
        package var order: [String]?
        /// True for the segments of a segmentation, whose place in `order` is also their colour.
        package var isSegmentation: Bool
        var namesCustomers = false
        /// How a query takes its values together.
        var fold: Fold?
        var period: Period?

        package init(
            name: String, model: String, label: String, summary: String? = nil, text: String,
            expression: CheckedExpression, type: ColumnType, format: FigureFormat? = nil,
            order: [String]? = nil, isSegmentation: Bool = false
        ) {
            self.name = name
            self.model = model
            self.label = label
            self.summary = summary
            self.text = text
            self.expression = expression
            self.type = type
            self.format = format
            self.order = order
            self.isSegmentation = isSegmentation
        }

        /// The columns of the model that it is computed from.
        package var columns: [String] { expression.columnNames }

        package var kind: Kind {
            switch type {
            case .boolean: .boolean
            case _ where type.isNumeric: .number
            case _ where type.isTemporal: .date
            default: .category
            }
        }
    }

    package private(set) var tables: [String: Table] = [:]
    package private(set) var measures: [String: Measure] = [:]
    package private(set) var dimensions: [String: Dimension] = [:]
    package private(set) var parameters: [String: Parameter] = [:]
    private let hidden: [Located<String>]
    private let identifying: [Located<String>]

    package init(tables: [Table], privacy: ProjectSettings.Privacy) {
        self.tables = Dictionary(uniqueKeysWithValues: tables.map { ($0.name, $0) })
        hidden = privacy.hidden
        identifying = privacy.identifying
    }

    /// Checks that the columns that the project hides or marks are there.
    package func checkPrivacy(_ diagnostics: inout [Diagnostic]) {
        for name in hidden + identifying { check(name, &diagnostics) }
    }

    /// Adds what the project's files define over the tables that are there; diagnostics say what
    /// can't be.
    package mutating func add(
        _ specs: [FiguresSpec], levels: [String: [String: [String]]], engine: any Engine,
        parser: any ExpressionParser, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) {
        for spec in specs {
            for parameter in spec.parameters { add(parameter, &diagnostics) }
        }
        for spec in specs {
            guard let table = tables[spec.model.value] else { continue }
            let scope = ExpressionScope(
                columns: table.schema.names, owner: "model '\(table.name)'", parser: parser)
            let measureScope = scope.over(
                table.schema.names + parameters.keys.sorted(), owner: "model '\(table.name)'")
            for measure in spec.measures {
                try await add(measure, table, measureScope, engine, &diagnostics)
            }
            for dimension in spec.dimensions {
                try await add(
                    dimension, table, scope, engine, levels[table.name] ?? [:], &diagnostics)
            }
        }
    }

    /// Adds a dimension that a room below made, unless its name is taken.
    package mutating func add(
        _ dimension: Dimension, at place: Diagnostic.Place, _ diagnostics: inout [Diagnostic]
    ) {
        guard isFree(Located(dimension.name, at: place), &diagnostics) else { return }
        var dimension = dimension
        dimension.namesCustomers = reads(dimension.expression, identifying, of: dimension.model)
        dimensions[dimension.name] = dimension
    }

    // MARK: Adding

    private mutating func add(_ parameter: Parameter, _ diagnostics: inout [Diagnostic]) {
        guard isFree(parameter.name, &diagnostics) else { return }
        let name = parameter.name.value
        if let table = tables.values.filter({ $0.schema.names.contains(name) })
            .min(by: { $0.name < $1.name })
        {
            diagnostics.append(
                Diagnostic(
                    "name_taken", at: parameter.name.place,
                    "'\(name)' is already a column of model '\(table.name)'"))
            return
        }
        if parameter.check(&diagnostics) { parameters[name] = parameter }
    }

    /// The measure computed in another way.
    mutating func bind(_ name: String, _ expression: CheckedExpression) {
        measures[name]?.expression = expression
    }

    private mutating func add(
        _ spec: FiguresSpec.Measure, _ table: Table, _ scope: ExpressionScope, _ engine: any Engine,
        _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) {
        guard let template = await scope.check(spec.expression, &diagnostics),
            isFree(spec.name, &diagnostics)
        else { return }
        let usual = usualValues
        let expression = template.binding(usual)
        guard isVisible(expression, spec.expression, table, &diagnostics) else { return }
        guard expression.isAggregated, expression.containsAggregate else {
            diagnostics.append(
                Diagnostic(
                    "not_aggregated", at: spec.expression.place,
                    "measure '\(spec.name.value)' is not one value for many rows",
                    hint: "aggregate its columns: sum(x), avg(x), count(*)"))
            return
        }
        let exactTemplate = try await ExactSums.rewrite(template) {
            argument throws(AuroraError) -> ColumnType in
            // An argument that doesn't fit its columns is reported below, for the whole expression.
            try await type(argument.binding(usual), table, engine) ?? .text
        }
        let exact = exactTemplate.binding(usual)
        guard let type = try await type(exact, table, engine) else {
            diagnostics.append(unfit(spec.name, spec.expression, table))
            return
        }
        // A count of names is no name, but the smallest of them is one.
        let shown = expression.aggregates.filter { $0.function != "count" }.flatMap(\.arguments)
        measures[spec.name.value] = Measure(
            name: spec.name.value, model: table.name, label: spec.label ?? spec.name.value,
            summary: spec.summary, text: spec.expression.value, expression: exact,
            template: exactTemplate,
            format: spec.format ?? FigureFormat(type.isWhole ? .integer : .decimal),
            namesCustomers: shown.contains { reads($0, identifying, of: table.name) })
    }

    private mutating func add(
        _ spec: FiguresSpec.Dimension, _ table: Table, _ scope: ExpressionScope,
        _ engine: any Engine, _ levels: [String: [String]], _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) {
        guard let expression = await scope.check(spec.expression, &diagnostics),
            isFree(spec.name, &diagnostics),
            isVisible(expression, spec.expression, table, &diagnostics)
        else { return }
        guard !expression.containsAggregate else {
            diagnostics.append(
                Diagnostic(
                    "aggregated", at: spec.expression.place,
                    "dimension '\(spec.name.value)' is one value for many rows",
                    hint: "a dimension has a value for each row; aggregates belong in measures"))
            return
        }
        guard let type = try await type(expression, table, engine) else {
            diagnostics.append(unfit(spec.name, spec.expression, table))
            return
        }
        var order = spec.order
        // A column of bands keeps the order of its bands.
        if order == nil, case .column(let column) = expression { order = levels[column.name] }
        var dimension = Dimension(
            name: spec.name.value, model: table.name, label: spec.label ?? spec.name.value,
            summary: spec.summary, text: spec.expression.value, expression: expression, type: type,
            format: spec.format, order: order)
        dimension.namesCustomers = reads(expression, identifying, of: table.name)
        dimensions[spec.name.value] = dimension
    }

    /// The type that an expression gives, nil where it doesn't fit its columns.
    private func type(
        _ expression: CheckedExpression, _ table: Table, _ engine: any Engine
    ) async throws(AuroraError) -> ColumnType? {
        let dialect = engine.dialect
        let sql = dialect.sql(expression, column: dialect.quoted)
        do throws(AuroraError) {
            let schema = try await engine.schema(
                of: "SELECT \(sql) FROM \(dialect.quoted(table.name))")
            return schema.fields.first?.type
        } catch {
            guard error.code == "engine_failed" else { throw error }
            return nil
        }
    }

    private func unfit(
        _ name: Located<String>, _ text: Located<String>, _ table: Table
    ) -> Diagnostic {
        Diagnostic(
            "expression_type", at: text.place,
            "'\(name.value)' does not fit the types of its columns in model '\(table.name)'",
            hint: "aurora show models tells them")
    }

    private func isFree(_ name: Located<String>, _ diagnostics: inout [Diagnostic]) -> Bool {
        guard
            measures[name.value] != nil || dimensions[name.value] != nil
                || parameters[name.value] != nil
        else { return true }
        diagnostics.append(
            Diagnostic(
                "name_taken", at: name.place,
                "'\(name.value)' is already the name of a measure, a dimension, a parameter or a "
                    + "segmentation"))
        return false
    }

    // MARK: Privacy

    private func isVisible(
        _ expression: CheckedExpression, _ text: Located<String>, _ table: Table,
        _ diagnostics: inout [Diagnostic]
    ) -> Bool {
        guard reads(expression, hidden, of: table.name) else { return true }
        diagnostics.append(
            Diagnostic(
                "hidden_column", at: text.place,
                "the expression reads a column that aurora.yaml hides from every reader"))
        return false
    }

    /// Columns are listed as `column` or `model.column`.
    private func reads(
        _ expression: CheckedExpression, _ listed: [Located<String>], of model: String
    ) -> Bool {
        let names = Set(listed.map(\.value))
        return expression.columns.contains {
            names.contains($0.name) || names.contains("\(model).\($0.name)")
        }
    }

    private func check(_ name: Located<String>, _ diagnostics: inout [Diagnostic]) {
        let known = tables.values.flatMap { table in
            table.schema.names.flatMap { [$0, "\(table.name).\($0)"] }
        }
        guard !known.contains(name.value) else { return }
        diagnostics.append(
            Diagnostic(
                "unknown_column", at: name.place, "no model has a column '\(name.value)'",
                hint: NearestName.hint(for: name.value, among: known.sorted())))
    }
}

extension CheckedExpression {
    fileprivate var aggregates: [Aggregate] {
        if case .aggregate(let aggregate) = self { return [aggregate] }
        return children.flatMap(\.aggregates)
    }
}
