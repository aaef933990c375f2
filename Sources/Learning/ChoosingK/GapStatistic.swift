package import Columns
package import Kernels

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// How much tighter k groups are than k groups of evenly spread rows would be.
///
/// Gap(k) = E*[log W_k] − log W_k, W the inertia and E* its mean over uniform references in the box
/// along the principal axes. The choice is the smallest k with Gap(k) ≥ Gap(k+1) − s_{k+1},
/// s = sd · √(1 + 1/B); it may be 1, and none where the gap still rises at the last k.
///
/// A gap alone doesn't show groups: skewed or correlated data beat an even box as well.
///
/// Source: Tibshirani, Walther & Hastie 2001, JRSS B 63:411 (METHODS.md section 3).
package struct GapStatistic: Sendable, Equatable {
    /// Fewer references leave s too rough to decide by.
    package static let fewestReferences = 50

    /// B, the number of references.
    package var references: Int
    /// More rows than these are replaced by a random sample of so many, for data and references
    /// alike: the gap compares shapes, which a few thousand rows show.
    package var sampleSize: Int
    package var seed: UInt64
    /// Starts of each k-means, the same for data and references: W of one must not be better
    /// searched than W of the other.
    package var restarts: Int

    package init(
        references: Int = 50, sampleSize: Int = 2_000, seed: UInt64 = 0, restarts: Int = 3
    ) {
        self.references = references
        self.sampleSize = sampleSize
        self.seed = seed
        self.restarts = restarts
    }

    /// - Parameters:
    ///   - matrix: rows × features as they are clustered, at least 2 rows, no missing value.
    ///   - last: the gap is measured for k = 1 to this; for fewer where rows are too few or too
    ///     alike.
    /// - Throws: `gap_references` below 50 references; as `PCA.fit` and `KMeans.fit`.
    ///
    /// Complexity: that of `references` · `last` · `restarts` k-means of at most `sampleSize` rows.
    package func measure(
        _ matrix: Matrix, upTo last: Int, work: Work = Work()
    ) throws(AuroraError) -> Result {
        guard references >= Self.fewestReferences else {
            throw AuroraError(
                "gap_references",
                "references is \(references) but must be \(Self.fewestReferences) or more")
        }
        try matrix.requireComplete(work: work)
        let rows = matrix.sampled(
            sampleSize, seed: RandomNumbers.derivedSeed(seed, purpose: Purpose.sample))
        let box = try Box(rows, work: work)
        let own = try logInertias(
            of: rows, upTo: min(last, rows.distinctRows(upTo: last)),
            seed: RandomNumbers.derivedSeed(seed, purpose: Purpose.data),
            work: Work(threads: work.threads))
        let ks = own.count
        let drawn = try Replicates.run(references, work: work, named: "reference") {
            (index, work) throws(AuroraError) in
            try logInertias(
                of: box.reference(
                    RandomNumbers.derivedSeed(seed, purpose: Purpose.box, index: index)),
                upTo: ks,
                seed: RandomNumbers.derivedSeed(seed, purpose: Purpose.references, index: index),
                work: work)
        }
        return Result(
            points: own.indices.map { place in
                Point(k: place + 1, own: own[place], drawn: drawn.map { $0[place] })
            },
            references: references, rows: matrix.rows, measured: rows.rows)
    }

    private enum Purpose {
        static let (sample, data, box, references) = (1, 2, 3, 4)
    }

    /// log W for k = 1 up; ends where W is 0, which has no logarithm.
    private func logInertias(
        of matrix: Matrix, upTo last: Int, seed: UInt64, work: Work
    ) throws(AuroraError) -> [Double] {
        var result = [Double]()
        let tiles = Tiles(matrix, threads: work.threads)
        while result.count < last {
            let (done, k) = (Double(result.count), result.count + 1)
            let part = work.part(done / Double(last)...(done + 1) / Double(last))
            let kMeans = KMeans(k: k, seed: seed, restarts: restarts)
            let inertia = try kMeans.fit(matrix, tiles, work: part).inertia
            guard inertia > 0 else { break }
            result.append(log(inertia))
        }
        return result
    }

    /// The smallest box along the principal axes that holds all rows.
    private struct Box {
        let rows: Int
        let sides: [Double]

        init(_ matrix: Matrix, work: Work) throws(AuroraError) {
            let scores = try PCA().fit(matrix, work: work).project(matrix, work: work)
            rows = matrix.rows
            sides = (0..<scores.columns).map { column in
                let values = scores.column(column)
                return (values.max() ?? 0) - (values.min() ?? 0)
            }
        }

        /// Rows in the axes of the box: inertia doesn't change when space is turned or moved.
        func reference(_ seed: UInt64) -> Matrix {
            var result = Matrix(rows: rows, columns: sides.count)
            let random = RandomNumbers(seed: seed)
            for place in result.storage.indices {
                result.storage[place] = sides[place % sides.count] * random.uniform(place)
            }
            return result
        }
    }
}
