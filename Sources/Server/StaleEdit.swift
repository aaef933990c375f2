import Columns
import HTTPTypes
import Reporting
import Workspace

/// Changes that come too late: the file is not what their author has seen. Says what stands there now,
/// what they would have made of what they saw, and how the same would be done now.
struct StaleEdit {
    private let changes: [PageChange]
    private let seen: String?
    private let now: String
    private let path: String

    init(_ changes: [PageChange], seen: String?, _ now: String, _ path: String) {
        self.changes = changes
        self.seen = seen
        self.now = now
        self.path = path
    }

    var problem: Problem {
        var problem = Problem(
            .conflict, "stale", "\(path) has changed since you opened it",
            detail: "Keep what stands there now, or apply your change to it.")
        problem.members = [
            .init(
                name: "theirs",
                value: .object([
                    "hash": .string(RecentTexts.hash(now)), "text": .string(theirs),
                ])),
            .init(name: "mine", value: JSON(mine)), .init(name: "seen", value: JSON(before)),
            .init(name: "again", value: again.map { .array($0) } ?? .null),
        ]
        return problem
    }

    /// One item of a list where all changes are about it, else the whole file.
    private var item: (list: PageChange.List, index: Int)? {
        guard changes.count == 1, let change = changes.first, change.action == .set,
            let list = change.list, let index = change.index
        else { return nil }
        return (list, index)
    }

    private func part(_ text: String, _ index: Int?) -> String? {
        guard let item, let index,
            let items = try? TextPatch.items(of: item.list.rawValue, in: text, file: path),
            items.indices.contains(index)
        else { return nil }
        return items[index]
    }

    private var theirs: String { part(now, place(item?.index)) ?? now }

    private var before: String? { seen.map { part($0, item?.index) ?? $0 } }

    private var mine: String? {
        guard var text = seen else { return nil }
        for change in changes {
            guard let patched = try? change.patch(text, file: path) else { return nil }
            text = patched
        }
        return part(text, item?.index) ?? text
    }

    /// Where an item that was seen stands now: with the same text, or in the same place with its kind
    /// and title.
    private func place(_ index: Int?, in list: PageChange.List? = nil) -> Int? {
        guard let index, let list = (list ?? item?.list)?.rawValue, let seen,
            let before = try? TextPatch.items(of: list, in: seen, file: path),
            let after = try? TextPatch.items(of: list, in: now, file: path),
            before.indices.contains(index)
        else { return nil }
        let same = after.indices.filter { after[$0] == before[index] }
        if let nearest = same.min(by: { abs($0 - index) < abs($1 - index) }) { return nearest }
        // What else is unchanged keeps its place around it.
        guard before.count == after.count else { return nil }
        return index
    }

    /// The changes as they apply to the file as it stands; nil where what they are about is gone.
    private var again: [JSON]? {
        guard !changes.isEmpty else { return nil }
        var places: [JSON] = []
        for change in changes {
            guard let list = change.list else {
                places.append(.null)
                continue
            }
            let count = (try? TextPatch.count(of: [.key(list.rawValue)], in: now, file: path)) ?? 0
            if change.action == .add {
                places.append(JSON(min(change.index ?? count, count)))
            } else {
                guard let place = place(change.index, in: list) else { return nil }
                places.append(JSON(place))
            }
        }
        return places
    }
}
