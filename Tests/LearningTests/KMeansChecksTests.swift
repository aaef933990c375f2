import Columns
import Foundation
import Kernels
import Learning
import Synchronization
import Testing

/// What every algorithm here has to stand (STYLE.md, estimator checks).
@Suite("K-Means: estimator checks")
struct KMeansChecksTests {
    @Test("one row, one feature")
    func oneRow() throws {
        let model = try KMeans(k: 1).fit(Matrix([[7]]))
        #expect(model.centroids == Matrix([[7]]))
        #expect(model.labels == [0])
        #expect(model.inertia == 0)
        #expect(model.converged)
    }

    @Test("as many groups as rows")
    func everyRowAlone() throws {
        let model = try KMeans(k: 4).fit(Matrix([[3], [1], [4], [9]]))
        #expect(model.sizes == [1, 1, 1, 1])
        #expect(model.inertia == 0)
    }

    @Test("duplicated rows stay together")
    func duplicates() throws {
        let matrix = Matrix((0..<60).map { [Double($0 % 3) * 5] })
        let model = try KMeans(k: 3).fit(matrix)
        #expect(model.sizes == [20, 20, 20])
        #expect(model.inertia == 0)
        #expect((3..<60).allSatisfy { model.labels[$0] == model.labels[$0 - 3] })
    }

    @Test("k above the number of rows is refused")
    func kAboveRows() {
        let three = Matrix([[1], [2], [3]])
        let message = expectError("k_above_rows") { _ = try KMeans(k: 8).fit(three) }
        #expect(message == "k is 8 but there are 3 rows")
        let one = expectError("k_above_rows") { _ = try KMeans(k: 2).fit(Matrix([[1]])) }
        #expect(one == "k is 2 but there is 1 row")
    }

    @Test("k above the number of different rows is refused, constants included")
    func kAboveDistinctRows() {
        let message = expectError("k_above_distinct_rows") {
            _ = try KMeans(k: 3).fit(Matrix([[1], [2], [1], [2], [-0.0 + 1]]))
        }
        #expect(message == "k is 3 but the 5 rows have only 2 different values")
        let constant = Matrix(rows: 9, columns: 2, repeating: 4)
        expectError("k_above_distinct_rows") { _ = try KMeans(k: 2).fit(constant) }
        // Different, but by less than a squared distance can show.
        expectError("k_above_distinct_rows") { _ = try KMeans(k: 2).fit(Matrix([[0], [1e-200]])) }
    }

    @Test("missing and infinite values are refused, in fit and predict")
    func notFinite() throws {
        let message = expectError("missing_values") {
            _ = try KMeans(k: 2).fit(Matrix([[1, 2], [3, .nan], [5, 6]]))
        }
        #expect(message == "feature 2 is missing in 1 of 3 rows")
        let model = try KMeans(k: 1).fit(Matrix([[1], [2]]))
        expectError("missing_values") { _ = try model.predict(Matrix([[.nan]])) }
        expectError("infinite_values") { _ = try model.predict(Matrix([[.infinity]])) }
        expectError("feature_count") { _ = try model.predict(Matrix([[1, 2]])) }
    }

    @Test("values whose squares overflow are refused")
    func overflow() throws {
        let matrix = Matrix([[1e200], [-1e200], [0]])
        expectError("values_too_large") { _ = try KMeans(k: 2).fit(matrix) }
        let start = KMeans.Start.centroids(Matrix([[1e200], [0]]))
        expectError("values_too_large") { _ = try KMeans(k: 2, start: start).fit(matrix) }
        let model = try KMeans(k: 1).fit(Matrix([[1], [2]]))
        expectError("values_too_large") { _ = try model.predict(Matrix([[1e200]])) }
    }

    @Test("configurations that make no sense are refused with both values")
    func configurations() {
        let matrix = Matrix([[1, 1], [2, 2], [3, 3]])
        func refused(_ code: String, _ kMeans: KMeans) -> String {
            expectError(code) { _ = try kMeans.fit(matrix) }
        }
        #expect(refused("k_below_one", KMeans(k: 0)) == "k is 0 but must be 1 or more")
        _ = refused("restarts_below_one", KMeans(k: 1, restarts: 0))
        _ = refused("max_iterations_below_one", KMeans(k: 1, maxIterations: 0))
        for tolerance in [-1, Double.nan, .infinity] {
            _ = refused("tolerance_below_zero", KMeans(k: 1, stopping: .tolerance(tolerance)))
        }
        let shape = KMeans.Start.centroids(Matrix([[1]]))
        #expect(
            refused("start_shape", KMeans(k: 2, start: shape))
                == "start has 1 centre of 1 feature but k is 2 and the rows have 2 features")
        let missing = KMeans.Start.centroids(Matrix([[1, .nan]]))
        _ = refused("start_not_finite", KMeans(k: 1, start: missing))
        expectError("no_rows") { _ = try KMeans(k: 1).fit(Matrix(rows: 0, columns: 2)) }
        expectError("no_features") { _ = try KMeans(k: 1).fit(Matrix(rows: 2, columns: 0)) }
    }

    @Test("the order of the rows doesn't matter with a given start")
    func rowOrder() throws {
        let matrix = Samples.clouds(rows: 3000)
        let order = (0..<3000).sorted {
            RandomNumbers(seed: 8).bits($0) < RandomNumbers(seed: 8).bits($1)
        }
        let shuffled = Matrix(order.map { matrix.row($0) })
        let start = KMeans.Start.centroids(Matrix((0..<4).map { matrix.row($0) }))
        let model = try KMeans(k: 4, start: start).fit(matrix)
        let other = try KMeans(k: 4, start: start).fit(shuffled)
        #expect(other.labels == order.map { model.labels[$0] })
        #expect(abs(other.inertia - model.inertia) < 1e-12 * model.inertia)
        #expect(other.sizes == model.sizes)
    }

    @Test("the same seed repeats every bit, another gives another start")
    func seeds() throws {
        let matrix = Samples.clouds(rows: 2000)
        let model = try KMeans(k: 6, seed: 9, restarts: 3).fit(matrix)
        #expect(try KMeans(k: 6, seed: 9, restarts: 3).fit(matrix) == model)
        let other = try KMeans(k: 6, seed: 10, restarts: 3).fit(matrix)
        #expect(other.restartInertias != model.restartInertias)
    }

    @Test("predicting the training rows gives their labels", arguments: [2, 5, 9])
    func predict(k: Int) throws {
        let matrix = Samples.clouds(rows: 5000)
        let model = try KMeans(k: k, restarts: 2).fit(matrix)
        #expect(try model.predict(matrix, work: Work(threads: 2)) == model.labels)
        #expect(model.sizes.reduce(0, +) == 5000)
    }

    @Test("a fitted model comes back from JSON bit for bit")
    func json() throws {
        let matrix = Samples.clouds(rows: 500)
        let model = try KMeans(k: 4, restarts: 2, maxIterations: 2).fit(matrix)
            .ordered(by: .sizeDescending)
        let copy = try roundTrip(model)
        #expect(copy == model)
        #expect(bits(copy.centroids) == bits(model.centroids))
        #expect(copy.inertia.bitPattern == model.inertia.bitPattern)
        #expect(!copy.notices.isEmpty)
        #expect(try copy.predict(matrix) == model.labels)
    }

    @Test("a model file with a wrong shape or label is refused")
    func damagedJSON() throws {
        let model = try KMeans(k: 2).fit(Matrix([[1], [2], [8]]))
        let text = String(decoding: try JSONEncoder().encode(model), as: UTF8.self)
        for (part, damaged) in [
            ("\"features\":1", "\"features\":2"), ("\"tie_order\":[0,1]", "\"tie_order\":[0,0]"),
            ("\"labels\":[", "\"labels\":[7,"),
        ] {
            #expect(text.contains(part))
            let changed = text.replacingOccurrences(of: part, with: damaged)
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(KMeans.Model.self, from: Data(changed.utf8))
            }
        }
    }

    @Test("progress rises from 0 to 1, and the hook stops the fit")
    func progress() throws {
        let matrix = Samples.clouds(rows: 3000)
        let seen = Mutex([Double]())
        let details = Mutex(Set<String>())
        let work = Work { fraction, detail in
            seen.withLock { $0.append(fraction) }
            _ = details.withLock { $0.insert(detail) }
        }
        _ = try KMeans(k: 4, restarts: 3).fit(matrix, work: work)
        let fractions = seen.withLock { $0 }
        #expect(fractions == fractions.sorted())
        #expect(fractions.allSatisfy { (0...1).contains($0) })
        #expect(details.withLock { $0 }.contains("restart 2 of 3, update 1"))

        let calls = Mutex(0)
        let stopping = Work { _, _ throws(AuroraError) in
            let count = calls.withLock { count in
                count += 1
                return count
            }
            if count == 5 { throw AuroraError.interrupted }
        }
        expectError("interrupted") { _ = try KMeans(k: 4).fit(matrix, work: stopping) }
        #expect(calls.withLock { $0 } == 5)
    }
}
