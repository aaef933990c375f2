import Columns
import Query
import Workspace

/// Points and their density as tables.
struct PointsSheet {
    let source: SheetSource
    let numbers: [String]
    let options: JSON

    /// What the axes are called.
    private var labels: [String] {
        zip(["x_label", "y_label"], numbers).map { option, name in
            let stated = options[option]?.textValue
            return stated == name ? source.label(name) : stated ?? source.label(name)
        }
    }

    var content: FigureSheet.Content {
        let formats = numbers.map { source.catalogue.dimensions[$0]?.format }
        guard let series = source.data["series"]?.elements.map(\.elements), series.count > 1 else {
            return source.plain([
                "x_from": ("\(labels[0]) from", formats[0]),
                "x_to": ("\(labels[0]) to", formats[0]),
                "y_from": ("\(labels[1]) from", formats[1]),
                "y_to": ("\(labels[1]) to", formats[1]),
                "count": ("Rows", .count),
            ])
        }
        let categories = source.data["categories"]?.elements ?? []
        let dimension = source.dimensions.first
        var content = FigureSheet.Content()
        content.columns = labels + (series.count > 2 ? [dimension.map(source.label) ?? ""] : [])
        content.rows = series[0].indices.map { row in
            var cells = (0..<2).map { SheetCell(figure: series[$0][row], formats[$0]) }
            if series.count > 2 {
                let code = series[2][row].wholeValue ?? -1
                cells.append(
                    source.name(
                        categories.indices.contains(code) ? categories[code] : nil, of: dimension))
            }
            return cells
        }
        return content
    }
}

extension Scatter {
    func sheet(_ source: SheetSource) -> FigureSheet.Content {
        PointsSheet(source: source, numbers: numbers.map(\.value), options: options).content
    }
}

extension Pair {
    /// The points, and what their correlation says.
    func sheet(_ source: SheetSource) -> FigureSheet.Content {
        var content = PointsSheet(
            source: source, numbers: numbers.map(\.value), options: options
        ).content
        guard let correlation = source.data["correlation"] else { return content }
        let interval = correlation["interval"]?.elements ?? []
        let words: [(term: String, cell: SheetCell)] = [
            ("Correlation", .text(correlation["sentence"]?.textValue ?? "")),
            ("Pearson r", .figure(correlation["pearson"]?.numberValue, .decimal(2))),
            ("95 % interval from", .figure(interval.first?.numberValue, .decimal(2))),
            ("95 % interval to", .figure(interval.last?.numberValue, .decimal(2))),
            ("Spearman ρ", .figure(correlation["spearman"]?.numberValue, .decimal(2))),
            ("Rows with both", SheetCell(figure: correlation["rows"] ?? .null, .count)),
        ]
        content.words = words.filter { $0.cell != .empty }
        return content
    }
}
