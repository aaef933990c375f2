package import Columns
import Yams

extension TextPatch {
    /// The keys of a map, in their order; none where there is no map.
    package static func keys(
        of map: [Step], in text: String, file: String
    ) throws(AuroraError) -> [String] {
        try root(of: text, file).at(map[...])?.mapping?.compactMap { $0.key.scalar?.string } ?? []
    }

    /// How many items a list has; 0 where there is none.
    package static func count(
        of list: [Step], in text: String, file: String
    ) throws(AuroraError) -> Int {
        try root(of: text, file).at(list[...])?.sequence?.count ?? 0
    }

    /// A value as JSON; null where there is none.
    package static func json(
        at path: [Step], in text: String, file: String
    ) throws(AuroraError) -> JSON {
        try root(of: text, file).at(path[...])?.json ?? .null
    }
}

extension Node {
    fileprivate var json: JSON {
        switch self {
        case .scalar(let scalar):
            if tag == Tag(.null) { return .null }
            guard scalar.style == .plain else { return .string(scalar.string) }
            if let value = Bool.construct(from: scalar) { return .bool(value) }
            if let value = Int(scalar.string) { return JSON(value) }
            if tag == Tag(.float), let value = Double(scalar.string) { return JSON(value) }
            return .string(scalar.string)
        case .sequence(let items): return .array(items.map(\.json))
        case .mapping(let pairs):
            return .object(
                pairs.map { .init(name: $0.key.scalar?.string ?? "", value: $0.value.json) })
        case .alias: return .null
        }
    }
}
