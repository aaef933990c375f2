import Columns
import Engine
import Kernels
import Synchronization

/// The finite values of a numeric column from the smallest up.
///
/// They are held in memory unless there are very many of them, or they have more digits than a
/// key; then the engine sorts them into a table of its own, so that one of any size can be looked at.
struct SortedNumbers: Sendable {
    /// Rows whose values are held in memory: 16 bytes each while they are sorted, then 8.
    private static let mostHeld = 12_000_000

    private enum Store {
        case held([UInt64], HeldNumber)
        /// SQL of the different values, each with its rows.
        case counted(String, any Engine)
    }

    private let store: Store
    /// Different values, NaN and infinities included.
    let distinct: Int
    /// Rows with a finite value.
    let rows: Int
    let notFinite: Int
    let zeros: Int
    let negatives: Int
    let sum: ExactSum

    /// - Parameters:
    ///   - column: quoted.
    ///   - relation: SQL that stands behind FROM.
    ///   - present: how many rows have a value.
    init(
        _ column: String, of relation: String, present: Int, _ engine: any Engine
    ) async throws(AuroraError) {
        let held =
            present <= Self.mostHeld ? try await HeldNumbers(column, of: relation, engine) : nil
        var scan = Scan()
        if let held {
            store = .held(held.keys, held.number)
            scan.notFinite = held.notFinite
            scan.distinct = held.notFiniteKinds
            held.forEachDistinct { key, count in scan.add(held.number, key, count) }
        } else {
            let sorted = engine.dialect.quoted(":sorted")
            try await engine.execute(
                """
                CREATE OR REPLACE TEMP TABLE \(sorted) AS
                SELECT \(column) AS number, count(*) AS rows FROM \(relation)
                WHERE \(column) IS NOT NULL GROUP BY 1 ORDER BY 1
                """)
            let sql = "SELECT * FROM \(sorted) ORDER BY \(engine.dialect.rowPosition)"
            store = .counted(sql, engine)
            let box = Mutex(scan)
            try await engine.stream(sql) { batch throws(AuroraError) in
                box.withLock { $0.add(batch) }
            }
            scan = box.withLock { $0 }
        }
        distinct = scan.distinct
        rows = scan.rows
        notFinite = scan.notFinite
        zeros = scan.zeros
        negatives = scan.negatives
        sum = scan.sum
    }

    private struct Scan {
        var distinct = 0
        var rows = 0
        var notFinite = 0
        var zeros = 0
        var negatives = 0
        var sum = ExactSum()

        mutating func add(_ batch: Batch) {
            distinct += batch.rowCount
            SortedNumbers.forEach(in: batch) { index, value, count in
                guard value.isFinite else {
                    notFinite += count
                    return
                }
                add(value, count)
                sum.add(batch.columns[0], at: index, value, times: count)
            }
        }

        mutating func add(_ number: HeldNumber, _ key: UInt64, _ count: Int) {
            distinct += 1
            let value = number.value(key)
            add(value, count)
            switch number {
            case .double: sum.add(value, times: count)
            case .decimal(let scale):
                sum.add(Int128(RadixSort.integer(key)), scale: scale, value, times: count)
            }
        }

        private mutating func add(_ value: Double, _ count: Int) {
            rows += count
            if value == 0 { zeros += count }
            if value < 0 { negatives += count }
        }
    }

    private static func forEach(in batch: Batch, _ body: (Int, Double, Int) -> Void) {
        guard let values = batch.columns.first?.doubles(),
            case .integers(let counts) = batch.columns.last?.values
        else { return }
        for index in values.indices { body(index, values[index], Int(counts[index])) }
    }

    /// Hands every finite value with its rows to `body`, from the smallest up.
    private static func reduce<Result: Sendable>(
        _ sql: String, _ engine: any Engine, into initial: Result,
        _ body: @escaping @Sendable (inout Result, Double, Int) -> Void
    ) async throws(AuroraError) -> Result {
        let box = Mutex(initial)
        try await engine.stream(sql) { batch throws(AuroraError) in
            box.withLock { result in
                forEach(in: batch) { _, value, rows in
                    if value.isFinite { body(&result, value, rows) }
                }
            }
        }
        return box.withLock { $0 }
    }

    /// - Parameter shares: 0…1, rising.
    /// - Returns: the quantiles, empty where there are no rows.
    func quantiles(_ shares: [Double]) async throws(AuroraError) -> [Double] {
        guard rows > 0 else { return [] }
        let places = shares.map { $0 * Double(rows - 1) }
        let wanted = Set(places.flatMap { [Int($0), min(Int($0) + 1, rows - 1)] }).sorted()
        let values = Dictionary(uniqueKeysWithValues: zip(wanted, try await values(at: wanted)))
        return places.map { place in
            let (lower, upper) = (Int(place), min(Int(place) + 1, rows - 1))
            guard let low = values[lower], let high = values[upper] else { return .nan }
            return low == high ? low : low + (high - low) * (place - Double(lower))
        }
    }

    /// - Parameter places: rising, from 0.
    private func values(at places: [Int]) async throws(AuroraError) -> [Double] {
        switch store {
        case .held(let keys, let number): return places.map { number.value(keys[$0]) }
        case .counted(let sql, let engine):
            let start = (before: 0, found: [Double]())
            return try await Self.reduce(sql, engine, into: start) { state, value, count in
                state.before += count
                while state.found.count < places.count, places[state.found.count] < state.before {
                    state.found.append(value)
                }
            }.found
        }
    }

    /// Edges that cut the values into intervals.
    struct Cut: Sendable {
        var edges: [Double]
        /// Whether an interval holds its upper edge; else it holds its lower one.
        var closedAbove: Bool

        /// True where a value lies behind an edge.
        func isBehind(_ value: Double, _ edge: Int) -> Bool {
            closedAbove ? value > edges[edge] : value >= edges[edge]
        }
    }

    /// Rows in each interval of each cut: before the first edge, …, behind the last.
    func counts(of cuts: [Cut]) async throws(AuroraError) -> [[Int]] {
        switch store {
        case .held(let keys, let number):
            return cuts.map { cut in
                let starts = cut.edges.indices.map { edge in
                    keys.firstPlace { cut.isBehind(number.value($0), edge) }
                }
                return zip(starts + [keys.count], [0] + starts).map { $0 - $1 }
            }
        case .counted(let sql, let engine):
            let start = cuts.map {
                (place: 0, counts: [Int](repeating: 0, count: $0.edges.count + 1))
            }
            return try await Self.reduce(sql, engine, into: start) { state, value, count in
                for (index, cut) in cuts.enumerated() {
                    var place = state[index].place
                    while place < cut.edges.count, cut.isBehind(value, place) { place += 1 }
                    state[index].place = place
                    state[index].counts[place] += count
                }
            }.map(\.counts)
        }
    }
}

/// What the key of a value that is held in memory stands for.
private enum HeldNumber: Sendable {
    case double
    case decimal(scale: Int)

    func value(_ key: UInt64) -> Double {
        switch self {
        case .double: RadixSort.double(key)
        case .decimal(let scale):
            FixedDecimal(unscaled: Int128(RadixSort.integer(key)), scale: scale).doubleValue
        }
    }
}

/// A column's finite values as sorted keys.
private struct HeldNumbers: Sendable {
    private(set) var keys: [UInt64] = []
    private(set) var number = HeldNumber.double
    private(set) var notFinite = 0
    /// How many of NaN, ∞ and -∞ there are.
    var notFiniteKinds: Int { kinds.count }

    private var kinds: Set<String> = []
    private var fits = true

    /// Nil where some value has more digits than a key.
    init?(
        _ column: String, of relation: String, _ engine: any Engine
    ) async throws(AuroraError) {
        let box = Mutex(self)
        try await engine.stream("SELECT \(column) FROM \(relation) WHERE \(column) IS NOT NULL") {
            batch throws(AuroraError) in box.withLock { $0.add(batch.columns[0]) }
        }
        self = box.withLock { numbers in
            defer { numbers.keys = [] }
            return numbers
        }
        guard fits else { return nil }
        RadixSort.sort(&keys)
    }

    private mutating func add(_ column: Column) {
        switch column.values {
        case .integers(let values):
            number = .decimal(scale: 0)
            keys += values.lazy.map { RadixSort.key($0) }
        case .hugeIntegers(let values): add(values, scale: 0)
        case .decimals(let values):
            guard case .decimal(_, let scale) = column.type else { return fits = false }
            add(values, scale: scale)
        default:
            for value in column.doubles() ?? [] {
                if value.isFinite {
                    keys.append(RadixSort.key(value))
                } else {
                    notFinite += 1
                    kinds.insert(value.description)
                }
            }
        }
    }

    private mutating func add(_ values: [Int128], scale: Int) {
        number = .decimal(scale: scale)
        for value in values {
            guard let small = Int64(exactly: value) else { return fits = false }
            keys.append(RadixSort.key(small))
        }
    }

    func forEachDistinct(_ body: (UInt64, Int) -> Void) {
        var start = 0
        while start < keys.count {
            var end = start + 1
            while end < keys.count, keys[end] == keys[start] { end += 1 }
            body(keys[start], end - start)
            start = end
        }
    }
}

extension [UInt64] {
    /// The first place from which on a condition holds; the count where it never does.
    fileprivate func firstPlace(where isBehind: (UInt64) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// The sum of a column's values: exact for exact numbers, else compensated (Neumaier 1974).
struct ExactSum: Sendable {
    /// Unscaled; nil for floating-point numbers, and once it would not fit.
    private var whole: Int128? = 0
    private var scale = 0
    private var total = 0.0
    private var correction = 0.0

    /// Values come from the smallest up, so that the result depends on nothing else.
    mutating func add(_ column: Column, at index: Int, _ value: Double, times count: Int) {
        switch column.values {
        case .integers(let values): add(Int128(values[index]), scale: 0, value, times: count)
        case .hugeIntegers(let values): add(values[index], scale: 0, value, times: count)
        case .decimals(let values):
            guard case .decimal(_, let scale) = column.type else { return }
            add(values[index], scale: scale, value, times: count)
        default: add(value, times: count)
        }
    }

    /// - Parameter value: the nearest one to the exact one.
    mutating func add(_ exact: Int128, scale: Int, _ value: Double, times count: Int) {
        self.scale = scale
        add(exact, count)
        addNearest(value, count)
    }

    mutating func add(_ value: Double, times count: Int) {
        whole = nil
        addNearest(value, count)
    }

    private mutating func addNearest(_ value: Double, _ count: Int) {
        let product = value * Double(count)
        let sum = total + product
        correction += abs(total) >= abs(product) ? (total - sum) + product : (product - sum) + total
        total = sum
    }

    private mutating func add(_ value: Int128, _ count: Int) {
        guard let sum = whole else { return }
        let (product, isTooLarge) = value.multipliedReportingOverflow(by: Int128(count))
        let (next, isOverflow) = sum.addingReportingOverflow(product)
        whole = isTooLarge || isOverflow ? nil : next
    }

    func mean(of rows: Int) -> Double? {
        guard rows > 0 else { return nil }
        let sum =
            whole.map { FixedDecimal(unscaled: $0, scale: scale).doubleValue } ?? total + correction
        return sum.isFinite ? sum / Double(rows) : nil
    }
}
