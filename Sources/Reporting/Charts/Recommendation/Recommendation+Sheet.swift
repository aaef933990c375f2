import Columns
import Query

extension Recommendation {
    private static let priorities = [
        "high": "High priority", "medium": "Medium priority", "low": "Low priority",
    ]

    /// The advice, for whom it is, and how many these are.
    func sheet(_ source: SheetSource) -> FigureSheet.Content {
        var content = FigureSheet.Content()
        content.isOfWords = true
        let size = source.measures.first ?? ""
        if let priority = options["priority"]?.textValue {
            content.words.append(("Priority", .text(Self.priorities[priority] ?? priority)))
        }
        let group = (source.data["clauses"]?.elements ?? []).map { words($0, source) }
        content.words += [
            ("For", .text(group.isEmpty ? "Everybody" : group.joined(separator: "; "))),
            ("Advice", .text(source.words(source.data["text"]))),
            ("Action", .text(source.words(source.data["action"]))),
        ]
        content.columns = ["Figure", source.label(size)]
        content.rows = [
            [.text("The group now"), source.figure(source.rows.first?.first, of: size)]
        ]
        if let whole = source.data["whole"], whole != .null {
            content.rows.append([.text("All"), source.figure(whole, of: size)])
        }
        return content
    }

    /// "Age: 18 to 25", "State: NSW, VIC".
    private func words(_ clause: JSON, _ source: SheetSource) -> String {
        let dimension = clause["dimension"]?.textValue ?? ""
        let values = clause["values"]?.elements.map { source.text(source.name($0, of: dimension)) }
        return
            "\(source.label(dimension)): \(values?.joined(separator: ", ") ?? range(clause, source))"
    }

    private func range(_ clause: JSON, _ source: SheetSource) -> String {
        let dimension = source.catalogue.dimensions[clause["dimension"]?.textValue ?? ""]
        let ends = (clause["range"]?.elements ?? []).map { bound in
            bound.numberValue.map {
                source.writer.figure($0, dimension?.format ?? FigureFormat(.decimal))
            }
        }
        switch (ends.first ?? nil, ends.last ?? nil) {
        case (let from?, let to?): return "\(from) to \(to)"
        case (let from?, nil): return "from \(from)"
        case (nil, let to?): return "up to \(to)"
        case (nil, nil): return ""
        }
    }
}
