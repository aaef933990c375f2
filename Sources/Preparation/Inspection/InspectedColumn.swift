package import Columns

/// What is found out about one column of a file.
package struct InspectedColumn: Sendable {
    package var reading: ColumnReading
    package var confidence: Confidence
    /// Why it is read so.
    package var reason: String
    /// Rows without a value, those among them that hold a text like `?`, and how many values differ.
    package var missing: Int
    package var missingTexts: Int
    package var distinct: Int
    /// The least value, the quartiles and the greatest of numbers and dates; nothing for others.
    package var quartiles: [Value]
    /// The commonest values of a column with few of them, with their counts.
    package var levels: [Level]
    /// What values look like, letters and digits masked.
    package var examples: [String]
    package var oddities: [String]
    /// Levels that seem to mean the same, for a `map` step.
    package var mappings: [LevelMapping]
    /// What a source file could state of the column; nil where nothing has to be stated.
    package var proposal: ColumnProposal?

    package var name: String { reading.column }

    package enum Confidence: String, Sendable {
        /// Every value says so, and could say nothing else.
        case certain
        /// Every value fits, and what else they could be is improbable.
        case likely
        /// Nothing decides.
        case unsure
    }

    package struct Level: Hashable, Sendable {
        package var text: String
        package var count: Int

        package init(_ text: String, _ count: Int) {
            self.text = text
            self.count = count
        }
    }

    var json: JSON {
        .object([
            "name": .string(name), "type": .string(reading.type.description),
            "reading": JSON(reading.summary), "unit": JSON(reading.unit),
            "confidence": .string(confidence.rawValue), "reason": .string(reason),
            "missing": JSON(missing), "missing_texts": JSON(missingTexts),
            "missing_spellings": .array(reading.missing.map { .string($0) }),
            "distinct": JSON(distinct), "quartiles": .array(quartiles.map(\.json)),
            "levels": .array(
                levels.map {
                    .object(["value": .string($0.text), "count": JSON($0.count)])
                }),
            "examples": .array(examples.map { .string($0) }),
            "oddities": .array(oddities.map { .string($0) }),
            "mappings": .array(
                mappings.map {
                    .object([
                        "from": .string($0.from), "to": .string($0.to), "count": JSON($0.count),
                        "reason": .string($0.reason),
                    ])
                }),
            "proposal": JSON(proposal.map { "\($0.name): \($0.setting)" }),
        ])
    }
}

/// What a source file could state of a column, as YAML.
package struct ColumnProposal: Hashable, Sendable {
    package var column: String
    package var type: ColumnType?
    package var format: String?
    package var unit: String?
    package var missing: [String] = []

    package init(column: String) { self.column = column }

    /// The column's name as a key.
    package var name: String { Self.written(column) }

    /// What stands behind the key.
    package var setting: String {
        var parts: [String] = []
        if let type { parts.append("type: " + Self.written(type.description)) }
        if let format { parts.append("format: " + Self.quoted(format)) }
        if let unit { parts.append("unit: \(unit)") }
        if !missing.isEmpty {
            parts.append("missing: [\(missing.map(Self.quoted).joined(separator: ", "))]")
        }
        return "{\(parts.joined(separator: ", "))}"
    }

    /// Plain where every reader of YAML takes it for a text, else in quotes.
    package static func written(_ text: String) -> String {
        let words = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
        let isPlain =
            text.first?.isLetter == true && !words.contains(text.lowercased())
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_- ".contains($0)) }
            && text.last != " "
        return isPlain ? text : quoted(text)
    }

    /// JSON's texts are YAML's, too.
    package static func quoted(_ text: String) -> String { JSON.string(text).text() }
}
