import Columns
import Yams

/// Reads YAML nodes by tables of fields and collects what is wrong with them.
struct FieldReader {
    let file: String
    private(set) var diagnostics: [Diagnostic] = []

    init(file: String) { self.file = file }

    mutating func object(_ node: Node, _ fields: [Field], called name: String) -> FieldValues? {
        guard let mapping = node.mapping else {
            report("wrong_type", node, "\(name) is \(kind(of: node)), but a map is expected")
            return nil
        }
        var values: [String: Located<FieldValue>] = [:]
        var unread: Set<String> = []
        var isComplete = true
        for (keyNode, valueNode) in mapping {
            let key = keyNode.scalar?.string ?? "?"
            guard let field = fields.first(where: { $0.name == key }) else {
                report(
                    "unknown_key", keyNode, "'\(key)' is not a key of \(name)",
                    hint: NearestName.hint(for: key, among: fields.map(\.name)))
                continue
            }
            if let value = value(valueNode, field.type, called: "'\(key)'") {
                values[key] = Located(value, at: textPlace(valueNode))
            } else {
                unread.insert(key)
                isComplete = isComplete && !field.isRequired
            }
        }
        for field in fields where field.isRequired {
            guard !mapping.contains(where: { $0.key.scalar?.string == field.name }) else {
                continue
            }
            isComplete = false
            report(
                "missing_key", node, "\(name) lacks the key '\(field.name)'",
                hint: "\(field.name): \(field.summary) (\(field.type.description))")
        }
        return isComplete ? FieldValues(place: place(node), values: values, unread: unread) : nil
    }

    // MARK: Values

    private mutating func value(
        _ node: Node, _ type: FieldType, called name: String
    ) -> FieldValue? {
        switch type {
        case .list(let element): return list(node, element, called: name)
        case .map(let element): return map(node, element, called: name).map { .map($0) }
        case .names: return names(node, called: name)
        case .namePairs: return namePairs(node, called: name)
        case .object(let fields): return object(node, fields, called: name).map { .object($0) }
        case .variant(let variants): return variant(node, variants, called: name)
        case .shorthand(let key, let fields):
            guard let scalar = node.scalar, !isNull(node) else {
                return object(node, fields, called: name).map { .object($0) }
            }
            let text = Located(FieldValue.text(scalar.string), at: textPlace(node))
            return .object(FieldValues(place: place(node), values: [key: text]))
        default: break
        }
        guard let scalar = node.scalar, !(isNull(node) && !type.allowsNull) else {
            return mismatch(node, type, called: name)
        }
        let text = scalar.string
        switch type {
        case .text, .expression: return .text(text)
        case .integer(let range):
            if let value = Int(text), range.contains(value) { return .integer(value) }
        case .number:
            if let value = Double(text), value.isFinite { return .number(value) }
        case .boolean:
            if let value = Bool.construct(from: scalar) { return .boolean(value) }
        case .scalar: return .scalar(WrittenValue(value: plainValue(node, scalar), text: text))
        case .choice(let options):
            if options.contains(text) { return .text(text) }
            report(
                "unknown_choice", node, "\(name) is '\(text)', but \(type.description) is expected",
                hint: NearestName.of(text, among: options).map { "did you mean '\($0)'?" })
            return nil
        case .list, .names, .map, .namePairs, .object, .shorthand, .variant: break
        }
        return mismatch(node, type, called: name)
    }

    private mutating func list(
        _ node: Node, _ element: FieldType, called name: String
    ) -> FieldValue? {
        guard let sequence = node.sequence else {
            return mismatch(node, .list(element), called: name)
        }
        var items: [Located<FieldValue>] = []
        for (index, item) in sequence.enumerated() {
            if let value = value(item, element, called: "item \(index + 1) of \(name)") {
                items.append(Located(value, at: textPlace(item)))
            }
        }
        return .list(items)
    }

    /// A single name is a list of one.
    private mutating func names(_ node: Node, called name: String) -> FieldValue? {
        guard let scalar = node.scalar, !isNull(node) else {
            return node.sequence == nil
                ? mismatch(node, .names, called: name) : list(node, .text, called: name)
        }
        return .list([Located(.text(scalar.string), at: textPlace(node))])
    }

    private mutating func namePairs(_ node: Node, called name: String) -> FieldValue? {
        if node.mapping != nil { return map(node, .text, called: name).map { .map($0) } }
        guard case .list(let items)? = names(node, called: name) else { return nil }
        return .map(
            items.compactMap { item in
                guard case .text(let text) = item.value else { return nil }
                return (Located(text, at: item.place), item)
            })
    }

    private mutating func map(
        _ node: Node, _ element: FieldType, called name: String
    ) -> [(key: Located<String>, value: Located<FieldValue>)]? {
        guard let mapping = node.mapping else {
            _ = mismatch(node, .map(element), called: name)
            return nil
        }
        var entries: [(key: Located<String>, value: Located<FieldValue>)] = []
        var names: Set<String> = []
        for (keyNode, valueNode) in mapping {
            guard let key = keyNode.scalar?.string else {
                _ = mismatch(keyNode, .text, called: "a name in \(name)")
                continue
            }
            // For YAML 1 and '1' are two keys.
            guard names.insert(key).inserted else {
                report(
                    "duplicate_key", keyNode, "two keys of \(name) have the same name: \(key)")
                continue
            }
            if let value = value(valueNode, element, called: "'\(key)'") {
                entries.append(
                    (Located(key, at: textPlace(keyNode)), Located(value, at: textPlace(valueNode)))
                )
            }
        }
        return entries
    }

    private mutating func variant(
        _ node: Node, _ variants: [FieldType.Variant], called name: String
    ) -> FieldValue? {
        guard let mapping = node.mapping, mapping.count == 1, let entry = mapping.first,
            let key = entry.key.scalar?.string
        else { return mismatch(node, .variant(variants), called: name) }
        guard let variant = variants.first(where: { $0.name == key }) else {
            report(
                "unknown_kind", entry.key, "'\(key)' is not known here",
                hint: NearestName.hint(for: key, among: variants.map(\.name)))
            return nil
        }
        let keyName = Located(key, at: place(entry.key))
        switch variant.fields {
        case .fields(let fields):
            return object(entry.value, fields, called: "'\(key)'")
                .map { .variant(name: keyName, $0) }
        case .map(let element):
            return map(entry.value, element, called: "'\(key)'").map { entries in
                let place = place(entry.value)
                let values = [FieldValues.entriesKey: Located(FieldValue.map(entries), at: place)]
                return .variant(name: keyName, FieldValues(place: place, values: values))
            }
        }
    }

    /// Numbers keep their digits: 0.10 is the decimal 0.10, not a rounded double.
    private func plainValue(_ node: Node, _ scalar: Node.Scalar) -> Value {
        if isNull(node) { return .missing }
        let text = scalar.string
        guard scalar.style == .plain else { return .text(text) }
        if let value = Bool.construct(from: scalar) { return .boolean(value) }
        if let value = Int64(text) { return .integer(value) }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 2, let unscaled = Int128(parts[0] + parts[1]), !parts[1].isEmpty,
            parts[1].allSatisfy(\.isNumber)
        {
            return .decimal(FixedDecimal(unscaled: unscaled, scale: parts[1].count))
        }
        if let value = Double(text), value.isFinite { return .double(value) }
        return .text(text)
    }

    // MARK: Reports

    mutating func report(_ code: String, _ node: Node, _ message: String, hint: String? = nil) {
        diagnostics.append(Diagnostic(code, at: place(node), message, hint: hint))
    }

    func place(_ node: Node) -> Diagnostic.Place {
        Diagnostic.Place(file: file, line: node.mark?.line, column: node.mark?.column)
    }

    /// Where a node's text begins, behind its quotation mark if it has one.
    private func textPlace(_ node: Node) -> Diagnostic.Place {
        var place = place(node)
        if let style = node.scalar?.style, style == .singleQuoted || style == .doubleQuoted {
            place.column? += 1
        }
        return place
    }

    private mutating func mismatch(
        _ node: Node, _ type: FieldType, called name: String
    ) -> FieldValue? {
        report(
            "wrong_type", node,
            "\(name) is \(kind(of: node)), but \(type.description) is expected")
        return nil
    }

    private func isNull(_ node: Node) -> Bool { node.tag == Tag(.null) }

    private func kind(of node: Node) -> String {
        switch node {
        case .scalar(let scalar): isNull(node) ? "empty" : "'\(scalar.string)'"
        case .mapping: "a map"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }
}

extension FieldType {
    fileprivate var allowsNull: Bool { if case .scalar = self { true } else { false } }
}
