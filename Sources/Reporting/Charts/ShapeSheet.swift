import Columns
import Query
import Workspace

extension Sankey {
    /// Flows by the names of their ends; on a longer way also by the dimensions that these are of.
    func sheet(_ source: SheetSource) -> FigureSheet.Content {
        let measure = source.measures.first ?? ""
        let isPair = source.dimensions.count == 2
        var content = FigureSheet.Content()
        content.columns =
            (isPair
                ? source.dimensions.map(source.label) : ["From", "From value", "To", "To value"])
            + [source.label(measure)]
        content.rows = source.rows.map { row in
            let (from, to) = (row[0].textValue ?? "", row[2].textValue ?? "")
            let ends = [source.name(row[1], of: from), source.name(row[3], of: to)]
            let names =
                isPair
                ? ends : [.text(source.label(from)), ends[0], .text(source.label(to)), ends[1]]
            return names + [source.figure(row[4], of: measure)]
        }
        return content
    }
}

extension BoxPlot {
    func sheet(_ source: SheetSource) -> FigureSheet.Content {
        let format = source.catalogue.dimensions[numbers[0].value]?.format
        let isTukey = source.data["whiskers"]?.textValue == "tukey"
        var content = source.plain([
            "rows": ("Rows", .count),
            "lower_whisker": (isTukey ? "Lower whisker" : "5th percentile", format),
            "lower_quartile": ("Lower quartile", format), "median": ("Median", format),
            "upper_quartile": ("Upper quartile", format),
            "upper_whisker": (isTukey ? "Upper whisker" : "95th percentile", format),
            "below": ("Below", .count), "above": ("Above", .count),
        ])
        // Without customers' rows it is not known what lies beyond.
        guard !isTukey else { return content }
        content.columns.removeLast(2)
        for place in content.rows.indices { content.rows[place].removeLast(2) }
        return content
    }
}

extension Histogram {
    func sheet(_ source: SheetSource) -> FigureSheet.Content {
        let name = (dimensions + numbers).first?.value ?? ""
        let (label, format) = (source.label(name), source.catalogue.dimensions[name]?.format)
        var content = source.plain([
            "from": ("\(label) from", format), "to": ("\(label) to", format),
            "count": ("Rows", .count),
        ])
        for place in content.rows.indices where content.rows[place][0] == .empty {
            content.rows[place][0] = .text("No value")
        }
        guard let part = source.data["part"]?["rows"]?.elements.map(\.elements) else {
            return content
        }
        content.columns.append("Selected")
        for (place, row) in source.rows.enumerated() {
            let selected = part.first { $0.prefix(2) == row.prefix(2) }?.last
            content.rows[place].append(SheetCell(figure: selected ?? 0, .count))
        }
        return content
    }
}

extension Radar {
    /// The last row is the one against which the shapes are seen.
    func sheet(_ source: SheetSource) -> FigureSheet.Content {
        var content = source.plain()
        let all = source.data["all"]?.elements ?? []
        guard !all.isEmpty else { return content }
        content.rows.append(
            [.text("All rows")]
                + zip(source.measures, all).map { source.figure($1, of: $0) })
        return content
    }
}

extension Kpi {
    /// The figure and what it is compared with.
    func sheet(_ source: SheetSource) -> FigureSheet.Content {
        var content = source.plain()
        guard let compared = source.data["compared"], let own = source.measures.first else {
            return content
        }
        let other = compared["with"]?.textValue == "measure" ? otherMeasures.first?.value : nil
        let heads = ["target": "Target", "whole": "Without filters"]
        content.columns.append(
            other.map(source.label) ?? heads[compared["with"]?.textValue ?? ""] ?? "Compared with")
        for place in content.rows.indices {
            content.rows[place].append(source.figure(compared["value"], of: other ?? own))
        }
        return content
    }
}

extension Curves {
    func sheet(_ source: SheetSource) -> FigureSheet.Content {
        source.plain([
            "segments": ("Segments", .count), "inertia": ("Inertia", .decimal(2)),
            "silhouette": ("Silhouette", .decimal(3)),
        ])
    }
}

extension Silhouettes {
    func sheet(_ source: SheetSource) -> FigureSheet.Content {
        source.plain(["measured": ("Measured", .count), "below_0": ("Below 0", .count)])
    }
}

extension Biplot {
    func sheet(_ source: SheetSource) -> FigureSheet.Content {
        source.plain([
            "r_with_component_1": ("r with component 1", .decimal(2)),
            "r_with_component_2": ("r with component 2", .decimal(2)),
        ])
    }
}

extension Dendrogram {
    func sheet(_ source: SheetSource) -> FigureSheet.Content {
        source.plain([
            "joined_at": ("Joined at", .decimal(2)), "customers_then": ("Customers then", .count),
        ])
    }
}
