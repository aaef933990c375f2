package import Columns
package import Engine
package import Kernels
import Learning
import Synchronization

/// Measures every column of a model in each of its segments.
///
/// Nothing depends on the order of rows. Of numbers one column at a time is held in memory, 8 bytes a
/// row and some multiples of that while it is sorted.
package struct SegmentProfiler: Sendable {
    /// Levels of which each is told.
    private static let mostLevels = 50
    /// A level that this many rows share tells nobody's own.
    private static let common = 5

    private let engine: any Engine
    private let work: Work

    package init(_ engine: any Engine, work: Work) {
        self.engine = engine
        self.work = work
    }

    private var dialect: any Dialect { engine.dialect }

    /// - Parameters:
    ///   - result: the segmentation.
    ///   - table: its model with the segments' column in the engine.
    ///   - columns: those to look at, in their order.
    ///   - withheld: names of columns of which nothing is told.
    /// - Throws: the engine's own error, and what the work throws.
    package func profile(
        _ result: SegmentationResult, of table: String, columns: [Schema.Field],
        withheld: Set<String>
    ) async throws(AuroraError) -> SegmentProfile {
        var profile = SegmentProfile(
            rows: result.rows, segments: result.segments.map { .init(id: $0.id, size: $0.size) },
            columns: [], omitted: [], withheld: [])
        let forming = Set(result.formedBy)
        for (place, field) in columns.enumerated() {
            try work.report(Double(place) / Double(columns.count), field.name)
            guard !withheld.contains(field.name) else {
                profile.withheld.append(field.name)
                continue
            }
            let source = Source(
                column: dialect.quoted(field.name),
                segment: dialect.quoted(SegmentTable.segmentColumn(result.name)),
                table: dialect.quoted(table), ids: result.segments.map(\.id))
            let answer = try await measure(field, source)
            guard var column = answer.column else {
                profile.omitted.append(.init(column: field.name, reason: answer.reason))
                continue
            }
            column.isForming = forming.contains(field.name)
            profile.columns.append(column)
        }
        return profile
    }

    private struct Source: Sendable {
        /// Quoted, as the other two.
        var column: String
        var segment: String
        var table: String
        var ids: [Int]

        /// Each segment's place by its number, which counts up from 1.
        var places: [Int32] {
            var places = [Int32](repeating: Noise.label, count: (ids.max() ?? 0) + 1)
            for (place, id) in ids.enumerated() where id >= 0 { places[id] = Int32(place) }
            return places
        }
    }

    private func measure(
        _ field: Schema.Field, _ source: Source
    ) async throws(AuroraError) -> (column: SegmentProfile.Column?, reason: String) {
        let column = SegmentProfile.Column(
            name: field.name, kind: .number, isForming: false, missing: 0)
        switch field.type {
        case .text, .boolean: return try await levels(column, field.type, source)
        case .time: return (nil, "it is a time of day")
        default: return try await numbers(column, field.type, source)
        }
    }

    // MARK: Numbers

    private func numbers(
        _ column: SegmentProfile.Column, _ type: ColumnType, _ source: Source
    ) async throws(AuroraError) -> (column: SegmentProfile.Column?, reason: String) {
        let box = Mutex((values: [Double](), labels: [Int32]()))
        let places = source.places
        try await engine.stream(
            "SELECT \(source.column), \(source.segment) FROM \(source.table)"
        ) { batch throws(AuroraError) in
            guard case .integers(let ids) = batch.columns[1].values else { return }
            let values = batch.columns[0].magnitudes
            box.withLock { held in
                held.values += values
                held.labels += ids.map { places.label(of: $0) }
            }
        }
        let held = box.withLock { held in
            defer { held = ([], []) }
            return held
        }
        let summary = try await Blocking.run { [work] isCancelled throws(AuroraError) in
            if isCancelled() { throw .interrupted }
            return try NumberSummary(
                held.values, labels: held.labels, groups: source.ids.count,
                work: Work(threads: work.threads))
        }
        return Self.numbers(column, type, summary, rows: held.values.count)
    }

    static func numbers(
        _ column: SegmentProfile.Column, _ type: ColumnType, _ summary: NumberSummary, rows: Int
    ) -> (column: SegmentProfile.Column?, reason: String) {
        guard summary.all.count > 0 else { return (nil, "it has no values") }
        var column = column
        column.kind = type.isTemporal ? .date : .number
        column.missing = rows - summary.all.count
        column.numbers = summary
        // A day is no amount.
        if column.kind == .date { column.numbers?.dropRatios() }
        return (column, "")
    }

    // MARK: Categories

    private func levels(
        _ column: SegmentProfile.Column, _ type: ColumnType, _ source: Source
    ) async throws(AuroraError) -> (column: SegmentProfile.Column?, reason: String) {
        let text = "CAST(\(source.column) AS \(dialect.typeName(.text)))"
        let known = try await frequentLevels(of: source.column, in: source.table)
        guard let names = known.names else { return (nil, known.reason) }
        let listed = names.map { dialect.literal($0) }.joined(separator: ", ")
        let cells = try await engine.query(
            """
            SELECT CASE WHEN \(text) IN (\(listed)) THEN \(text) END, \(source.segment), count(*)
            FROM \(source.table) WHERE \(source.column) IS NOT NULL GROUP BY 1, 2
            """)
        let segments = source.ids.count
        var levels = SegmentProfile.Levels(
            names, besides: known.distinct - names.count, segments: segments)
        // By their bytes: texts that only look alike are one for Swift, but two for the engine.
        let byName = Dictionary(
            names.enumerated().map { (Array($1.utf8), $0) }, uniquingKeysWith: { first, _ in first }
        )
        let places = source.places
        for row in 0..<cells.rowCount {
            let segment = places.label(of: Int64(cells.columns[1][row].integerValue ?? 0))
            guard segment >= 0 else { continue }
            let count = cells.columns[2][row].integerValue ?? 0
            if let name = cells.columns[0][row].textValue, let level = byName[Array(name.utf8)] {
                levels.counts[Int(segment)][level] = count
            } else {
                levels.others.counts[Int(segment)] += count
            }
        }
        return (Self.category(column, levels, missing: known.missing), "")
    }

    static func category(
        _ column: SegmentProfile.Column, _ levels: SegmentProfile.Levels, missing: Int
    ) -> SegmentProfile.Column {
        var column = column
        column.kind = .category
        column.missing = missing
        column.levels = levels
        column.levels?.cramersV = cramersV(levels)
        return column
    }

    struct FrequentLevels {
        /// Nil where none is shared by enough rows, for which there is a reason.
        var names: [String]?
        var reason = ""
        var distinct = 0
        var missing = 0
    }

    /// The levels of a category that are told, most frequent first.
    func frequentLevels(
        of column: String, in table: String
    ) async throws(AuroraError) -> FrequentLevels {
        let text = "CAST(\(column) AS \(dialect.typeName(.text)))"
        let frequent = try await engine.query(
            """
            SELECT level, customers, count(*) OVER (),
                CAST(sum(customers) OVER () AS \(dialect.typeName(.integer))),
                (SELECT count(*) FROM \(table))
            FROM (SELECT \(text) AS level, count(*) AS customers FROM \(table)
                WHERE \(column) IS NOT NULL GROUP BY 1)
            ORDER BY customers DESC, level LIMIT \(Self.mostLevels)
            """)
        guard frequent.rowCount > 0 else { return .init(reason: "it has no values") }
        let levels = (0..<frequent.rowCount).map { frequent.row($0) }
        let names = levels.filter { $0[1].integerValue ?? 0 >= Self.common }.map {
            $0[0].textValue ?? ""
        }
        guard !names.isEmpty else {
            return .init(reason: "no value is shared by \(Self.common) customers")
        }
        let total = levels[0].map { $0.integerValue ?? 0 }
        return .init(names: names, distinct: total[2], missing: total[4] - total[3])
    }

    private static func cramersV(_ levels: SegmentProfile.Levels) -> Double? {
        let rows = zip(levels.counts, levels.others.counts).map { counts, rest in
            levels.others.levels > 0 ? counts + [rest] : counts
        }
        let used = rows.filter { $0.contains { $0 > 0 } }
        guard used.count > 1, let width = used.first?.count, width > 1 else { return nil }
        return ContingencyTable(used).chiSquaredTest(replicates: 0).cramersV
    }
}

extension [Int32] {
    /// The place under a segment's number, and `Noise.label` for any other.
    fileprivate func label(of id: Int64) -> Int32 {
        id >= 0 && id < Int64(count) ? self[Int(id)] : Noise.label
    }
}

extension Column {
    private static let microsecondsInADay: Int64 = 86_400_000_000

    /// Numbers as they are, dates and points in time as days since 1970-01-01; NaN where missing.
    var magnitudes: [Double] {
        var days: [Double]
        switch values {
        // The engine's infinite dates are its largest numbers.
        case .days(let values):
            days = values.map { abs(Int64($0)) == Int64(Int32.max) ? .nan : Double($0) }
        case .microseconds(let values):
            days = values.map { value in
                guard value.magnitude < Int64.max.magnitude else { return .nan }
                let (day, rest) = value.quotientAndRemainder(dividingBy: Self.microsecondsInADay)
                return Double(rest < 0 ? day - 1 : day)
            }
        default: return doubles() ?? [Double](repeating: .nan, count: count)
        }
        if let present { for row in days.indices where !present[row] { days[row] = .nan } }
        return days
    }
}
