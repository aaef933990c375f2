import Columns
import Learning
import Query

/// The tables of a ``MigrationReport``, with small cells hidden.
///
/// Where customers of one table are a part of another's, both are hidden as one table of one
/// dimension more, so that the difference of the two gives nobody away.
struct MigrationTables {
    let stayed: Int?
    let redrawn: Int?
    let moved: Int?
    let borderline: Int?
    let real: MigrationReport.Matrix
    let certain: MigrationReport.Matrix
    let refit: MigrationReport.Matrix
    let seen: MigrationReport.Matrix

    init(
        _ migration: SegmentMigration, _ ids: [Int], through gate: Gate, for reader: Reader
    ) throws(AuroraError) {
        let labels = migration.labels
        let outcomes = migration.movement.outcomes
        let new = labels.new ?? labels.frozen
        // By segment and outcome; whoever isn't there any more has none.
        var real = CountedCells()
        var certain = CountedCells()
        var held = CountedCells()
        var refit = CountedCells()
        var seen = CountedCells()
        var kinds = CountedCells()
        var kindsAndModels = CountedCells()
        for row in outcomes.indices {
            let (old, frozen) = (Value.segment(labels.old[row]), Value.segment(labels.frozen[row]))
            let kind = Cell.kind(outcomes[row])
            real.add([old, frozen])
            certain.add([old, frozen, kind])
            held.add([old, .boolean(outcomes[row] == .moved)])
            refit.add([frozen, .segment(new[row])])
            seen.add([old, .segment(new[row])])
            kinds.add([kind])
            kindsAndModels.add([kind, .boolean(new[row] != labels.frozen[row])])
        }
        for segment in migration.gone {
            let old = Value.segment(segment)
            real.add([old, .missing])
            seen.add([old, .missing])
            certain.add([old, .missing, .missing])
            held.add([old, .missing])
        }
        for segment in migration.joined {
            refit.add([.missing, .segment(segment)])
            seen.add([.missing, .segment(segment)])
        }
        let groups = ids.map { Value.integer(Int64($0)) }
        let shownReal = try real.shown(through: gate, to: reader)
        let shownCertain = try certain.shown(through: gate, to: reader)
        let shownHeld = try held.shown(through: gate, to: reader)
        let shownRefit = try refit.shown(through: gate, to: reader)
        let shownSeen = try seen.shown(through: gate, to: reader)
        let shownKinds = try kinds.shown(through: gate, to: reader)
        let shownModels = try kindsAndModels.shown(through: gate, to: reader)
        stayed = shownModels[[Cell.stayed, .boolean(false)]]
        redrawn = shownModels[[Cell.stayed, .boolean(true)]]
        moved = shownKinds[[Cell.moved]]
        borderline = shownKinds[[Cell.borderline]]
        self.real = .init(
            cells: shownReal.matrix(groups), gone: shownReal.column(of: groups))
        self.certain = .init(
            cells: groups.map { from in
                groups.map { to in
                    from == to
                        ? shownHeld[[from, .boolean(false)]]
                        : shownCertain[[from, to, Cell.moved]]
                }
            })
        self.refit = .init(
            cells: shownRefit.matrix(groups), joined: shownRefit.row(of: groups))
        self.seen = .init(
            cells: shownSeen.matrix(groups), joined: shownSeen.row(of: groups),
            gone: shownSeen.column(of: groups))
    }
}

private enum Cell {
    static let stayed = Value.text("stayed")
    static let moved = Value.text("moved")
    static let borderline = Value.text("borderline")

    /// What the earlier model says; whether the later one redraws is another question.
    static func kind(_ outcome: Movement.Outcome) -> Value {
        switch outcome {
        case .stayed, .redrawn: stayed
        case .moved: moved
        case .borderline: borderline
        }
    }
}

extension Value {
    static func segment(_ id: Int32) -> Value { .integer(Int64(id)) }
}

/// Customers counted by what tells them apart.
struct CountedCells {
    private var counts: [[Value]: Int] = [:]

    var keys: [[Value]] { Array(counts.keys) }

    mutating func add(_ key: [Value]) { counts[key, default: 0] += 1 }

    /// The same by some of what tells them apart.
    func by(_ places: [Int]) -> CountedCells {
        var result = CountedCells()
        for (key, count) in counts { result.counts[places.map { key[$0] }, default: 0] += count }
        return result
    }

    func shown(through gate: Gate, to reader: Reader) throws(AuroraError) -> ShownCells {
        let keys = counts.keys.sorted {
            $0.map(\.description).lexicographicallyPrecedes($1.map(\.description))
        }
        let shown = try gate.shown(keys.map { counts[$0] ?? 0 }, of: keys, to: reader)
        var cells: [[Value]: Int?] = [:]
        for (key, count) in zip(keys, shown) { cells[key] = .some(count) }
        return ShownCells(cells: cells, empty: gate.hidesSmallCells ? nil : 0)
    }
}

/// The counts that a reader may see.
struct ShownCells {
    let cells: [[Value]: Int?]
    /// What stands where nobody is.
    let empty: Int?

    subscript(key: [Value]) -> Int? { cells[key] ?? empty }

    func matrix(_ groups: [Value]) -> [[Int?]] {
        groups.map { from in groups.map { self[[from, $0]] } }
    }

    func row(of groups: [Value]) -> [Int?] { groups.map { self[[.missing, $0]] } }
    func column(of groups: [Value]) -> [Int?] { groups.map { self[[$0, .missing]] } }
}
