import Columns
import Query

extension Matrix {
    /// As it is seen: figures down and across with their totals. Each row states its group.
    func sheet(_ source: SheetSource) -> FigureSheet.Content {
        let levels = options["levels"]?.wholeValue ?? 1
        let table = Pivot(source, levels: levels, isAcross: options["across"] == true)
        var content = FigureSheet.Content()
        content.columns = source.dimensions.prefix(levels).map(source.label) + table.headings
        for line in table.lines {
            let last = line.values.lastIndex { $0.map { _ in true } ?? false }
            let names = line.values.enumerated().map { place, value in
                value.map { source.name($0, of: source.dimensions[place]) }
                    ?? (place == (last ?? -1) + 1 ? SheetCell.text("Total") : .empty)
            }
            content.rows.append(names + table.cells(line.values))
        }
        return content
    }
}

/// The figures of a matrix by what they are of; nil stands for all values of a dimension.
private struct Pivot {
    struct Line {
        var values: [JSON?]
    }

    private let source: SheetSource
    private let levels: Int
    private var figures: [String: [JSON]] = [:]
    /// The values across, and nil for their total; one nil where nothing is across.
    private let columns: [JSON?]
    private let isAcross: Bool
    private let hasTotals: Bool

    init(_ source: SheetSource, levels: Int, isAcross: Bool) {
        self.source = source
        self.levels = levels
        self.isAcross = isAcross
        let names = source.dimensions
        let totals = source.data["totals"]?.elements ?? []
        hasTotals = !totals.isEmpty
        let across = isAcross ? Self.unique(source.rows.map { $0[levels] }) : []
        let ordered = Self.inOrder(across, source.catalogue.dimensions[names.last ?? ""])
        columns = isAcross ? ordered + (hasTotals ? [nil] : []) : [nil]
        add(names, source.rows)
        for total in totals {
            add(
                (total["by"]?.elements ?? []).map { $0.textValue ?? "" },
                (total["rows"]?.elements ?? []).map(\.elements))
        }
    }

    private mutating func add(_ by: [String], _ rows: [[JSON]]) {
        let places = source.dimensions.map { by.firstIndex(of: $0) }
        for row in rows {
            figures[Self.key(places.map { $0.map { row[$0] } })] = Array(row.dropFirst(by.count))
        }
    }

    /// A missing value is not the same as all values.
    private static func key(_ values: [JSON?]) -> String {
        values.map { $0?.text() ?? "*" }.joined(separator: "\u{0}")
    }

    private static func unique(_ values: [JSON]) -> [JSON] {
        var seen: Set<String> = []
        return values.filter { seen.insert($0.text()).inserted }
    }

    /// Missing values come after the others, many levels as one last.
    private static func inOrder(_ values: [JSON], _ dimension: Catalogue.Dimension?) -> [JSON?] {
        func rank(_ value: JSON) -> (Int, Double, String) {
            switch value {
            case .object: (2, 0, "")
            case .null: (1, 0, "")
            case .number(let digits): (0, Double(digits) ?? 0, "")
            case .string(let text):
                (
                    0,
                    Double(dimension?.order?.firstIndex(of: text) ?? dimension?.order?.count ?? 0),
                    text
                )
            default: (0, value == true ? 1 : 0, "")
            }
        }
        return values.sorted { left, right in
            let (a, b) = (rank(left), rank(right))
            guard (a.0, a.1) == (b.0, b.1) else { return (a.0, a.1) < (b.0, b.1) }
            return a.2.unicodeScalars.lexicographicallyPrecedes(b.2.unicodeScalars)
        }
    }

    /// One for each figure: with several measures under a column, both are named.
    var headings: [String] {
        let labels = source.measures.map(source.label)
        guard isAcross else { return labels }
        return columns.flatMap { column in
            let head =
                column.map { source.text(source.name($0, of: source.dimensions[levels])) }
                ?? "Total"
            return labels.count == 1 ? [head] : labels.map { "\(head): \($0)" }
        }
    }

    /// From top to bottom: groups with their own figures before what is in them, all at the end.
    var lines: [Line] {
        let rows = source.rows
        var lines: [Line] = []
        for group in Self.unique(rows.map { $0[0] }) {
            if levels == 1 {
                lines.append(Line(values: [group]))
            } else {
                if hasTotals { lines.append(Line(values: [group, nil])) }
                for value in Self.unique(rows.filter { $0[0] == group }.map { $0[1] }) {
                    lines.append(Line(values: [group, value]))
                }
            }
        }
        if hasTotals { lines.append(Line(values: Array(repeating: nil, count: levels))) }
        return lines
    }

    func cells(_ values: [JSON?]) -> [SheetCell] {
        columns.flatMap { column in
            let known = figures[Self.key(isAcross ? values + [column] : values)]
            return source.measures.enumerated().map { place, measure in
                source.figure(known?[place], of: measure)
            }
        }
    }
}
