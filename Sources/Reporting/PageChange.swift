package import Columns
package import Workspace

/// One change of a page, as readers make it in the browser: a patch of the page's text.
package struct PageChange: Decodable, Sendable {
    package enum List: String, Decodable, Sendable { case slicers, visuals }

    package enum Action: String, Decodable, Sendable {
        /// A further item, at a place.
        case add
        /// Other values of an item, or another kind.
        case set
        /// Another place of an item.
        case move
        case remove
        /// Other values of the page itself.
        case page
    }

    package var action: Action
    package var list: List?
    /// The item's place before the change; where a new one is to be.
    package var index: Int?
    /// The place afterwards.
    package var to: Int?
    package var kind: String?
    /// Null takes a value away.
    package var values: [String: PatchValue?]?

    /// The page's text with the change.
    ///
    /// - Throws: `unpatchable`, `bad_change`.
    package func patch(_ text: String, file: String) throws(AuroraError) -> String {
        switch action {
        case .page: return try setting(in: [], text, file)
        case .add:
            let (list, index) = try place()
            guard let kind else { throw Self.incomplete("a kind") }
            return try TextPatch.inserting(
                .map([.init(kind, .map(entries(of: kind)))]), at: index, into: list.rawValue,
                before: List.visuals.rawValue, text: text, file: file)
        case .move:
            let (list, index) = try place()
            guard let to else { throw Self.incomplete("a place to move to") }
            return try TextPatch.moving(index, to: to, in: list.rawValue, text: text, file: file)
        case .remove:
            let (list, index) = try place()
            return try TextPatch.removing(index, from: list.rawValue, text: text, file: file)
        case .set:
            let (list, index) = try place()
            let item: [TextPatch.Step] = [.key(list.rawValue), .item(index)]
            guard let old = try TextPatch.keys(of: item, in: text, file: file).first else {
                throw AuroraError("unpatchable", "\(file) has no such item of '\(list.rawValue)'")
            }
            var text = text
            if let kind, kind != old {
                text = try TextPatch.renaming(old, to: kind, in: item, text: text, file: file)
            }
            return try setting(in: item + [.key(kind ?? old)], text, file, of: kind ?? old)
        }
    }

    private func setting(
        in map: [TextPatch.Step], _ text: String, _ file: String, of kind: String? = nil
    ) throws(AuroraError) -> String {
        var text = text
        // New entries first: a map must not be without any meanwhile.
        let values = (values ?? [:]).sorted { Self.rank($0.key, kind) < Self.rank($1.key, kind) }
        for (key, value) in values.filter({ $0.value != nil }) + values.filter({ $0.value == nil })
        {
            text = try TextPatch.setting(key, in: map, to: value, text: text, file: file)
        }
        return text
    }

    private func place() throws(AuroraError) -> (List, Int) {
        guard let list, let index else { throw Self.incomplete("a list and a place in it") }
        return (list, index)
    }

    private static func incomplete(_ what: String) -> AuroraError {
        AuroraError("bad_change", "the change lacks \(what)")
    }

    // MARK: Writing

    /// The values of a new item in the order in which people write them.
    package func entries(of kind: String) -> [PatchValue.Entry] {
        (values ?? [:]).sorted { Self.rank($0.key, kind) < Self.rank($1.key, kind) }
            .compactMap { name, value in value.map { .init(name, $0) } }
    }

    private static func rank(_ key: String, _ kind: String?) -> (Int, String) {
        let fields = ChartKind.all.first { $0.name == kind }?.fields.map(\.name) ?? []
        let order = ["title", "subtitle", "dimension", "label"] + fields + ["width", "height"]
        return (order.firstIndex(of: key) ?? order.count, key)
    }
}
