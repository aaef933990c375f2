package import Columns
import Preparation
import Query
package import Runs

/// Where a figure comes from: its columns, the steps that made them, the source columns and files.
package struct Lineage: Sendable {
    package var name: String
    package var model: String
    package var expression: String
    package var columns: [Column]

    /// A column of a model, traced back to the sources.
    package struct Column: Sendable {
        package var model: String
        package var column: String
        /// The steps that made or changed what the column is made from, first to last.
        package var steps: [Step]
        /// Where its values were read; empty for what is made from nothing but constants.
        package var origins: [Origin]
    }

    package struct Step: Hashable, Sendable {
        package var model: String
        /// Its place in the recipe, from 1.
        package var number: Int
        package var kind: String
        package var summary: String
        package var rowsIn: Int
        package var rowsOut: Int
    }

    package struct Origin: Hashable, Sendable {
        package var source: String
        package var column: String
    }
}

extension PublishedRun {
    /// Traces a measure, a dimension or a column written as model.column.
    ///
    /// - Throws: `unknown_name`.
    package func lineage(of name: String) throws(AuroraError) -> Lineage {
        let catalogue = gate.catalogue
        if let measure = catalogue.measures[name] {
            return lineage(name, of: measure.model, measure.text, measure.columns)
        }
        if let dimension = catalogue.dimensions[name] {
            return lineage(name, of: dimension.model, dimension.text, dimension.columns)
        }
        for model in record.models where name.hasPrefix(model.name + ".") {
            let column = String(name.dropFirst(model.name.count + 1))
            if catalogue.tables[model.name]?.schema[column] != nil {
                return lineage(name, of: model.name, column, [column])
            }
        }
        let known = Array(catalogue.measures.keys) + Array(catalogue.dimensions.keys)
        throw AuroraError(
            "unknown_name", "there is no measure, dimension or column '\(name)'",
            hint: NearestName.hint(for: name, among: known.sorted()))
    }

    private func lineage(
        _ name: String, of model: String, _ text: String, _ columns: [String]
    ) -> Lineage {
        let tracer = Tracer(record)
        return Lineage(
            name: name, model: model, expression: text,
            columns: columns.map { tracer.trace($0, of: model) })
    }
}

/// Follows columns back through the recipes of a run.
private struct Tracer {
    private let models: [String: RunRecord.Model]
    private let sources: Set<String>

    init(_ record: RunRecord) {
        models = Dictionary(uniqueKeysWithValues: record.models.map { ($0.name, $0) })
        sources = Set(record.inputs.map(\.source))
    }

    func trace(_ column: String, of model: String) -> Lineage.Column {
        var steps: [Lineage.Step] = []
        var origins: [Lineage.Origin] = []
        follow([column], of: model, &steps, &origins)
        return Lineage.Column(
            model: model, column: column, steps: steps,
            origins: Set(origins).sorted { ($0.source, $0.column) < ($1.source, $1.column) })
    }

    /// - Parameter columns: names after the model's last step.
    private func follow(
        _ columns: Set<String>, of table: String, _ steps: inout [Lineage.Step],
        _ origins: inout [Lineage.Origin]
    ) {
        guard let model = models[table] else {
            origins += columns.map { .init(source: table, column: $0) }
            return
        }
        var wanted = columns
        var elsewhere: [String: Set<String>] = [:]
        var own: [Lineage.Step] = []
        for (index, step) in model.steps.enumerated().reversed() {
            let made = wanted.filter { step.lineage[$0] != nil }
            guard !made.isEmpty || step.rowsIn != step.rowsOut else { continue }
            own.append(
                .init(
                    model: table, number: index + 1, kind: step.kind, summary: step.summary,
                    rowsIn: step.rowsIn, rowsOut: step.rowsOut))
            wanted.subtract(made)
            for read in made.flatMap({ step.lineage[$0] ?? [] }) {
                if let (other, column) = foreign(read) {
                    elsewhere[other, default: []].insert(column)
                } else {
                    wanted.insert(read)
                }
            }
        }
        for (other, columns) in elsewhere.sorted(by: { $0.key < $1.key }) {
            follow(columns, of: other, &steps, &origins)
        }
        if !wanted.isEmpty { follow(wanted, of: model.from, &steps, &origins) }
        steps += own.reversed().filter { !steps.contains($0) }
    }

    /// The table and column of what is written as table.column.
    private func foreign(_ read: String) -> (table: String, column: String)? {
        guard let point = read.firstIndex(of: ".") else { return nil }
        let table = String(read[..<point])
        guard models[table] != nil || sources.contains(table) else { return nil }
        return (table, String(read[read.index(after: point)...]))
    }
}

extension Lineage {
    /// - Parameter record: the run that names the files.
    package func json(_ record: RunRecord) -> JSON {
        .object([
            "run": .string(record.id), "name": .string(name), "model": .string(model),
            "expression": .string(expression),
            "columns": .array(
                columns.map { column in
                    .object([
                        "model": .string(column.model), "column": .string(column.column),
                        "steps": .array(column.steps.map(\.json)),
                        "origins": .array(column.origins.map { $0.json(record) }),
                    ])
                }),
        ])
    }
}

extension Lineage.Step {
    package var json: JSON {
        .object([
            "model": .string(model), "step": JSON(number), "kind": .string(kind),
            "summary": .string(summary), "rows_in": JSON(rowsIn), "rows_out": JSON(rowsOut),
        ])
    }
}

extension Lineage.Origin {
    package func json(_ record: RunRecord) -> JSON {
        let input = record.inputs.first { $0.source == source }
        return .object([
            "source": .string(source), "column": .string(column), "file": JSON(input?.file),
            "sha256": JSON(input?.sha256),
            "reading": JSON(input?.columns.first { $0.name == column }?.reading),
        ])
    }
}
