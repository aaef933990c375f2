import Columns
import Engine
import Kernels
import Preparation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#endif

/// Chooses a few columns by which customers are alike, and says why not the others.
struct FeatureFinder {
    let engine: any Engine
    let table: StarterTable

    /// What was chosen, and the reasons against the other columns, by name.
    struct Choice: Sendable {
        var features: [StarterFeature] = []
        var leftOut: [(column: String, reason: String)] = []
        /// Columns by which the groups are compared, and that therefore don't form them: what formed
        /// groups differs between them even in noise.
        var heldBack: [(column: String, reason: String)] = []
    }

    private static let most = 7
    /// Beyond these, pairs would take longer than they tell.
    private static let mostCandidates = 40
    private static let nearlySame = 0.9
    /// Kinds in the order in which they are looked at, and how many of each are taken.
    private static let quotas: [(role: ColumnRole, most: Int)] = [
        (.money, 5), (.count, 2), (.rate, 1), (.duration, 1), (.score, 1), (.number, 2),
    ]

    func choose() async throws(AuroraError) -> Choice {
        var choice = Choice()
        var candidates: [StarterColumn] = []
        for column in table.columns {
            if let reason = objection(column) {
                choice.leftOut.append((column.name, reason))
            } else {
                candidates.append(column)
            }
        }
        let held = heldBack(among: candidates)
        let first = try await choose(candidates, holding: held, choice)
        // Without two features there is nothing to compare.
        guard first.features.count < 2, !held.isEmpty else { return first }
        return try await choose(candidates, holding: [], choice)
    }

    private func choose(
        _ all: [StarterColumn], holding held: [(column: String, reason: String)], _ begun: Choice
    ) async throws(AuroraError) -> Choice {
        var choice = begun
        choice.heldBack = held
        let heldNames = Set(held.map(\.column))
        var candidates = Self.quotas.flatMap { quota in
            Self.ordered(all.filter { $0.role == quota.role && !heldNames.contains($0.name) })
        }
        for column in candidates.dropFirst(Self.mostCandidates) {
            choice.leftOut.append(
                (column.name, "\(Self.mostCandidates) other columns were looked at before it"))
        }
        candidates = Array(candidates.prefix(Self.mostCandidates))
        let looked = candidates + all.filter { heldNames.contains($0.name) }
        var values = try await values(of: looked)
        var logged: Set<String> = []
        for (index, column) in looked.enumerated() {
            guard let logs = Self.logged(values[index], column) else { continue }
            values[index] = logs
            logged.insert(column.name)
        }
        let twins = take(
            candidates, beside: Array(looked.dropFirst(candidates.count)), values,
            logged, &choice)
        addGroups(to: &choice)
        compare(by: twins, &choice)
        return choice
    }

    /// Columns of one role, those that tell most of a customer first.
    private static func ordered(_ columns: [StarterColumn]) -> [StarterColumn] {
        func rank(_ column: StarterColumn) -> Int {
            let signs = NameSigns(column.name)
            guard column.role == .money else { return signs.isHousehold ? 1 : 0 }
            return (column.isSummable ? 0 : 10) + signs.moneyRank
        }
        let order = columns.indices.sorted {
            (rank(columns[$0]), $0) < (rank(columns[$1]), $1)
        }
        return order.map { columns[$0] }
    }

    /// Why a column can't be a feature; nil where it can.
    private func objection(_ column: StarterColumn) -> String? {
        guard column.role.isQuantity else {
            return "\(column.role.words): \(column.reason)"
        }
        let missing = Double(column.inspected.missing) / Double(max(1, table.rows))
        if missing > 0.4 { return "\(Words.percent(missing)) of its values are missing" }
        if let quartiles = column.quartiles, quartiles[1] == quartiles[3] {
            return "the middle half of its values is the same (\(column.inspected.quartiles[2]))"
        }
        return nil
    }

    // MARK: Numbers

    /// The columns' values in the stored order, NaN where missing, on the scale of the features.
    private func values(of columns: [StarterColumn]) async throws(AuroraError) -> [[Double]] {
        guard !columns.isEmpty else { return [] }
        let dialect = engine.dialect
        let items = columns.map {
            "CAST(\(dialect.quoted($0.name)) AS \(dialect.typeName(.double)))"
        }
        let batch = try await engine.query(
            "SELECT \(items.joined(separator: ", ")) FROM \(dialect.quoted(table.values)) "
                + "ORDER BY \(dialect.rowPosition)")
        return batch.columns.map { $0.doubles() ?? [] }
    }

    /// The values' logarithms, where these are less askew than the values: a few zeros among
    /// thousands would lie far out on that scale.
    private static func logged(_ values: [Double], _ column: StarterColumn) -> [Double]? {
        guard [.money, .count, .number].contains(column.role), column.isSkewed else { return nil }
        let logs = values.map { log1p($0) }
        return abs(skewness(logs)) < abs(skewness(values)) ? logs : nil
    }

    private static func skewness(_ values: [Double]) -> Double {
        let present = values.filter(\.isFinite)
        guard let first = present.first else { return 0 }
        let rows = Double(present.count)
        let mean = first + present.reduce(0) { $0 + ($1 - first) } / rows
        let (squares, cubes) = present.reduce((0.0, 0.0)) { sums, value in
            let distance = value - mean
            return (sums.0 + distance * distance, sums.1 + distance * distance * distance)
        }
        let deviation = (squares / rows).squareRoot()
        return deviation > 0 ? cubes / rows / (deviation * deviation * deviation) : 0
    }

    /// - Parameters:
    ///   - held: the columns that are held back, whose values follow those of the candidates.
    /// - Returns: the columns that are nearly the same as a feature.
    private func take(
        _ candidates: [StarterColumn], beside held: [StarterColumn], _ values: [[Double]],
        _ logged: Set<String>, _ choice: inout Choice
    ) -> Set<String> {
        var twins: Set<String> = []
        var taken: [(index: Int, column: StarterColumn)] = []
        var waiting: [(index: Int, column: StarterColumn)] = []
        var counts: [ColumnRole: Int] = [:]
        let quotas = Dictionary(uniqueKeysWithValues: Self.quotas.map { ($0.role, $0.most) })
        let kept = held.enumerated().map { (index: candidates.count + $0, column: $1) }
        func twin(
            _ index: Int, among others: [(index: Int, column: StarterColumn)]
        ) -> (name: String, r: String)? {
            for other in others {
                let r = Self.correlation(values[index], values[other.index])
                if let r, abs(r) > Self.nearlySame {
                    return (other.column.name, Words.decimal(r))
                }
            }
            return nil
        }
        func add(_ index: Int, _ column: StarterColumn) {
            if let twin = twin(index, among: kept) {
                choice.heldBack.append(
                    (column.name, "nearly the same as \(twin.name) (r = \(twin.r))"))
            } else if let twin = twin(index, among: taken) {
                twins.insert(column.name)
                choice.leftOut.append(
                    (
                        column.name,
                        "nearly the same as \(twin.name) (r = \(twin.r)), which "
                            + "would count it double"
                    ))
            } else {
                taken.append((index, column))
                counts[column.role, default: 0] += 1
            }
        }
        for (index, column) in candidates.enumerated() {
            let isFull = counts[column.role, default: 0] >= quotas[column.role, default: 1]
            if isFull || taken.count >= Self.most {
                waiting.append((index, column))
            } else {
                add(index, column)
            }
        }
        for (index, column) in waiting {
            if taken.count < 4 {
                add(index, column)
            } else {
                choice.leftOut.append(
                    (
                        column.name,
                        "enough others of its kind (\(column.role.words)); add it where it matters"
                    ))
            }
        }
        choice.features = taken.map {
            feature($0.column, isLogged: logged.contains($0.column.name))
        }
        return twins
    }

    /// Over the rows that have both values.
    private static func correlation(_ a: [Double], _ b: [Double]) -> Double? {
        if a.allSatisfy(\.isFinite), b.allSatisfy(\.isFinite) { return Correlation.pearson(a, b) }
        let both = a.indices.filter { a[$0].isFinite && b[$0].isFinite }
        return Correlation.pearson(both.map { a[$0] }, both.map { b[$0] })
    }

    private func feature(_ column: StarterColumn, isLogged: Bool) -> StarterFeature {
        var reason = "\(column.role.words): \(column.reason)"
        if isLogged { reason += "; log1p because of its long tail" }
        return StarterFeature(
            source: column.name, form: .column, name: column.name, role: column.role,
            isLogged: isLogged, missing: column.inspected.missing, reason: reason)
    }

    // MARK: Bands and flags

    /// Where there are few numbers, lengths of time, ordered bands and pairs of values have to help.
    private func addGroups(to choice: inout Choice) {
        var names = Set(table.columns.map { $0.name.lowercased() } + [table.key.name.lowercased()])
        func add(
            _ column: StarterColumn, _ form: StarterFeature.Form, _ ending: String,
            missing: Int, _ reason: String
        ) {
            choice.leftOut.removeAll { $0.column == column.name }
            choice.features.append(
                StarterFeature(
                    source: column.name, form: form,
                    name: Words.free(Words.slug(column.name) + ending, &names), role: column.role,
                    isLogged: false, missing: missing, reason: reason))
        }
        func isUsable(_ column: StarterColumn) -> Bool {
            choice.features.count < 3 && !NameSigns(column.name).isNoBehaviour
                && column.inspected.missing * 5 < table.rows * 2
        }
        for derived in table.derived
        where choice.features.count < 3 && derived.missing * 5 < table.rows * 2 {
            choice.features.append(
                StarterFeature(
                    source: derived.source, form: .derived, name: derived.name, role: .duration,
                    isLogged: false, missing: derived.missing, reason: derived.reason))
        }
        for column in table.columns where column.role == .bands && isUsable(column) {
            let known = column.inspected.levels.filter { column.order.contains($0.text) }
                .reduce(0) { $0 + $1.count }
            add(
                column, .rank(order: column.order), "_rank", missing: table.rows - known,
                "the place of the band in its order; \(column.reason)")
        }
        for column in table.columns where isUsable(column) {
            let levels = column.inspected.levels
            let isRare = levels.contains { $0.count * 20 < table.rows }
            guard column.role == .category || column.role == .flag, column.inspected.distinct == 2,
                levels.count == 2, !isRare, column.inspected.missing == 0
            else { continue }
            if column.role == .category {
                let (yes, no) = (levels[0].text, levels[1].text)
                add(
                    column, .flag(yes: yes, no: no), "_flag", missing: 0,
                    "1 for '\(yes)', 0 for '\(no)': there are few numbers")
            } else {
                choice.leftOut.removeAll { $0.column == column.name }
                choice.features.append(feature(column, isLogged: false))
            }
        }
    }
}
