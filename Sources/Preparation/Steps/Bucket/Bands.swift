import Columns
import Engine

/// Bands of a column's values: their bounds and names, lowest first.
struct Bands {
    var edges: [Value]
    var labels: [String]
    /// True where the upper bound belongs to a band, not the lower one.
    var isClosedRight: Bool

    /// With a label more than edges the outer bands have no end.
    var isOpen: Bool { labels.count == edges.count + 1 }

    /// Bands with open ends, named by their bounds.
    init(edges: [Value], isClosedRight: Bool) {
        self.edges = edges
        self.isClosedRight = isClosedRight
        let texts = edges.map(Self.text)
        let isPlain = texts.allSatisfy {
            $0.first != "-" && $0.dropFirst().firstIndex(of: "-") == nil
        }
        let between = isPlain ? "–" : " to "
        let inner = zip(texts, texts.dropFirst()).map { $0 + between + $1 }
        labels =
            ["\(isClosedRight ? "≤" : "<") \(texts.first ?? "")"] + inner
            + ["\(isClosedRight ? ">" : "≥") \(texts.last ?? "")"]
    }

    init(edges: [Value], labels: [String], isClosedRight: Bool) {
        self.edges = edges
        self.labels = labels
        self.isClosedRight = isClosedRight
    }

    /// A bound without the digits that say nothing.
    private static func text(_ value: Value) -> String {
        let text = value.description
        if case .double = value, text.hasSuffix(".0") { return String(text.dropLast(2)) }
        return text
    }

    /// SQL of the label of `name`, and of where a value has none.
    func sql(
        of name: String, _ type: ColumnType, _ dialect: any Dialect
    ) -> (label: String, outside: String) {
        let below = isClosedRight ? "<=" : "<"
        // Engines take what is no number for the greatest.
        let isNumber = type == .double ? "\(name) <> \(dialect.literal(.double(.nan)))" : "TRUE"
        var outside = "NOT (\(isNumber))"
        if !isOpen, let first = edges.first, let last = edges.last {
            let (low, high) = (dialect.literal(first), dialect.literal(last))
            outside += " OR \(name) \(below) \(low) OR NOT (\(name) \(below) \(high))"
        }
        var branches = ["WHEN \(name) IS NULL OR \(outside) THEN NULL"]
        for (edge, label) in zip(isOpen ? edges : Array(edges.dropFirst()), labels) {
            branches.append(
                "WHEN \(name) \(below) \(dialect.literal(edge)) THEN \(dialect.literal(label))")
        }
        let rest = isOpen ? " ELSE \(dialect.literal(labels.last ?? ""))" : ""
        return ("CASE \(branches.joined(separator: " "))\(rest) END", "(\(outside))")
    }
}
