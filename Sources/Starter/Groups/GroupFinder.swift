import Columns
import Engine
import Kernels
import Learning
import Pipeline
import Segmentation

/// What a segmentation of a table gives, for each number of groups that was tried.
package struct GroupChoice: Sendable {
    package struct Trial: Sendable {
        package var k: Int
        package var silhouette: Double
        /// The smallest group's share of the rows.
        package var smallest: Double
    }

    package var k: Int
    package var reason: String
    package var trials: [Trial]
    /// Rows on which the trials were made.
    package var tried: Int
    package var rows: Int
    /// Largest first, as the run orders them.
    package var names: [String]
    package var sizes: [Int]
    /// The features, those first that tell most between groups.
    package var telling: [Int]

    /// Before the groups are formed.
    init(_ trials: GroupFinder.Trials) {
        (k, reason, self.trials) = (trials.k, trials.reason, trials.all)
        (tried, rows) = (trials.tried, trials.rows)
        (names, sizes, telling) = ([], [], [])
    }

    /// Starts that are tried: many more rows leave less to chance.
    var restarts: Int { rows > 100_000 ? 3 : GroupFinder.restarts }
}

/// Chooses the number of groups, and names them.
struct GroupFinder: Sendable {
    static let seed: UInt64 = 1
    static let restarts = 10
    /// Trials on more rows would take minutes and tell the same.
    private static let mostTried = 20_000
    private static let mostMeasured = 3_000
    private static let smallestShare = 0.03

    let features: [StarterFeature]
    let threads: Int

    /// What trials have shown.
    struct Trials: Sendable {
        var k: Int
        var reason: String
        var all: [GroupChoice.Trial]
        var tried: Int
        var rows: Int
    }

    /// Tries several numbers of groups.
    ///
    /// - Parameter matrix: rows × features of the model in the order of its key, as the run sees it.
    /// - Returns: nil where the rows don't differ enough for two groups.
    func tryNumbers(_ matrix: Matrix) async throws(AuroraError) -> Trials? {
        try await Blocking.run { isCancelled throws(AuroraError) in
            let work = Work(threads: threads) { (_, _) throws(AuroraError) in
                if isCancelled() { throw .interrupted }
            }
            return try tryNumbers(matrix, work)
        }
    }

    private func tryNumbers(_ matrix: Matrix, _ work: Work) throws(AuroraError) -> Trials? {
        let sample = try scaled(Self.sample(matrix), work)
        var trials: [GroupChoice.Trial] = []
        for k in Self.numbers(matrix.rows) {
            guard let model = try fit(sample, k, work) else { break }
            let silhouette = try Silhouette.measure(
                sample, labels: model.labels, groups: k,
                options: .init(exactUpTo: Self.mostMeasured, sampleSize: Self.mostMeasured),
                work: work)
            guard let silhouette else { break }
            let smallest = Double(model.sizes.min() ?? 0) / Double(sample.rows)
            trials.append(.init(k: k, silhouette: silhouette.mean, smallest: smallest))
        }
        return Self.best(trials).map {
            Trials(k: $0.k, reason: $0.reason, all: trials, tried: sample.rows, rows: matrix.rows)
        }
    }

    /// The fit of all rows; nil where they differ less than the trials had it.
    func fit(_ body: () async throws -> KnownFit?) async throws -> KnownFit? {
        do {
            return try await body()
        } catch let error as AuroraError where Self.isAlike(error) {
            return nil
        }
    }

    private static func isAlike(_ error: AuroraError) -> Bool {
        ["k_above_distinct_rows", "k_above_rows"].contains(error.code)
    }

    /// Names the groups of a fit.
    func described(_ trials: Trials, _ fitted: Segmenter.Fitted, _ matrix: Matrix) -> GroupChoice {
        let result = fitted.result
        var choice = GroupChoice(trials)
        choice.sizes = result.segments.map(\.size)
        guard case .integers(let segments) = fitted.labels.columns[1].values else { return choice }
        guard let centroids = result.frozen?.model.centroids else { return choice }
        let zeros = zeros(matrix, segments.map { Int($0) - 1 }, choice.sizes)
        choice.names =
            GroupNamer(
                features: features, centroids: centroids, zeros: zeros.groups, allZeros: zeros.all
            ).names()
        choice.telling = telling(centroids, choice.sizes, rows: matrix.rows)
        return choice
    }

    private func scaled(_ matrix: Matrix, _ work: Work) throws(AuroraError) -> Matrix {
        try Preprocessing(
            features.map { .init($0.name, transform: $0.isLogged ? .log1p : .none) }
        ).fit(matrix, work: work).apply(matrix, work: work)
    }

    private func fit(_ matrix: Matrix, _ k: Int, _ work: Work) throws(AuroraError) -> KMeans.Model?
    {
        do throws(AuroraError) {
            return try KMeans(k: k, seed: Self.seed, restarts: Self.restarts).fit(
                matrix, work: work)
        } catch {
            if Self.isAlike(error) { return nil }
            throw error
        }
    }

    private static func numbers(_ rows: Int) -> ClosedRange<Int> {
        rows < 60 ? 2...3 : rows < 150 ? 2...4 : 3...6
    }

    private static func sample(_ matrix: Matrix) -> Matrix {
        guard matrix.rows > mostTried else { return matrix }
        let rows = RandomNumbers(seed: seed).sample(mostTried, below: matrix.rows).sorted()
        return Matrix(rows.map { matrix.row($0) })
    }

    /// The highest silhouette of those whose groups are all large enough.
    private static func best(_ trials: [GroupChoice.Trial]) -> (k: Int, reason: String)? {
        let large = trials.filter { $0.smallest >= smallestShare }
        if let best = large.max(by: { ($0.silhouette, $1.k) < ($1.silhouette, $0.k) }) {
            return (
                best.k,
                "the highest silhouette of those whose smallest group has "
                    + "\(Words.percent(smallestShare)) of the rows"
            )
        }
        return trials.max { ($0.smallest, $1.k) < ($1.smallest, $0.k) }.map {
            ($0.k, "every number of groups leaves a tiny one; this leaves the largest")
        }
    }

    private func zeros(
        _ matrix: Matrix, _ labels: [Int], _ sizes: [Int]
    ) -> (groups: Matrix, all: [Double]) {
        var counts = Matrix(rows: sizes.count, columns: matrix.columns)
        var all = [Double](repeating: 0, count: matrix.columns)
        for row in 0..<matrix.rows {
            let group = labels[row]
            for column in 0..<matrix.columns where matrix[row, column] == 0 {
                counts[group, column] += 1
                all[column] += 1
            }
        }
        for group in sizes.indices {
            for column in 0..<matrix.columns {
                counts[group, column] /= Double(max(1, sizes[group]))
            }
        }
        return (counts, all.map { $0 / Double(max(1, matrix.rows)) })
    }

    /// Features by the share of their variance that lies between the groups.
    private func telling(_ centroids: Matrix, _ sizes: [Int], rows: Int) -> [Int] {
        let between = features.indices.map { feature in
            sizes.indices.reduce(0.0) { sum, group in
                let distance = centroids[group, feature]
                return sum + distance * distance * Double(sizes[group]) / Double(rows)
            }
        }
        return features.indices.sorted { (-between[$0], $0) < (-between[$1], $1) }
    }
}
