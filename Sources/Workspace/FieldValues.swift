package import Columns

/// A value together with the place in the project where it stands.
package struct Located<Wrapped: Sendable>: Sendable {
    package var value: Wrapped
    package var place: Diagnostic.Place

    package init(_ value: Wrapped, at place: Diagnostic.Place) {
        self.value = value
        self.place = place
    }

    package func map<Other>(_ transform: (Wrapped) -> Other) -> Located<Other> {
        Located<Other>(transform(value), at: place)
    }
}

extension Located: Equatable where Wrapped: Equatable {}

/// A single value, and how it was written: `No` is false for YAML, and a text in a column of texts.
package struct WrittenValue: Sendable {
    package var value: Value
    package var text: String

    package init(value: Value, text: String) {
        self.value = value
        self.text = text
    }
}

/// What stood under a key, checked against its ``FieldType``.
package indirect enum FieldValue: Sendable {
    case text(String)
    case integer(Int)
    case number(Double)
    case boolean(Bool)
    case scalar(WrittenValue)
    case list([Located<FieldValue>])
    case map([(key: Located<String>, value: Located<FieldValue>)])
    case object(FieldValues)
    case variant(name: Located<String>, FieldValues)
}

/// The checked values of one map of a project file. Keys that are optional and absent give nil.
package struct FieldValues: Sendable {
    package let place: Diagnostic.Place
    let values: [String: Located<FieldValue>]
    /// Keys under which something stands that could not be read, as diagnostics say.
    private let unread: Set<String>

    init(
        place: Diagnostic.Place, values: [String: Located<FieldValue>], unread: Set<String> = []
    ) {
        self.place = place
        self.values = values
        self.unread = unread
    }

    package func place(of key: String) -> Diagnostic.Place { values[key]?.place ?? place }

    package func located(_ key: String) -> Located<String>? {
        guard let entry = values[key], case .text(let text) = entry.value else { return nil }
        return Located(text, at: entry.place)
    }

    package func text(_ key: String) -> String? { located(key)?.value }

    package func integer(_ key: String) -> Int? {
        if case .integer(let value) = values[key]?.value { value } else { nil }
    }

    package func number(_ key: String) -> Double? {
        if case .number(let value) = values[key]?.value { value } else { nil }
    }

    package func boolean(_ key: String) -> Bool? {
        if case .boolean(let value) = values[key]?.value { value } else { nil }
    }

    package func scalar(_ key: String) -> Value? {
        written(key)?.value.value
    }

    /// The value under a key as it was written.
    package func written(_ key: String) -> Located<WrittenValue>? {
        guard let entry = values[key], case .scalar(let written) = entry.value else { return nil }
        return Located(written, at: entry.place)
    }

    /// Names with a value each, in the order of the file.
    package func writtenMap(
        _ key: String
    ) -> [(key: Located<String>, value: Located<WrittenValue>)]? {
        map(key)?.compactMap { entry in
            guard case .scalar(let written) = entry.value.value else { return nil }
            return (entry.key, Located(written, at: entry.value.place))
        }
    }

    /// True where the file states the key, and what stands there could be read.
    package func states(_ key: String) -> Bool { values[key] != nil }

    /// True where something stands under the key, whether or not it could be read.
    package func names(_ key: String) -> Bool { states(key) || unread.contains(key) }

    package func object(_ key: String) -> FieldValues? {
        if case .object(let values) = values[key]?.value { values } else { nil }
    }

    package func list(_ key: String) -> [Located<FieldValue>]? {
        if case .list(let elements) = values[key]?.value { elements } else { nil }
    }

    package func map(_ key: String) -> [(key: Located<String>, value: Located<FieldValue>)]? {
        if case .map(let entries) = values[key]?.value { entries } else { nil }
    }

    package func texts(_ key: String) -> [Located<String>]? {
        list(key)?.compactMap { element in
            if case .text(let text) = element.value {
                Located(text, at: element.place)
            } else {
                nil
            }
        }
    }

    package func scalars(_ key: String) -> [Value]? {
        writtenList(key)?.map(\.value.value)
    }

    /// The values of a list as they were written.
    package func writtenList(_ key: String) -> [Located<WrittenValue>]? {
        list(key)?.compactMap { element in
            guard case .scalar(let written) = element.value else { return nil }
            return Located(written, at: element.place)
        }
    }

    package func objects(_ key: String) -> [FieldValues]? {
        list(key)?.compactMap { if case .object(let values) = $0.value { values } else { nil } }
    }

    /// Names with a text each, in the order of the file.
    package func textMap(_ key: String) -> [(key: Located<String>, value: Located<String>)]? {
        map(key)?.compactMap { entry in
            guard case .text(let text) = entry.value.value else { return nil }
            return (entry.key, Located(text, at: entry.value.place))
        }
    }

    /// Names with a map each, in the order of the file.
    package func objectMap(_ key: String) -> [(key: Located<String>, value: FieldValues)]? {
        map(key)?.compactMap { entry in
            guard case .object(let values) = entry.value.value else { return nil }
            return (entry.key, values)
        }
    }

    package func variants(_ key: String) -> [(name: Located<String>, values: FieldValues)]? {
        list(key)?.compactMap { element in
            guard case .variant(let name, let values) = element.value else { return nil }
            return (name, values)
        }
    }

    /// A day written like 2024-12-31; nil with a diagnostic where the text is none.
    package func day(
        _ key: String, _ diagnostics: inout [Diagnostic]
    ) -> Located<CalendarDate>? {
        guard let text = located(key) else { return nil }
        if let day = CalendarDate(text.value) { return Located(day, at: text.place) }
        diagnostics.append(
            Diagnostic(
                "invalid_date", at: text.place, "'\(text.value)' is not a day",
                hint: "write year, month and day, like 2024-12-31"))
        return nil
    }

    /// Everything, where a variant's fields are a map of names.
    package static let entriesKey = "entries"
}

extension FieldValues {
    /// The same text for the same keys and values, wherever they stand and however they are laid out.
    package var canonical: String { canonical(but: []) }

    /// - Parameter keys: left out.
    package func canonical(but keys: Set<String>) -> String {
        JSON.object(
            values.filter { !keys.contains($0.key) }.sorted { $0.key < $1.key }
                .map { .init(name: $0.key, value: $0.value.value.json) }
        ).text()
    }
}

extension FieldValue {
    fileprivate var json: JSON {
        switch self {
        case .text(let text): .string(text)
        case .integer(let value): JSON(value)
        case .number(let value): JSON(value)
        case .boolean(let value): .bool(value)
        case .scalar(let scalar): .array([scalar.value.json, .string("\(scalar.value)")])
        case .list(let items): .array(items.map(\.value.json))
        case .map(let entries):
            .array(entries.map { .array([.string($0.key.value), $0.value.value.json]) })
        case .object(let values): .string(values.canonical)
        case .variant(let name, let values):
            .array([.string(name.value), .string(values.canonical)])
        }
    }
}
