import Columns
import Engine
import Synchronization

/// The different finite values of a numeric column from the smallest up, each with its rows.
///
/// They are held in memory unless there are very many of them; then each pass asks the engine for
/// them once more, so that a table of any size can be looked at.
struct SortedNumbers: Sendable {
    /// Values that are held in memory: 16 bytes each.
    private static let mostHeld = 4_000_000

    private let engine: any Engine
    private let sql: String
    private let held: [(value: Double, rows: Int)]?
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
    init(
        _ column: String, of relation: String, _ engine: any Engine
    ) async throws(AuroraError) {
        self.engine = engine
        sql =
            "SELECT \(column), count(*) FROM \(relation) WHERE \(column) IS NOT NULL "
            + "GROUP BY 1 ORDER BY 1"
        let box = Mutex(Scan())
        try await engine.stream(sql) { batch throws(AuroraError) in
            box.withLock { $0.add(batch, holding: Self.mostHeld) }
        }
        let scan = box.withLock { $0 }
        held = scan.held
        distinct = scan.distinct
        rows = scan.rows
        notFinite = scan.notFinite
        zeros = scan.zeros
        negatives = scan.negatives
        sum = scan.sum
    }

    private struct Scan {
        var held: [(value: Double, rows: Int)]? = []
        var distinct = 0
        var rows = 0
        var notFinite = 0
        var zeros = 0
        var negatives = 0
        var sum = ExactSum()

        mutating func add(_ batch: Batch, holding most: Int) {
            distinct += batch.rowCount
            SortedNumbers.forEach(in: batch) { index, value, count in
                guard value.isFinite else {
                    notFinite += count
                    return
                }
                rows += count
                if value == 0 { zeros += count }
                if value < 0 { negatives += count }
                sum.add(batch.columns[0], at: index, value, times: count)
                held?.append((value, count))
            }
            if let count = held?.count, count > most { held = nil }
        }
    }

    private static func forEach(in batch: Batch, _ body: (Int, Double, Int) -> Void) {
        guard let values = batch.columns.first?.doubles(),
            case .integers(let counts) = batch.columns.last?.values
        else { return }
        for index in values.indices { body(index, values[index], Int(counts[index])) }
    }

    /// Hands every finite value with its rows to `body`, from the smallest up.
    func reduce<Result: Sendable>(
        into initial: Result, _ body: @escaping @Sendable (inout Result, Double, Int) -> Void
    ) async throws(AuroraError) -> Result {
        var result = initial
        if let held {
            for (value, rows) in held { body(&result, value, rows) }
            return result
        }
        let box = Mutex(initial)
        try await engine.stream(sql) { batch throws(AuroraError) in
            box.withLock { result in
                Self.forEach(in: batch) { _, value, rows in
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
        let start = (before: 0, next: 0, found: [Double]())
        let (_, _, found) = try await reduce(into: start) { state, value, count in
            state.before += count
            while state.next < wanted.count, wanted[state.next] < state.before {
                state.found.append(value)
                state.next += 1
            }
        }
        let values = Dictionary(uniqueKeysWithValues: zip(wanted, found))
        return places.map { place in
            let (lower, upper) = (Int(place), min(Int(place) + 1, rows - 1))
            guard let low = values[lower], let high = values[upper] else { return .nan }
            return low == high ? low : low + (high - low) * (place - Double(lower))
        }
    }

    /// Edges that cut the values into intervals.
    struct Cut: Sendable {
        var edges: [Double]
        /// Whether an interval holds its upper edge; else it holds its lower one.
        var closedAbove: Bool
    }

    /// Rows in each interval of each cut: before the first edge, …, behind the last; in one pass.
    func counts(of cuts: [Cut]) async throws(AuroraError) -> [[Int]] {
        let start = cuts.map { (place: 0, counts: [Int](repeating: 0, count: $0.edges.count + 1)) }
        return try await reduce(into: start) { state, value, count in
            for (index, cut) in cuts.enumerated() {
                var place = state[index].place
                while place < cut.edges.count,
                    cut.closedAbove ? value > cut.edges[place] : value >= cut.edges[place]
                {
                    place += 1
                }
                state[index].place = place
                state[index].counts[place] += count
            }
        }.map(\.counts)
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
        case .integers(let values): add(Int128(values[index]), count)
        case .hugeIntegers(let values): add(values[index], count)
        case .decimals(let values):
            if case .decimal(_, let scale) = column.type { self.scale = scale }
            add(values[index], count)
        default: whole = nil
        }
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
