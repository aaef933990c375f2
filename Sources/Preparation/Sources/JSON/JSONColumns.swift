/// The columns that the objects of a file make.
///
/// A key is a column. Where its values are objects in every row that has one, their keys are columns
/// instead, one level deep ("address.city"); all that is deeper, and lists, stay JSON.
struct JSONColumns {
    /// What is known of a key of the records.
    private struct Key {
        var name: String
        var hasObjects = false
        var hasOthers = false
        var children: [String] = []
        var known: Set<String> = []
        var hasLists = false
        /// Keys of the objects that hold lists or objects themselves.
        var nested: Set<String> = []

        /// Where there are more different keys than this they are data rather than names.
        static let mostChildren = 100

        var hasNested: Bool { hasObjects || hasLists }

        var isFlattened: Bool {
            hasObjects && !hasOthers && !children.isEmpty && children.count <= Self.mostChildren
        }
    }

    private var keys: [Key] = []
    private var indices: [String: Int] = [:]
    private var rowKeys: Set<String> = []
    /// The keys of the last record as they stand in the file; most records have the same.
    private var last: [(bytes: [UInt8], index: Int)] = []

    /// A value and the column that it belongs to.
    struct Cell {
        var key: Int
        var child: String?
        var value: JSONScanner.Token
    }

    static let twice = "two keys of one object have the same name"

    /// Takes in the keys of a record.
    ///
    /// - Returns: why the record can't be a row, nil where it can.
    mutating func learn(
        _ members: [JSONRecords.Member], _ bytes: UnsafeBufferPointer<UInt8>
    ) -> String? {
        let text = JSONText(bytes: bytes)
        var inner: [Int: [(name: String, isNested: Bool)]] = [:]
        for (index, member) in members.enumerated() where member.value.kind == .object {
            let children = Self.children(of: member.value, bytes).map {
                (name: text.of($0.key) ?? "", isNested: $0.value.isNested)
            }
            guard Set(children.map(\.name)).count == children.count else { return Self.twice }
            inner[index] = children
        }
        if !isLike(members, bytes) {
            let names = members.map { text.of($0.key) ?? "" }
            guard Set(names).count == names.count else { return Self.twice }
            last = zip(members, names).map { member, name in
                let index = indices[name] ?? keys.count
                if index == keys.count {
                    keys.append(Key(name: name))
                    indices[name] = index
                }
                return (Array(bytes[member.key.range]), index)
            }
        }
        for (index, member) in members.enumerated() {
            let key = last[index].index
            switch member.value.kind {
            case .missing: break
            case .object:
                keys[key].hasObjects = true
                for child in inner[index] ?? []
                where keys[key].children.count <= Key.mostChildren {
                    if keys[key].known.insert(child.name).inserted {
                        keys[key].children.append(child.name)
                    }
                    if child.isNested { keys[key].nested.insert(child.name) }
                }
            case .list:
                keys[key].hasOthers = true
                keys[key].hasLists = true
            case .text, .number, .literal: keys[key].hasOthers = true
            }
        }
        return nil
    }

    /// Takes in the key of a row where the rows are the members of one object.
    ///
    /// - Returns: why the member can't be a row, nil where it can.
    mutating func learnKey(
        _ member: JSONRecords.Member, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> String? {
        let name = JSONText(bytes: bytes).of(member.key) ?? ""
        return rowKeys.insert(name).inserted ? nil : Self.twice
    }

    /// The values of the record that was taken in last, by their columns.
    func cells(
        _ members: [JSONRecords.Member], _ bytes: UnsafeBufferPointer<UInt8>
    ) -> [Cell] {
        let text = JSONText(bytes: bytes)
        return zip(last, members).flatMap { known, member -> [Cell] in
            guard keys[known.index].isFlattened else {
                return [Cell(key: known.index, child: nil, value: member.value)]
            }
            guard member.value.kind == .object else { return [] }
            return Self.children(of: member.value, bytes).map {
                Cell(key: known.index, child: text.of($0.key) ?? "", value: $0.value)
            }
        }
    }

    /// The columns' names, each with the key and the inner key that it stands for.
    var all: [(name: String, key: Int, child: String?)] {
        keys.enumerated().flatMap { index, key -> [(name: String, key: Int, child: String?)] in
            key.isFlattened
                ? key.children.map { (key.name + "." + $0, index, $0) } : [(key.name, index, nil)]
        }
    }

    var count: Int { keys.count }

    /// Columns that hold lists or objects in JSON.
    var nested: [String] {
        keys.flatMap { key -> [String] in
            guard key.isFlattened else { return key.hasNested ? [key.name] : [] }
            return key.children.filter(key.nested.contains).map { key.name + "." + $0 }
        }
    }

    /// Keys whose objects became columns.
    var flattened: [String] { keys.filter(\.isFlattened).map(\.name) }

    private func isLike(
        _ members: [JSONRecords.Member], _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        members.count == last.count
            && zip(members, last).allSatisfy { member, known in
                member.key.range.count == known.bytes.count
                    && bytes[member.key.range].elementsEqual(known.bytes)
            }
    }

    private static func children(
        of object: JSONScanner.Token, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> [JSONRecords.Member] {
        var scanner = JSONScanner(
            bytes, from: object.range.lowerBound, to: object.range.upperBound)
        var members: [JSONRecords.Member] = []
        try? scanner.members { members.append(.init(key: $0, value: $1)) }
        return members
    }
}
