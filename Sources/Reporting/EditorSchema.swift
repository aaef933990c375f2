package import Columns
import Query
import Workspace

/// What a page may hold, for the forms of an editor: kinds with their fields, and what there is to
/// fill them with.
package enum EditorSchema {
    /// The kinds of visual and of slicer with their fields.
    package static let kinds: JSON = .object([
        "visuals": .array(ChartKind.all.map { json($0.name, $0.summary, $0.fields, $0.usualSize) }),
        "slicers": .array(
            PageSpec.slicerKinds.map { kind in
                guard case .fields(let fields) = kind.fields else { return .null }
                return .object([
                    "name": .string(kind.name), "summary": .string(kind.summary),
                    "fields": .array(fields.map { json($0, Role.ofSlicer($0.name, kind.name)) }),
                ])
            }),
    ])

    /// The measures, dimensions and models that a page may name, each in its order by label.
    package static func names(of run: PublishedRun) -> JSON {
        let catalogue = run.gate.catalogue
        let measures = catalogue.measures.values.sorted {
            ($0.label, $0.name) < ($1.label, $1.name)
        }
        let dimensions = catalogue.dimensions.values
            .sorted { ($0.label, $0.name) < ($1.label, $1.name) }
        return .object([
            "measures": .array(
                measures.map { measure in
                    .object([
                        "name": .string(measure.name), "label": .string(measure.label),
                        "model": .string(measure.model), "description": JSON(measure.summary),
                        "additive": .bool(measure.isAdditive), "count": .bool(measure.isCount),
                    ])
                }),
            "dimensions": .array(
                dimensions.map { dimension in
                    .object([
                        "name": .string(dimension.name), "label": .string(dimension.label),
                        "model": .string(dimension.model), "description": JSON(dimension.summary),
                        "kind": .string(dimension.kind.rawValue),
                        "segmentation": .bool(dimension.isSegmentation),
                    ])
                }),
            "models": .array(run.tables.map(\.name).sorted().map { .string($0) }),
        ])
    }

    private static func json(
        _ name: String, _ summary: String, _ fields: [Field], _ size: (width: Int, height: Int)
    ) -> JSON {
        let roles = Role.roles(of: fields, kind: name)
        return .object([
            "name": .string(name), "summary": .string(summary), "width": JSON(size.width),
            "height": JSON(size.height),
            "fields": .array(fields.map { json($0, roles[$0.name]) }),
        ])
    }

    private static func json(_ field: Field, _ role: Role?) -> JSON {
        var members: [JSON.Member] = [
            .init(name: "name", value: .string(field.name)),
            .init(name: "summary", value: .string(field.summary)),
            .init(name: "required", value: .bool(field.isRequired)),
            .init(name: "role", value: JSON(role?.rawValue)),
        ]
        let type: String
        var element = field.type
        if case .list(let inner) = element {
            members.append(.init(name: "list", value: true))
            element = inner
        }
        switch element {
        case .text, .scalar: type = "text"
        case .names: type = "names"
        case .expression: type = "expression"
        case .integer(let range):
            type = "integer"
            members.append(.init(name: "minimum", value: JSON(range.lowerBound)))
            if range.upperBound != .max {
                members.append(.init(name: "maximum", value: JSON(range.upperBound)))
            }
        case .number: type = "number"
        case .boolean: type = "boolean"
        case .choice(let choices):
            type = "choice"
            members.append(.init(name: "choices", value: .array(choices.map { .string($0) })))
        case .object(let fields):
            type = "object"
            members.append(.init(name: "fields", value: .array(fields.map { json($0, nil) })))
        case .list, .map, .namePairs, .shorthand, .variant: type = "other"
        }
        return .object([.init(name: "type", value: .string(type))] + members)
    }

    /// What a text of a chart names.
    fileprivate enum Role: String {
        case measure, sum, count, dimension, number, date, segmentation, model

        /// Finds out by asking the chart itself, so that no kind has to say it twice.
        static func roles(of fields: [Field], kind name: String) -> [String: Role] {
            var roles: [String: Role] = [:]
            for field in fields where isName(field.type) {
                let asked = fields.filter { $0.isRequired || $0.name == field.name }
                let entries = asked.map { PatchValue.Entry($0.name, example($0)) }
                guard let chart = chart(name, entries) else { continue }
                roles[field.name] = role(of: "name_\(field.name)", in: chart)
            }
            return roles
        }

        /// What a field of a slicer names.
        static func ofSlicer(_ field: String, _ kind: String) -> Role? {
            switch field {
            case "dimension": kind == "range" ? .number : kind == "date" ? .date : .dimension
            case "dimensions": .dimension
            case "segmentation": .segmentation
            case "share", "count": .sum
            default: nil
            }
        }

        private static func isName(_ type: FieldType) -> Bool {
            switch type {
            case .text, .names, .list(.text): true
            default: false
            }
        }

        private static func chart(_ name: String, _ entries: [PatchValue.Entry]) -> (any Chart)? {
            let lines = entries.flatMap { PatchValue.lines($0.name, $0.value, column: 6) }
            let text =
                "type: page/v1\ntitle: t\nvisuals:\n  - \(name):\n" + lines.joined(separator: "\n")
            var diagnostics: [Diagnostic] = []
            let folder = try? ProjectFolder.parse(
                ["pages/t.yaml": text], kinds: [PageSpec.kind], diagnostics: &diagnostics)
            return folder?.files.first.flatMap { PageSpec($0).visuals.first?.chart }
        }

        /// A value that the field takes.
        private static func example(_ field: Field) -> PatchValue {
            example(field.type, "name_\(field.name)")
        }

        private static func example(_ type: FieldType, _ name: String) -> PatchValue {
            switch type {
            case .text, .expression, .scalar, .names, .namePairs, .shorthand: .text(name)
            case .integer(let range): .integer(range.lowerBound)
            case .number: .number(1)
            case .boolean: .boolean(true)
            case .choice(let choices): .text(choices.first ?? name)
            case .list(let element): .list([example(element, name)])
            case .map(let element): .map([.init(name, example(element, name))])
            case .object(let fields):
                .map(
                    fields.filter(\.isRequired).map { .init($0.name, example($0.type, $0.name)) })
            case .variant: .map([])
            }
        }

        private static func role(of name: String, in chart: any Chart) -> Role? {
            func names(_ list: [Located<String>]) -> Bool { list.contains { $0.value == name } }
            if names(chart.segmentations) { return .segmentation }
            if names(chart.models) { return .model }
            if names(chart.counts) { return .count }
            if names(chart.sums) { return .sum }
            if names(chart.measures) || names(chart.otherMeasures) { return .measure }
            if names(chart.dates) { return .date }
            if names(chart.numbers) { return .number }
            if names(chart.dimensions) { return .dimension }
            return nil
        }
    }
}
