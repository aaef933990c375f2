package import Columns
import Engine

/// The rows behind a figure, a page of them at a time.
package struct RowQuery: Sendable {
    /// The model whose rows are wanted.
    package var model: String
    /// The figure: one that counts or sums only some rows has only those behind it.
    package var measure: String?
    package var filter: FilterContext
    /// The column by which they are sorted, then by the key; nil for the key alone.
    package var column: String?
    package var isDescending = false
    /// The first row and how many follow at most.
    package var start = 0
    package var limit = 50

    package init(of model: String, behind measure: String? = nil, filter: FilterContext = .init()) {
        self.model = model
        self.measure = measure
        self.filter = filter
    }
}

/// The answer to a ``RowQuery``.
package struct RowPage: Sendable {
    package struct Column: Sendable {
        package var name: String
        package var type: ColumnType
        /// The dimension that is this column and nothing else, or the segmentation.
        package var dimension: Catalogue.Dimension?
    }

    package var columns: [Column]
    package var rows: [[Value]]
    /// How many rows stand behind the figure, on all pages.
    package var total: Int
    /// How many the model has.
    package var outOf: Int
}

extension Gate {
    /// The rows behind a figure, for whoever may see customers: the model's columns but hidden ones,
    /// with the segments of its segmentations after the key.
    ///
    /// - Throws: `not_permitted`, `unknown_name`, `unrelated`, or the engine's own error.
    package func rows(
        _ query: RowQuery, for reader: Reader
    ) async throws(AuroraError) -> RowPage {
        let columns = try rowColumns(of: query.model, for: reader)
        try check(query.filter, for: reader, over: [query.model], by: [])
        let compiler = SQLCompiler(catalogue, dialect, model: query.model)
        let expressions = columns.map { column in
            column.dimension?.expression
                ?? .column(.init(name: column.name, offset: 0))
        }
        let source = try behind(query, compiler, for: reader)
        let counted = try await engine.query("SELECT count(*) \(source)")
        let all = try await engine.query("SELECT count(*) FROM \(dialect.quoted(query.model))")
        let items = expressions.map(compiler.sql).joined(separator: ", ")
        let order = try order(query, compiler, expressions, columns)
        let answer = try await engine.query(
            "SELECT \(items) \(source) ORDER BY \(order) LIMIT \(query.limit) OFFSET \(query.start)"
        )
        return RowPage(
            columns: columns, rows: (0..<answer.rowCount).map { Array(answer.row($0)) },
            total: counted.columns[0][0].integerValue ?? 0,
            outOf: all.columns[0][0].integerValue ?? 0)
    }

    /// The key, the segments, then the other columns in their order.
    private func rowColumns(
        of model: String, for reader: Reader
    ) throws(AuroraError) -> [RowPage.Column] {
        let fields = try exportedColumns(of: model, for: reader)
        let key = catalogue.tables[model]?.key
        let own = catalogue.dimensions.values.filter { $0.model == model }
            .sorted { $0.name < $1.name }
        let plain = fields.map { field in
            RowPage.Column(
                name: field.name, type: field.type,
                dimension: own.first { $0.isColumn(field.name) })
        }
        let segments = own.filter(\.isSegmentation).map {
            RowPage.Column(name: $0.name, type: $0.type, dimension: $0)
        }
        // A segment's number has its name there already, under the same word.
        let others = plain.filter { column in
            column.name != key && !segments.contains { $0.name == column.name }
        }
        return plain.filter { $0.name == key } + segments + others
    }

    /// FROM and WHERE, with what the measure itself leaves out.
    private func behind(
        _ query: RowQuery, _ compiler: SQLCompiler, for reader: Reader
    ) throws(AuroraError) -> String {
        var counted: [String] = []
        if let name = query.measure, let measure = try measures([name], for: reader).first {
            counted = measure.countedRows.map(compiler.sql)
        }
        let source = compiler.rows(reading: [], query.filter)
        guard !counted.isEmpty else { return source }
        let isFiltered = !query.filter.selections.isEmpty || !query.filter.conditions.isEmpty
        return source + (isFiltered ? " AND " : " WHERE ")
            + counted.map { "(\($0))" }.joined(separator: " AND ")
    }

    /// By the wanted column, those without a value last, then by the key, which no two rows share.
    private func order(
        _ query: RowQuery, _ compiler: SQLCompiler, _ expressions: [CheckedExpression],
        _ columns: [RowPage.Column]
    ) throws(AuroraError) -> String {
        let key = catalogue.tables[query.model]?.key ?? ""
        let last = compiler.sql(.column(.init(name: key, offset: 0)))
        guard let name = query.column else { return last + (query.isDescending ? " DESC" : "") }
        guard let place = columns.firstIndex(where: { $0.name == name }) else {
            throw AuroraError(
                "unknown_name", "the rows of '\(query.model)' have no column '\(name)'",
                hint: NearestName.hint(for: name, among: columns.map(\.name)))
        }
        let sql = compiler.sql(expressions[place])
        return "(\(sql)) IS NULL, \(sql)\(query.isDescending ? " DESC" : ""), \(last)"
    }
}

extension Catalogue.Dimension {
    fileprivate func isColumn(_ name: String) -> Bool {
        guard !isSegmentation, case .column(let column) = expression else { return false }
        return column.name == name
    }
}

extension Catalogue.Measure {
    /// What holds for the rows that it counts or sums; empty where that is every row, or where it is
    /// put together of several aggregates.
    fileprivate var countedRows: [CheckedExpression] {
        var inner = expression
        while case .cast(let operand, _, _) = inner { inner = operand }
        guard case .aggregate(let aggregate) = inner else { return [] }
        let counted = aggregate.function == "count" ? aggregate.arguments : []
        return (aggregate.filter.map { [$0] } ?? [])
            + counted.map { .isMissing($0, negated: true) }
    }
}
