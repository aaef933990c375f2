import Columns
import Yams

/// Checks YAML by a JSON Schema: the few keywords that Aurora's own schemas use, and a complaint
/// about any other.
struct SchemaCheck {
    private static let remarks: Set = ["$schema", "title", "description", "format"]

    /// What is wrong, as a path and a reason each.
    static func complaints(
        _ node: Node, _ schema: JSON, at path: String = ""
    ) -> [String] {
        guard case .object(let members) = schema else { return ["\(path): no schema"] }
        let known = Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.value) })
        return members.filter { !remarks.contains($0.name) }.flatMap { keyword -> [String] in
            switch keyword.name {
            case "type": type(node, keyword.value, path)
            case "enum":
                keyword.value.elements.contains(.string(node.scalar?.string ?? ""))
                    ? [] : ["\(path): not one of the choices"]
            case "minimum", "maximum": bound(node, keyword.name, keyword.value, path)
            case "items":
                (node.sequence ?? []).enumerated().flatMap {
                    complaints($1, keyword.value, at: "\(path)[\($0)]")
                }
            case "required":
                keyword.value.elements.filter { key in
                    !(node.mapping ?? [:]).contains { .string($0.key.scalar?.string ?? "") == key }
                }.map { "\(path): lacks \($0.text())" }
            case "properties", "additionalProperties":
                keyword.name == "properties" && known["additionalProperties"] != nil
                    ? [] : keys(node, known, path)
            case "minProperties": count(node, keyword.value, path, >=)
            case "maxProperties": count(node, keyword.value, path, <=)
            case "anyOf", "oneOf":
                choice(node, keyword.value, path, exactlyOne: keyword.name == "oneOf")
            default: ["\(path): the schema has an unknown keyword \(keyword.name)"]
            }
        }
    }

    private static func type(_ node: Node, _ expected: JSON, _ path: String) -> [String] {
        let names = expected.elements.isEmpty ? [expected] : expected.elements
        let isNumber = { (text: String) in Double(text) != nil }
        let found: Set<String> =
            switch node {
            case .mapping: ["object"]
            case .sequence: ["array"]
            case .alias: []
            case .scalar(let scalar):
                switch scalar.style {
                case .singleQuoted, .doubleQuoted, .literal, .folded: ["string"]
                default:
                    if node.tag == Tag(.null) {
                        ["null"]
                    } else if ["true", "false"].contains(scalar.string) {
                        ["boolean"]
                    } else if Int(scalar.string) != nil {
                        ["integer", "number"]
                    } else if isNumber(scalar.string) {
                        ["number"]
                    } else {
                        ["string"]
                    }
                }
            }
        let fits = names.contains {
            if case .string(let name) = $0 { found.contains(name) } else { false }
        }
        return fits ? [] : ["\(path): is \(found.sorted()), not \(expected.text())"]
    }

    private static func bound(
        _ node: Node, _ keyword: String, _ limit: JSON, _ path: String
    ) -> [String] {
        guard let value = node.scalar.flatMap({ Int($0.string) }), let limit = Int(limit.text())
        else { return [] }
        let fits = keyword == "minimum" ? value >= limit : value <= limit
        return fits ? [] : ["\(path): \(value) is beyond the \(keyword) \(limit)"]
    }

    private static func keys(_ node: Node, _ schema: [String: JSON], _ path: String) -> [String] {
        let known = Dictionary(
            uniqueKeysWithValues: (schema["properties"]?.members ?? []).map { ($0.name, $0.value) })
        return (node.mapping ?? [:]).flatMap { key, value -> [String] in
            let name = key.scalar?.string ?? "?"
            let inner = "\(path).\(name)"
            if let property = known[name] { return complaints(value, property, at: inner) }
            switch schema["additionalProperties"] {
            case .bool(false): return ["\(inner): unknown"]
            case .some(let other): return complaints(value, other, at: inner)
            case nil: return []
            }
        }
    }

    private static func count(
        _ node: Node, _ limit: JSON, _ path: String, _ holds: (Int, Int) -> Bool
    ) -> [String] {
        guard let found = node.mapping?.count, let limit = Int(limit.text()) else { return [] }
        return holds(found, limit) ? [] : ["\(path): has \(found) keys, not \(limit)"]
    }

    private static func choice(
        _ node: Node, _ schemas: JSON, _ path: String, exactlyOne: Bool
    ) -> [String] {
        let found = schemas.elements.map { complaints(node, $0, at: path) }
        let fitting = found.count { $0.isEmpty }
        if exactlyOne { return fitting == 1 ? [] : ["\(path): fits \(fitting) of oneOf"] }
        return fitting > 0
            ? [] : ["\(path): fits none of: \(found.joined().joined(separator: "; "))"]
    }
}

extension JSON {
    fileprivate var members: [Member] {
        if case .object(let members) = self { members } else { [] }
    }
}
