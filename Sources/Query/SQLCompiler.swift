import Columns
import Engine

/// Compiles filters and dimensions to SQL over one model's rows.
///
/// A measure is computed on the rows of its own model, never on a join that could repeat them.
/// Dimensions are read up the references. A filter on a model that is not up there keeps the rows
/// whose common ancestor has at least one such row; where the two have none, by the rows of a model
/// that leads up to both, as transactions do to customers and to kinds of merchants.
struct SQLCompiler {
    let catalogue: Catalogue
    let dialect: any Dialect
    let model: String
    /// The models up the references, each by the path of models that leads there.
    private let paths: [String: [String]]

    init(_ catalogue: Catalogue, _ dialect: any Dialect, model: String) {
        self.catalogue = catalogue
        self.dialect = dialect
        self.model = model
        paths = Self.paths(from: model, in: catalogue)
    }

    /// Breadth first, so that the shortest path wins; ties by name.
    private static func paths(from model: String, in catalogue: Catalogue) -> [String: [String]] {
        var paths = [model: [model]]
        var front = [model]
        while !front.isEmpty {
            let next = front.removeFirst()
            for parent in (catalogue.tables[next]?.references ?? [:]).keys.sorted()
            where paths[parent] == nil {
                paths[parent] = (paths[next] ?? []) + [parent]
                front.append(parent)
            }
        }
        return paths
    }

    func canRead(_ dimension: Catalogue.Dimension) -> Bool { paths[dimension.model] != nil }

    func isRelated(_ dimension: Catalogue.Dimension) -> Bool { bridge(to: dimension.model) != nil }

    /// FROM and WHERE: the model's rows, joined to all that lies up the references and is needed.
    func rows(reading dimensions: [Catalogue.Dimension], _ filter: FilterContext) -> String {
        let conditions = conditions(filter)
        let needed =
            dimensions.map(\.model)
            + conditions.flatMap { paths[$0.model] != nil ? $0.reads : [$0.anchor] }
        let filters = conditions.map { condition in
            paths[condition.model] != nil ? condition.sql(alias) : exists(condition)
        }
        let predicate = filters.isEmpty ? "" : " WHERE " + filters.joined(separator: " AND ")
        return from(model, up: needed, paths, alias) + predicate
    }

    func column(of dimension: Catalogue.Dimension) -> String {
        let own = sql(dimension.expression, of: dimension.model, alias)
        return dimension.period.map { dialect.firstDay(of: $0.rawValue, own) } ?? own
    }

    /// Whether a row's level is one of those that are folded into one; nil where none are.
    func isFolded(_ dimension: Catalogue.Dimension) -> String? {
        guard let fold = dimension.fold else { return nil }
        let own = column(of: dimension)
        guard !fold.kept.isEmpty else { return "(\(own) IS NOT NULL)" }
        let list = fold.kept.map { dialect.literal($0) }.joined(separator: ", ")
        return "(\(own) IS NOT NULL AND \(own) NOT IN (\(list)))"
    }

    func sql(_ expression: CheckedExpression) -> String { sql(expression, of: model, alias) }

    // MARK: Filters

    private struct Condition {
        var model: String
        /// The models whose columns it reads: that one, or those up its references, too.
        var reads: [String]
        /// Where the model's rows meet those of the query.
        var anchor: String
        var sql: (_ alias: (String) -> String) -> String
    }

    private func conditions(_ filter: FilterContext) -> [Condition] {
        var byModel: [String: [Condition]] = [:]
        func add(
            _ model: String, reading reads: [String],
            _ sql: @escaping ((String) -> String) -> String
        ) {
            let bridge = bridge(to: model) ?? model
            let anchor = commonAncestor(with: bridge) ?? bridge
            byModel[bridge, default: []].append(
                Condition(model: bridge, reads: reads, anchor: anchor, sql: sql))
        }
        for selection in filter.selections {
            guard let dimension = catalogue.dimensions[selection.dimension] else { continue }
            add(dimension.model, reading: [dimension.model]) { alias in
                if case .paths(let paths, let names) = selection.choice {
                    return predicate(paths, names, alias)
                }
                return predicate(
                    sql(dimension.expression, of: dimension.model, alias), selection.choice)
            }
        }
        for expression in filter.conditions {
            let dimensions = expression.columns.compactMap { catalogue.dimensions[$0.name] }
            // All below one model: the gate has checked it. The one furthest down decides.
            let owner = dimensions.map(\.model).first { paths[$0] == nil } ?? model
            add(owner, reading: dimensions.map(\.model)) { alias in
                dialect.sql(expression) { name in
                    guard let dimension = catalogue.dimensions[name] else { return "NULL" }
                    return sql(dimension.expression, of: dimension.model, alias)
                }
            }
        }
        // Conditions on one model must hold for the same row of it.
        return byModel.sorted { $0.key < $1.key }.map { model, conditions in
            let reads = conditions.flatMap(\.reads)
            return Condition(model: model, reads: reads, anchor: conditions[0].anchor) { alias in
                "(" + conditions.map { $0.sql(alias) }.joined(separator: " AND ") + ")"
            }
        }
    }

    private func predicate(
        _ paths: [[Value]], _ names: [String], _ alias: (String) -> String
    ) -> String {
        let levels = names.compactMap { catalogue.dimensions[$0] }
            .map { sql($0.expression, of: $0.model, alias) }
        let terms = paths.map { path in
            let steps = zip(levels, path).map { predicate($0, .values([$1])) }
            return "(" + steps.joined(separator: " AND ") + ")"
        }
        return terms.isEmpty ? "FALSE" : "(" + terms.joined(separator: " OR ") + ")"
    }

    private func predicate(_ sql: String, _ choice: FilterContext.Selection.Choice) -> String {
        switch choice {
        case .values(let values):
            let present = values.filter { !$0.isMissing }
            var terms: [String] = []
            if !present.isEmpty {
                let list = present.map { dialect.literal($0) }.joined(separator: ", ")
                terms.append("\(sql) IN (\(list))")
            }
            if present.count < values.count { terms.append("\(sql) IS NULL") }
            return terms.isEmpty ? "FALSE" : "(" + terms.joined(separator: " OR ") + ")"
        case .days(let from, let through):
            let day = dialect.firstDay(of: Period.day.rawValue, sql)
            let bounds = [(">=", from), ("<=", through)].map { comparison, bound in
                "\(day) \(comparison) CAST(\(dialect.literal(bound)) AS \(dialect.typeName(.date)))"
            }
            return "(" + bounds.joined(separator: " AND ") + ")"
        case .paths(let paths, _):
            // The other form reads all of their dimensions; of one alone they are its values.
            return predicate(sql, .values(paths.compactMap(\.first)))
        case .range(let from, let to, let closed):
            var terms = ["\(sql) IS NOT NULL"]
            if let from { terms.append("\(sql) >= \(dialect.literal(Value.double(from)))") }
            if let to {
                terms.append("\(sql) \(closed ? "<=" : "<") \(dialect.literal(Value.double(to)))")
            }
            return "(" + terms.joined(separator: " AND ") + ")"
        }
    }

    /// At least one row of the condition's model belongs to the same row of the anchor.
    private func exists(_ condition: Condition) -> String {
        func inner(_ model: String) -> String { dialect.quoted("filter:" + model) }
        let below = Self.paths(from: condition.model, in: catalogue)
        guard let path = below[condition.anchor], path.count > 1 else { return "FALSE" }
        let last = path[path.count - 2]
        let reference = catalogue.tables[last]?.references[condition.anchor] ?? ""
        let key = catalogue.tables[condition.anchor]?.key ?? ""
        return """
            EXISTS (SELECT 1 \(from(condition.model, up: [last] + condition.reads, below, inner)) \
            WHERE \(inner(last)).\(dialect.quoted(reference)) = \
            \(alias(condition.anchor)).\(dialect.quoted(key)) AND \(condition.sql(inner)))
            """
    }

    /// The model whose rows meet those of this one and say what the other's condition says: the other
    /// itself, or the nearest one that leads up to it and has a common ancestor with this one.
    private func bridge(to other: String) -> String? {
        if commonAncestor(with: other) != nil { return other }
        return catalogue.tables.keys.compactMap { model -> (length: Int, model: String)? in
            let path = Self.paths(from: model, in: catalogue)[other]
            return path.flatMap { commonAncestor(with: model) == nil ? nil : ($0.count, model) }
        }.min { ($0.length, $0.model) < ($1.length, $1.model) }?.model
    }

    /// The nearest model that both this one and the other lead up to.
    private func commonAncestor(with other: String) -> String? {
        let theirs = Self.paths(from: other, in: catalogue)
        return paths.filter { theirs[$0.key] != nil }
            .min { ($0.value.count, $0.key) < ($1.value.count, $1.key) }?.key
    }

    // MARK: SQL

    private func alias(_ model: String) -> String { dialect.quoted("of:" + model) }

    private func sql(
        _ expression: CheckedExpression, of model: String, _ alias: (String) -> String
    ) -> String {
        dialect.sql(expression) { "\(alias(model)).\(dialect.quoted($0))" }
    }

    /// A model's rows with their parents: each row once, since parents are met by their keys.
    private func from(
        _ model: String, up needed: [String], _ paths: [String: [String]],
        _ alias: (String) -> String
    ) -> String {
        var joined = [model]
        var sql = "FROM \(dialect.quoted(model)) AS \(alias(model))"
        for target in needed {
            for (child, parent) in zip(paths[target] ?? [], (paths[target] ?? []).dropFirst())
            where !joined.contains(parent) {
                joined.append(parent)
                let reference = catalogue.tables[child]?.references[parent] ?? ""
                let key = catalogue.tables[parent]?.key ?? ""
                sql +=
                    " LEFT JOIN \(dialect.quoted(parent)) AS \(alias(parent)) "
                    + "ON \(alias(child)).\(dialect.quoted(reference)) = "
                    + "\(alias(parent)).\(dialect.quoted(key))"
            }
        }
        return sql
    }
}
