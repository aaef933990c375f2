import Columns
import Reporting
import Query
import Runs
import Segmentation

/// Runs and what they hold, as JSON and as text for people.
enum Describe {
    static func run(_ record: RunRecord) -> JSON {
        .object([
            "run": .string(record.id), "number": JSON(record.number),
            "started": .string(record.started), "finished": .string(record.finished),
            "synthetic": .bool(record.isSynthetic), "as_of": JSON(record.asOf),
            "inputs": .array(
                record.inputs.map {
                    .object([
                        "source": .string($0.source), "file": .string($0.file),
                        "rows": JSON($0.rows), "quarantined": JSON($0.quarantined),
                        "bytes": JSON($0.bytes), "sha256": .string($0.sha256),
                        "synthetic": .bool($0.isSynthetic),
                        "contracts": .array(
                            $0.contracts.map {
                                .object([
                                    "rule": .string($0.rule), "on_fail": .string($0.onFail),
                                    "broken": JSON($0.broken),
                                ])
                            }),
                    ])
                }),
            "models": .array(
                record.models.map { .object(["name": .string($0.name), "rows": JSON($0.rows)]) }),
            "outputs": .object(
                record.outputs.sorted { $0.key < $1.key }
                    .map { JSON.Member(name: $0.key, value: .string($0.value)) }),
            "output_hash": .string(record.outputHash),
            "notices": .array(
                record.notices.map {
                    .object([
                        "code": .string($0.code), "about": .string($0.about),
                        "message": .string($0.message),
                    ])
                }),
        ])
    }

    /// A source as it was read.
    static func source(_ input: RunRecord.Input) -> JSON {
        .object([
            "name": .string(input.source), "file": .string(input.file), "rows": JSON(input.rows),
            "quarantined": JSON(input.quarantined), "bytes": JSON(input.bytes),
            "sha256": .string(input.sha256), "synthetic": .bool(input.isSynthetic),
            "facts": .array(input.facts.map { .string($0) }),
            "columns": .array(
                input.columns.map {
                    .object([
                        "name": .string($0.name), "type": .string($0.type),
                        "reading": JSON($0.reading), "missing": JSON($0.missing),
                    ])
                }),
            "contracts": .array(
                input.contracts.map {
                    .object([
                        "rule": .string($0.rule), "on_fail": .string($0.onFail),
                        "broken": JSON($0.broken),
                    ])
                }),
        ])
    }

    static func text(_ input: RunRecord.Input) -> String {
        let setAside = input.quarantined == 0 ? "" : ", \(input.quarantined) set aside"
        let readings = input.columns.compactMap { column in
            column.reading.map { "\(column.name) (\(column.type)): \($0)" }
        }
        let contracts = input.contracts.map {
            "\($0.rule): \($0.broken == 0 ? "holds" : "broken \($0.broken) times")"
        }
        let lines = input.facts + readings + contracts
        return
            (["\(input.source): \(input.rows) rows of \(input.file)\(setAside)"]
            + lines.map { "  " + $0 }).joined(separator: "\n")
    }

    static func text(_ record: RunRecord) -> String {
        var lines = record.inputs.map {
            "\($0.rows + $0.quarantined) rows read from \($0.file)\($0.isSynthetic ? " (synthetic)" : "")"
        }
        for model in record.models {
            lines.append("\(model.name): \(model.rows) rows")
            lines += model.steps.map { "  " + text($0) }
        }
        lines += record.notices.map { "Note: \($0.about): \($0.message) [\($0.code)]" }
        if let day = record.asOf { lines.append("Ages and windows are those of \(day).") }
        lines.append("Published run \(record.id).")
        return lines.joined(separator: "\n")
    }

    static func text(_ step: RunRecord.Step) -> String {
        var effects = step.cellsChanged.sorted { $0.key < $1.key }.map {
            "\($0.value) cells of \($0.key) changed"
        }
        effects += step.columnsAdded.map { "\($0) added" }
        effects += step.columnsRemoved.map { "\($0) removed" }
        if step.rowsOut != step.rowsIn { effects.append("\(step.rowsIn) → \(step.rowsOut) rows") }
        let effect = effects.isEmpty ? "nothing changed" : effects.joined(separator: ", ")
        let fitted = step.fitted.sorted { $0.key < $1.key }.map { " (\(short($0.value)))" }.joined()
        return "\(step.kind): \(step.summary)\(fitted): \(effect)"
    }

    /// A decimal without the zeros at its end.
    private static func short(_ number: String) -> String {
        guard number.contains("."), Double(number) != nil else { return number }
        let digits = number.reversed().drop { $0 == "0" }.drop { $0 == "." }
        return String(digits.reversed())
    }

    static func step(_ step: RunRecord.Step) -> JSON {
        func object<Content>(_ values: [String: Content], _ json: (Content) -> JSON) -> JSON {
            .object(
                values.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: json($0.value)) }
            )
        }
        return .object([
            "kind": .string(step.kind), "summary": .string(step.summary),
            "rows_in": JSON(step.rowsIn), "rows_out": JSON(step.rowsOut),
            "cells_changed": object(step.cellsChanged) { JSON($0) },
            "columns_added": .array(step.columnsAdded.map { .string($0) }),
            "columns_removed": .array(step.columnsRemoved.map { .string($0) }),
            "fitted": object(step.fitted) { .string($0) },
            "facts": .array(step.facts.map { .string($0) }),
            "examples": .array(
                step.examples.map {
                    .object([
                        "column": .string($0.column), "before": JSON($0.before),
                        "after": JSON($0.after),
                    ])
                }),
            "lineage": object(step.lineage) { .array($0.map { .string($0) }) },
        ])
    }

    /// A step as part of the story of the data, a line for each thing that there is to tell.
    static func story(_ step: RunRecord.Step, number: Int) -> [String] {
        var lines = ["\(number). \(text(step))"]
        lines += step.facts.map { "     \($0)" }
        lines += step.examples.map {
            "     \($0.column): \($0.before ?? "–") → \($0.after ?? "–")"
        }
        return lines
    }

    static func text(_ lineage: Lineage, _ record: RunRecord) -> String {
        var lines = ["\(lineage.name) = \(lineage.expression)  (\(lineage.model))"]
        for column in lineage.columns {
            lines.append("  \(column.model).\(column.column)")
            lines += column.steps.map {
                let rows = $0.rowsIn == $0.rowsOut ? "" : " (\($0.rowsIn) → \($0.rowsOut) rows)"
                return "    \($0.model), step \($0.number), \($0.kind): \($0.summary)\(rows)"
            }
            lines += column.origins.map { origin in
                let input = record.inputs.first { $0.source == origin.source }
                let hash = (input?.sha256).map { ", sha256 \($0.prefix(12))…" } ?? ""
                return "    from \(origin.column) of \(input?.file ?? origin.source)\(hash)"
            }
        }
        return lines.joined(separator: "\n")
    }

    static func measure(_ measure: Catalogue.Measure) -> JSON {
        .object([
            "name": .string(measure.name), "label": .string(measure.label),
            "model": .string(measure.model), "expression": .string(measure.text),
            "description": JSON(measure.summary), "format": measure.format.json,
        ])
    }

    static func dimension(_ dimension: Catalogue.Dimension) -> JSON {
        .object([
            "name": .string(dimension.name), "label": .string(dimension.label),
            "model": .string(dimension.model), "expression": .string(dimension.text),
            "kind": .string(dimension.kind.rawValue), "type": .string(dimension.type.description),
            "segmentation": .bool(dimension.isSegmentation), "description": JSON(dimension.summary),
        ])
    }
}
