package import Columns
package import Kernels

/// Whether a table holds groups, or only a continuum that a method cuts, or nothing.
///
/// Every method finds k groups in everything, and they may even be stable: independent lognormal
/// columns reach a silhouette of .70, one long Gaussian cloud a bootstrap Jaccard of .99. So
/// K-Means is run on the table and, in the same way, on replicas that have its columns and its
/// correlations but no groups (`CopulaNull`); only what goes beyond them is evidence.
///
/// ```swift
/// let evidence = try StructureTest(seed: 1).run(scaled, k: 4)
/// evidence.verdict  // .naturalGroups
/// evidence.reason
/// ```
///
/// Where groups separate well but no better than in the replicas, single columns have gaps; these
/// are compared once more with replicas whose columns have one hump each (`OneHump`).
///
/// Source: the idea is that of SigClust (Liu, Hayes, Nobel & Marron 2008), which compares with a
/// Gaussian, and of the gap statistic (Tibshirani, Walther & Hastie 2001), which compares with a
/// box; a null made like the data is that of Hennig & Liao 2013. METHODS.md section 3.
package struct StructureTest: Sendable, Equatable {
    /// What a column of the table stands for.
    package enum Column: Sendable, Equatable {
        case number
        /// One of the columns that together state the category with this number.
        case indicator(of: Int)
    }

    package var seed: UInt64
    /// Tables to compare with.
    package var replicas: Int
    /// Rows to look for groups in; larger tables are sampled.
    package var sampleSize: Int
    /// Restarts of K-Means, on the table and on every replica.
    package var restarts: Int

    package init(
        seed: UInt64 = 0, replicas: Int = 24, sampleSize: Int = 2_500, restarts: Int = 5
    ) {
        self.seed = seed
        self.replicas = replicas
        self.sampleSize = sampleSize
        self.restarts = restarts
    }

    /// - Parameters:
    ///   - matrix: rows × columns as the method sees them, transformed and scaled; no missing value.
    ///   - columns: what they stand for; without it all are numbers. Where any number varies,
    ///     groups are looked for in the numbers alone: indicators form groups by their nature, one
    ///     a category, and would hide that there are no others.
    ///   - k: how many groups, at least 2.
    /// - Throws: as the other `run`.
    package func run(
        _ matrix: Matrix, columns: [Column]? = nil, k: Int, work: Work = Work()
    ) throws(AuroraError) -> StructureEvidence {
        try run(matrix, columns: columns, ks: [k], work: work)[0]
    }

    /// Tests several numbers of groups against the same replicas.
    ///
    /// - Returns: evidence for each k, in their order.
    /// - Throws: `k_below_two`, `replicas_below_two`; `no_rows`, `no_features`, `missing_values`,
    ///   `infinite_values`, `values_too_large`; what `work` throws between replicas.
    ///
    /// Complexity: O(replicas · ks · (sample² + restarts · iterations · sample · k) · columns).
    package func run(
        _ matrix: Matrix, columns: [Column]? = nil, ks: [Int], work: Work = Work()
    ) throws(AuroraError) -> [StructureEvidence] {
        precondition(columns == nil || columns?.count == matrix.columns, "a kind for each column")
        try check(ks)
        try matrix.requireComplete(work: work)
        let sample = sampled(matrix)
        let units = Self.units(
            of: sample, columns ?? .init(repeating: .number, count: matrix.columns))
        let tested = units.flatMap { $0 }
        let table = sample.selecting(tested)
        guard table.rows > 2, !tested.isEmpty else {
            let subject = Subject(
                table: table, dependence: Dependence(correlation: 0, p: 1), units: 0,
                rows: (sample.rows, matrix.rows), columns: ([], matrix.columns))
            let flat = Separation(silhouette: 0, logInertia: 0)
            return ks.map {
                StructureEvidence(
                    k: $0, .sameColumns, of: subject, data: flat,
                    null: .init(repeating: flat, count: replicas))
            }
        }
        var place = 0
        let null = try CopulaNull(
            of: table,
            units: units.map { unit in
                place += unit.count
                return Array(place - unit.count..<place)
            })
        let subject = Subject(
            table: table, dependence: Dependence(of: null, replicas: replicas, seed: seed),
            units: units.count, rows: (sample.rows, matrix.rows),
            columns: (tested, matrix.columns))
        var evidence = try compare(subject, null, .sameColumns, ks, work.part(0...0.7))
        // Groups that stand apart along single columns are in the replicas of these columns, too.
        let unexplained = evidence.indices.filter { evidence[$0].needsOneHump }
        if !unexplained.isEmpty, let null = null.withOneHump() {
            let others = try compare(
                subject, null, .oneHump, unexplained.map { ks[$0] }, work.part(0.7...1))
            for (index, other) in zip(unexplained, others) where other.verdict == .naturalGroups {
                evidence[index] = other
            }
        }
        return evidence
    }

    /// What is compared with replicas.
    struct Subject {
        var table: Matrix
        var dependence: Dependence
        var units: Int
        var rows: (tested: Int, all: Int)
        var columns: (tested: [Int], all: Int)
    }

    private func compare(
        _ subject: Subject, _ null: CopulaNull, _ comparison: StructureEvidence.Comparison,
        _ ks: [Int], _ work: Work
    ) throws(AuroraError) -> [StructureEvidence] {
        let separations = try separations(of: subject.table, null, ks: ks, work: work)
        return ks.indices.map { index in
            StructureEvidence(
                k: ks[index], comparison, of: subject, data: separations[0][index],
                null: separations.dropFirst().map { $0[index] })
        }
    }

    private func check(_ ks: [Int]) throws(AuroraError) {
        if let k = ks.first(where: { $0 < 2 }) {
            throw AuroraError("k_below_two", "k is \(k) but groups can be compared from 2 on")
        }
        guard replicas >= 2 else {
            throw AuroraError(
                "replicas_below_two", "replicas is \(replicas) but must be 2 or more")
        }
    }

    private func sampled(_ matrix: Matrix) -> Matrix {
        guard matrix.rows > sampleSize else { return matrix }
        let rows = RandomNumbers(seed: seed).sample(sampleSize, below: matrix.rows)
        return Matrix(rows.map { matrix.row($0) })
    }

    /// The columns to test, those of one category together: numbers that vary, or categories where
    /// there are none.
    private static func units(of sample: Matrix, _ kinds: [Column]) -> [[Int]] {
        let isConstant = Moments(of: sample, threads: 1).isConstant
        let varying = kinds.indices.filter { !isConstant[$0] }
        let numbers = varying.filter { kinds[$0] == .number }
        if !numbers.isEmpty { return numbers.map { [$0] } }
        var (units, names) = ([[Int]](), [Column]())
        for column in varying {
            if let known = names.firstIndex(of: kinds[column]) {
                units[known].append(column)
            } else {
                names.append(kinds[column])
                units.append([column])
            }
        }
        return units
    }

    /// Those of the table, then those of each replica.
    private func separations(
        of table: Matrix, _ null: CopulaNull, ks: [Int], work: Work
    ) throws(AuroraError) -> [[Separation]] {
        // Each thread has a replica of its own.
        try Replicates.run(replicas + 1, work: work, named: "comparing with replica") {
            (number, _) throws(AuroraError) in
            let rows = number == 0 ? table : null.replica(number, seed: seed)
            let tiles = Tiles(rows, threads: 1)
            var separations: [Separation] = []
            for k in ks {
                let method = KMeans(k: k, seed: seed, restarts: restarts)
                separations.append(try Separation(of: rows, tiles, by: method))
            }
            return separations
        }
    }
}
