import Columns
import Learning
import Query
import Segmentation

/// A segmentation's profile without what a reader may not learn of few customers or of a column that
/// nobody gets.
///
/// Cells go through the gate as counts of a query do: few customers are hidden, with as many others
/// as it takes that no total gives them away. A quartile is a customer's own value, so it is told
/// only where enough customers lie on either side of it.
struct GuardedProfile {
    /// Customers on either side of a quartile for readers who may not see single ones.
    private static let beyondQuartiles = 5

    /// A number in one segment, or in all. Nil figures are not told, or there are none.
    struct Numbers {
        var count: Int?
        var mean: Double?
        var lowerQuartile: Double?
        var median: Double?
        var upperQuartile: Double?
        var lift: Double?
        var effect: Double?
    }

    struct Level {
        var name: String
        var all: Int?
        /// In the order of the segments.
        var segments: [Int?]
    }

    struct Column {
        var name: String
        var kind: SegmentProfile.Column.Kind
        var isForming: Bool
        var isBoolean: Bool
        var missing: Int?
        /// η² of a number, Cramér's V of a category.
        var strength: Double?
        var all: Numbers?
        /// In the order of the segments; empty for a category.
        var segments: [Numbers?] = []
        var levels: [Level] = []
        var otherLevels = 0
    }

    let guarded: GuardedSegments
    let rows: Int
    let columns: [Column]
    let omitted: [SegmentProfile.Omission]
    /// Columns of which nothing is told.
    let hiddenColumns: Int

    init(
        _ profile: SegmentProfile, _ guarded: GuardedSegments, _ run: PublishedRun,
        for reader: Reader
    ) throws(AuroraError) {
        self.guarded = guarded
        rows = profile.rows
        let model = guarded.result.model
        let schema = run.gate.catalogue.tables[model]?.schema
        let cells = Cells(profile, guarded, run.gate, reader)
        var columns: [Column] = []
        var hiddenColumns = profile.withheld.count
        for column in profile.columns {
            guard !run.isHidden(column.name, of: model) else {
                hiddenColumns += 1
                continue
            }
            var shown = Column(
                name: column.name, kind: column.kind, isForming: column.isForming,
                isBoolean: schema?[column.name]?.type == .boolean,
                missing: run.gate.hidesFew(column.missing, of: rows) ? nil : column.missing)
            if let numbers = column.numbers { try cells.show(numbers, in: &shown) }
            if let levels = column.levels { try cells.show(levels, in: &shown) }
            columns.append(shown)
        }
        self.columns = columns
        self.hiddenColumns = hiddenColumns
        omitted = profile.omitted.filter { !run.isHidden($0.column, of: model) }
    }

    private struct Cells {
        let profile: SegmentProfile
        let guarded: GuardedSegments
        let gate: Gate
        let reader: Reader
        /// What a query names the segments by.
        let names: [Value]

        init(
            _ profile: SegmentProfile, _ guarded: GuardedSegments, _ gate: Gate, _ reader: Reader
        ) {
            self.profile = profile
            self.guarded = guarded
            self.gate = gate
            self.reader = reader
            let known = Dictionary(
                guarded.result.segments.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
            names = profile.segments.map { .text(known[$0.id] ?? "Segment \($0.id)") }
        }

        private var fewestBeyond: Int {
            max(
                guarded.smallest, reader.may(.customers) ? 1 : GuardedProfile.beyondQuartiles)
        }

        func show(_ numbers: NumberSummary, in column: inout Column) throws(AuroraError) {
            let present = numbers.groups.map(\.count)
            let absent = zip(profile.segments, present).map { $0.size - $1 }
            let shown = try gate.shown(
                present + absent,
                of: names.map { [$0, .boolean(true)] } + names.map { [$0, .boolean(false)] },
                to: reader)
            column.segments = numbers.groups.indices.map { place in
                guard !guarded.hidden.contains(place), shown[place] != nil else { return nil }
                let isWhole = absent[place] == 0 || shown[names.count + place] != nil
                return self.numbers(numbers.groups[place], tellsCount: isWhole)
            }
            guard !gate.hidesFew(numbers.all.count, of: profile.rows) else { return }
            column.all = self.numbers(numbers.all, tellsCount: column.missing != nil)
            column.strength = numbers.etaSquared
        }

        private func numbers(_ part: NumberSummary.Part, tellsCount: Bool) -> Numbers {
            let tellsMedian = fewestBeyond <= 1 || part.count / 2 >= fewestBeyond
            let tellsQuartiles = fewestBeyond <= 1 || part.count / 4 >= fewestBeyond
            return Numbers(
                count: tellsCount ? part.count : nil, mean: part.mean,
                lowerQuartile: tellsQuartiles ? part.lowerQuartile : nil,
                median: tellsMedian ? part.median : nil,
                upperQuartile: tellsQuartiles ? part.upperQuartile : nil, lift: part.lift,
                effect: part.effect)
        }

        func show(_ levels: SegmentProfile.Levels, in column: inout Column) throws(AuroraError) {
            // Each level, all others together, and the customers without one.
            let labels = levels.names.map { Value.text($0) } + [.boolean(true), .missing]
            var keys: [[Value]] = []
            var counts: [Int] = []
            for (place, own) in levels.counts.enumerated() {
                let rest = levels.others.counts[place]
                let missing = profile.segments[place].size - own.reduce(rest, +)
                counts += own + [rest, missing]
                keys += labels.map { [names[place], $0] }
            }
            let shown = try gate.shown(counts, of: keys, to: reader)
            let totals = labels.indices.map { label in
                names.indices.reduce(0) { $0 + counts[$1 * labels.count + label] }
            }
            let shownTotals = try gate.shown(totals, of: labels.map { [$0] }, to: reader)
            column.levels = levels.names.indices.compactMap { level in
                // A name that too few share is not told itself.
                guard let all = shownTotals[level] else { return nil }
                return Level(
                    name: levels.names[level], all: all,
                    segments: names.indices.map { place in
                        guarded.hidden.contains(place)
                            ? nil : shown[place * labels.count + level]
                    })
            }
            column.otherLevels =
                levels.others.levels + levels.names.count - column.levels.count
            column.strength = levels.cramersV
        }
    }
}
