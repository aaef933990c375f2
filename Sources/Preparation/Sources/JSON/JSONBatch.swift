import Columns
import Foundation

/// Records on their way into tables of texts.
struct JSONBatch {
    private var columns: JSONColumns
    private let names: [String]
    private let isMap: Bool
    /// Where a key's values go, or those of the keys within it.
    private var places: [Place: Int] = [:]
    private var texts: [[String]]
    private var present: [[Bool]]
    private var rows = 0
    private var broken: [(row: Int, reason: String, text: String)] = []
    /// Records so far, from 1, the broken ones among them.
    private var position = 0

    private struct Place: Hashable {
        var key: Int
        var child: String?
    }

    /// What is kept of a broken row's text, in bytes: one broken line may be a whole file.
    private static let longestText = 1 << 20

    init(_ survey: JSONReading.Survey, map: [String]?) {
        isMap = map != nil
        names = survey.names
        columns = isMap ? JSONColumns() : survey.columns
        for (index, column) in survey.columns.all.enumerated() where !isMap {
            places[Place(key: column.key, child: column.child)] = index
        }
        texts = names.map { _ in [] }
        present = names.map { _ in [] }
    }

    mutating func add(
        _ record: JSONRecords.Record, _ range: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>
    ) {
        position += 1
        let text = JSONText(bytes: bytes)
        switch record {
        case .broken(let reason): setAside(reason, range, bytes)
        case .members(let members):
            if isMap {
                if let reason = columns.learnKey(members[0], bytes) {
                    return setAside(reason, range, bytes)
                }
                set(0, text.of(members[0].key))
                set(1, text.of(members[0].value))
            } else {
                if let reason = columns.learn(members, bytes) {
                    return setAside(reason, range, bytes)
                }
                for cell in columns.cells(members, bytes) {
                    guard let place = places[Place(key: cell.key, child: cell.child)] else {
                        continue
                    }
                    set(place, text.of(cell.value))
                }
            }
            rows += 1
            for index in names.indices where texts[index].count < rows {
                texts[index].append("")
                present[index].append(false)
            }
        }
    }

    private mutating func set(_ column: Int, _ text: String?) {
        texts[column].append(text ?? "")
        present[column].append(text != nil)
    }

    private mutating func setAside(
        _ reason: String, _ range: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>
    ) {
        let kept = range.prefix(Self.longestText)
        let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[kept]), as: UTF8.self)
        broken.append((position, reason, kept.count < range.count ? text + "…" : text))
    }

    mutating func takeRows() -> Batch? {
        guard rows > 0 else { return nil }
        let batch = Batch(
            names.indices.map {
                Column(
                    name: names[$0], type: .text, values: .texts(texts[$0]), present: present[$0])
            })
        for index in names.indices {
            texts[index].removeAll(keepingCapacity: true)
            present[index].removeAll(keepingCapacity: true)
        }
        rows = 0
        return batch
    }

    mutating func takeBroken() -> Batch? {
        guard !broken.isEmpty else { return nil }
        defer { broken = [] }
        return Batch([
            Column(name: "row", type: .integer, values: .integers(broken.map { Int64($0.row) })),
            Column(name: "reason", type: .text, values: .texts(broken.map(\.reason))),
            Column(name: "text", type: .text, values: .texts(broken.map(\.text))),
        ])
    }
}
