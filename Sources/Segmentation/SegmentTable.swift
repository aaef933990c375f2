package import Columns
package import Engine
package import Query
import Workspace

/// Brings segments back to the customers: columns of the model's table, and dimensions of figures.
package enum SegmentTable {
    /// The column of a segment's number, from 1.
    static func segmentColumn(_ name: String) -> String { name }
    static func componentColumn(_ name: String, _ index: Int) -> String {
        "\(name)_component_\(index)"
    }

    /// The columns that a segmentation adds to its model.
    package static func columns(of spec: SegmentationSpec) -> [String] {
        [segmentColumn(spec.name)]
            + componentIndices(of: spec).map { componentColumn(spec.name, $0) }
    }

    /// Stated segments have no components.
    private static func componentIndices(of spec: SegmentationSpec) -> [Int] {
        Array([1, 2].prefix(spec.features.count))
    }

    private static func components(of result: SegmentationResult) -> [Int] {
        result.frozen == nil ? [] : Array([1, 2].prefix(result.formedBy.count))
    }

    /// Adds each row's segment and principal components to the model's table.
    ///
    /// - Returns: the table with its new columns.
    package static func add(
        _ fitted: Segmenter.Fitted, to table: Catalogue.Table, in engine: any Engine
    ) async throws(AuroraError) -> Catalogue.Table {
        let dialect = engine.dialect
        let name = fitted.result.name
        let labels = dialect.quoted("labels:" + name)
        let renamed = dialect.quoted("labelled:" + table.name)
        let key = dialect.quoted(table.key)
        let model = dialect.quoted(table.name)
        let columns = fitted.labels.columns.map {
            "\(dialect.quoted($0.name)) \(dialect.typeName($0.type))"
        }
        try await engine.execute("CREATE TABLE \(labels) (\(columns.joined(separator: ", ")))")
        try await engine.append(fitted.labels, to: "labels:" + name)
        var items = table.schema.names.map { "m.\(dialect.quoted($0))" }
        items.append("l.segment AS \(dialect.quoted(segmentColumn(name)))")
        let known = fitted.labels.columns.map(\.name)
        for index in components(of: fitted.result) {
            // Where features have one direction only, nobody differs in a second one.
            let value =
                known.contains("component_\(index)")
                ? "l.component_\(index)" : "CAST(0 AS \(dialect.typeName(.double)))"
            items.append("\(value) AS \(dialect.quoted(componentColumn(name, index)))")
        }
        try await engine.execute(
            """
            CREATE TABLE \(renamed) AS
            SELECT \(items.joined(separator: ", "))
            FROM (SELECT *, row_number() OVER (ORDER BY \(key)) - 1 AS "row:position" FROM \(model)) m
            JOIN \(labels) l ON l.position = m."row:position" ORDER BY m.\(key)
            """)
        try await engine.execute("DROP TABLE \(labels)")
        try await engine.execute("DROP TABLE \(model)")
        try await engine.execute("ALTER TABLE \(renamed) RENAME TO \(model)")
        var labelled = table
        labelled.schema = try await engine.schema(of: "SELECT * FROM \(model)")
        return labelled
    }

    /// The segmentation as a dimension whose values are its segments' names, and its principal
    /// components as numbers.
    ///
    /// - Parameter result: the run's; nil before it, when only what the file announces is known.
    package static func dimensions(
        of spec: SegmentationSpec, _ result: SegmentationResult?
    ) -> [Catalogue.Dimension] {
        let column = CheckedExpression.named(segmentColumn(spec.name))
        let segments =
            result?.segments.map { ($0.id, $0.name) }
            ?? spec.segmentNames.enumerated().map { ($0 + 1, $1) }
        let branches = segments.map { id, name in
            CheckedExpression.Branch(
                when: .comparison(.equal, column, .literal(.integer(Int64(id)))),
                then: .literal(.text(name)))
        }
        let dimension = Catalogue.Dimension(
            name: spec.name, model: spec.model.value, label: spec.label,
            text: "segment of \(spec.name)",
            expression: branches.isEmpty
                ? .cast(column, .text, orMissing: false)
                : .choice(branches: branches, otherwise: .literal(.missing)), type: .text,
            order: segments.map(\.1), isSegmentation: true)
        let components = componentIndices(of: spec).map { index in
            let column = componentColumn(spec.name, index)
            return Catalogue.Dimension(
                name: column, model: spec.model.value, label: "Component \(index)",
                text: "principal component \(index) of the features of \(spec.name)",
                expression: .named(column), type: .double,
                format: FigureFormat(.decimal, digits: 2))
        }
        return [dimension] + components
    }
}
