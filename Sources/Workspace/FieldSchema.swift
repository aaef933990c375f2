package import Columns

extension FileKind {
    /// The JSON Schema (2020-12) of this kind of file, for editors that complete and check.
    ///
    /// It accepts every file that Aurora reads without an `unknown_key`, `missing_key`, `wrong_type`
    /// or `unknown_choice`, as YAML is usually written: whole numbers without quotes. It knows nothing
    /// of names: whether a column exists, only `aurora check` tells.
    package var schema: JSON {
        var members: [JSON.Member] = [
            .init(name: "$schema", value: "https://json-schema.org/draft/2020-12/schema"),
            .init(name: "title", value: .string(type)),
            .init(name: "description", value: .string(summary)),
        ]
        members += FieldType.members(of: fields)
        if !alternatives.isEmpty {
            let choices = alternatives.map { JSON.object(["required": [.string($0)]]) }
            members.append(.init(name: "oneOf", value: .array(choices)))
        }
        return .object(members)
    }

    /// What the kind is called without its version, as in the name of its schema's file.
    package var stem: String { String(type.prefix { $0 != "/" }) }
}

extension FieldType {
    /// What JSON Schema says of a value of this type.
    var schema: JSON { .object(schemaMembers) }

    private var schemaMembers: [JSON.Member] {
        switch self {
        case .text: Self.anyText
        // A format is a remark; what an expression may hold, no schema can say.
        case .expression: Self.anyText + [.init(name: "format", value: "expression")]
        case .integer(let range):
            [
                .init(name: "type", value: "integer"),
                .init(name: "minimum", value: JSON(range.lowerBound)),
            ]
                + (range.upperBound == .max
                    ? [] : [.init(name: "maximum", value: JSON(range.upperBound))])
        case .number: [.init(name: "type", value: "number")]
        case .boolean: [.init(name: "type", value: "boolean")]
        case .scalar: [.init(name: "type", value: ["string", "number", "boolean", "null"])]
        case .choice(let options):
            [.init(name: "enum", value: .array(options.map { .string($0) }))]
        case .list(let element):
            [.init(name: "type", value: "array"), .init(name: "items", value: element.schema)]
        case .names: Self.any([.text, .list(.text)])
        case .namePairs: Self.any([.text, .list(.text), .map(.text)])
        case .map(let element):
            [
                .init(name: "type", value: "object"),
                .init(name: "additionalProperties", value: element.schema),
            ]
        case .object(let fields): Self.members(of: fields)
        case .shorthand(let key, let fields):
            [
                .init(
                    name: "anyOf",
                    value: [
                        .object(Self.anyText + [.init(name: "title", value: .string(key))]),
                        .object(Self.members(of: fields)),
                    ])
            ]
        case .variant(let variants): Self.members(of: variants)
        }
    }

    /// YAML reads 2024 and true as a number and a boolean; where a text is expected they are one.
    private static let anyText = [
        JSON.Member(name: "type", value: ["string", "number", "boolean"])
    ]

    private static func any(_ types: [FieldType]) -> [JSON.Member] {
        [.init(name: "anyOf", value: .array(types.map(\.schema)))]
    }

    /// A map of these keys and no other.
    fileprivate static func members(of fields: [Field]) -> [JSON.Member] {
        let required = fields.filter(\.isRequired).map { JSON.string($0.name) }
        let properties = fields.map { field in
            JSON.Member(name: field.name, value: described(field.type.schemaMembers, field.summary))
        }
        return [
            .init(name: "type", value: "object"),
            .init(name: "properties", value: .object(properties)),
        ] + (required.isEmpty ? [] : [.init(name: "required", value: .array(required))])
            + [.init(name: "additionalProperties", value: false)]
    }

    /// A map with exactly one of these keys.
    private static func members(of variants: [Variant]) -> [JSON.Member] {
        let properties = variants.map { variant in
            let members =
                switch variant.fields {
                case .fields(let fields): members(of: fields)
                case .map(let element): FieldType.map(element).schemaMembers
                }
            return JSON.Member(name: variant.name, value: described(members, variant.summary))
        }
        return [
            .init(name: "type", value: "object"), .init(name: "minProperties", value: 1),
            .init(name: "maxProperties", value: 1),
            .init(name: "properties", value: .object(properties)),
            .init(name: "additionalProperties", value: false),
        ]
    }

    private static func described(_ members: [JSON.Member], _ summary: String) -> JSON {
        .object([.init(name: "description", value: .string(summary))] + members)
    }
}
