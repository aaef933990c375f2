/// How a table has changed since the run before.
package struct TableDrift: Codable, Sendable, Equatable {
    package typealias Finding = TableProfile.Finding

    package struct Column: Codable, Sendable, Equatable {
        package var name: String
        /// Of a number over the deciles of the run before, of a text over its most frequent levels,
        /// of a truth value over its two; nil where there are no such bins.
        package var stability: PopulationStability?
        /// Shares of the rows.
        package var missingBefore: Double
        package var missingNow: Double
    }

    /// The id of the run before.
    package var since: String
    package var rowsBefore: Int
    package var rowsNow: Int
    package var added: [String]
    package var removed: [String]
    package var retyped: [String]
    /// Those that both runs have with the same type.
    package var columns: [Column]
    package var findings: [Finding]

    package var words: [String] {
        findings.isEmpty ? ["nothing has changed to speak of"] : findings.map(\.words)
    }

    /// - Parameter recounted: by column, the rows of now in the bins of the run before.
    init(
        from before: TableProfile, of run: String, to now: TableProfile, recounted: [String: [Int]?]
    ) {
        since = run
        rowsBefore = before.rows
        rowsNow = now.rows
        added = now.columns.map(\.name).filter { before[column: $0] == nil }
        removed = before.columns.map(\.name).filter { now[column: $0] == nil }
        retyped = []
        columns = []
        findings = []
        for column in now.columns {
            guard let old = before[column: column.name] else { continue }
            if old.type != column.type {
                retyped.append(column.name)
                findings.append(
                    Finding(
                        "column_retyped", .look, column.name,
                        "\(column.name) was \(old.type) and is \(column.type) now", share: 1))
                continue
            }
            let bins = Self.bins(of: old)
            columns.append(
                Column(
                    name: column.name,
                    stability: bins.flatMap { bins in
                        (recounted[column.name] ?? nil).flatMap {
                            PopulationStability(expected: bins, actual: $0)
                        }
                    }, missingBefore: Self.share(old.missing, of: before.rows),
                    missingNow: Self.share(column.missing, of: now.rows)))
        }
        findings += tableFindings() + columns.flatMap { Self.findings(about: $0) }
        let sorted = findings.indices.sorted {
            (findings[$0].severity, -findings[$0].share, $0)
                < (findings[$1].severity, -findings[$1].share, $1)
        }
        findings = sorted.map { [findings] in findings[$0] }
    }

    private static func share(_ count: Int, of rows: Int) -> Double {
        rows > 0 ? Double(count) / Double(rows) : 0
    }

    /// The rows of the run before in its bins, in the order in which they are counted again.
    private static func bins(of column: TableProfile.Column) -> [Int]? {
        if let deciles = column.numbers?.deciles { return deciles.counts }
        if let booleans = column.booleans { return [booleans.yes, booleans.no] }
        guard let texts = column.texts, !texts.levels.isEmpty else { return nil }
        return texts.levels.map(\.rows) + [texts.rare.rows + texts.others.rows]
    }

    private func tableFindings() -> [Finding] {
        var findings: [Finding] = []
        if abs(rowsNow - rowsBefore) * 10 > rowsBefore {
            findings.append(
                Finding(
                    "rows_changed", .look, nil, "\(rowsNow) rows, but \(rowsBefore) the run before",
                    share: 1))
        }
        findings += removed.map {
            Finding("column_gone", .serious, $0, "\($0) was there the run before", share: 1)
        }
        findings += added.map {
            Finding("column_new", .note, $0, "\($0) is new", share: 1)
        }
        return findings
    }

    private static func findings(about column: Column) -> [Finding] {
        var findings: [Finding] = []
        if let stability = column.stability, stability.size != .stable {
            let isLarge = stability.size == .large
            let empty =
                stability.emptyBins == 0
                ? "" : "; \(stability.emptyBins) of \(stability.bins) bins are empty on one side"
            findings.append(
                Finding(
                    "distribution_shifted", isLarge ? .serious : .look, column.name,
                    "\(column.name) is distributed otherwise than the run before: PSI "
                        + "\(Words.decimal(stability.value)), a "
                        + "\(isLarge ? "large" : "moderate") shift (chance alone reaches "
                        + "\(Words.decimal(stability.byChance)))\(empty)",
                    share: min(1, stability.value)))
        }
        let change = column.missingNow - column.missingBefore
        if abs(change) >= 0.01 {
            findings.append(
                Finding(
                    "missing_rate_changed", abs(change) >= 0.1 ? .serious : .look, column.name,
                    "\(column.name) misses \(Words.percent(column.missingNow)) of its values, but "
                        + "\(Words.percent(column.missingBefore)) the run before",
                    share: abs(change)))
        }
        return findings
    }
}
