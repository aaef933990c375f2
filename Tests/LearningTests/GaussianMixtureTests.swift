import Columns
import Kernels
import Learning
import Testing

@Suite("Gaussian mixture")
struct GaussianMixtureTests {
    /// 600 rows in three overlapping groups of different shapes, by a formula.
    private static let matrix = Matrix(
        (0..<600).map { (i: Int) -> [Double] in
            let group = i % 3
            let a = Double(i * 7919 % 1009) / 1009 - 0.5
            let b = Double(i * 104_729 % 2003) / 2003 - 0.5
            let c = Double(i * 1_299_709 % 3001) / 3001 - 0.5
            let x = [0.0, 2, 0.5][group] + a * [2.0, 1, 3][group] + b * 0.5
            let y = [0.0, 1, 2.5][group] + b * [1.0, 2, 1][group] - a * 0.7
            return [x, y, [1.0, 0, 0.5][group] + c * 2 + a * b]
        })
    private static let start = Matrix([[0, 0, 1], [2, 1, 0], [0.5, 2.5, 0.5]])

    private static func fit(_ shape: GaussianMixture.Shape) throws -> GaussianMixture.Model {
        try GaussianMixture(
            k: 3, shape: shape, start: .means(start), tolerance: 1e-13, maxIterations: 5000
        ).fit(matrix)
    }

    // scikit-learn 1.9.1 from the same means_init, tol 1e-13.
    @Test("full covariances as scikit-learn gives them")
    func full() throws {
        let model = try Self.fit(.full)
        #expect(model.converged)
        #expect(abs(model.logLikelihood - -1952.1371570261294) < 1e-6)
        #expect(abs(model.bic - 4089.7852740535272) < 2e-6)
        #expect(abs(model.aic - 3962.274314052259) < 2e-6)
        #expect(model.sizes == [200, 216, 184])
        let weights = [0.3340558248384665, 0.3540482451012096, 0.31189593006032384]
        #expect(zip(model.weights, weights).allSatisfy { abs($0 - $1) < 1e-6 })
        let means = [
            0.011049428956440687, -0.016501209669818502, 0.9761240769705491, 1.9648510545683748,
            1.0458037234572366, 0.035585360898796194, 0.40246494572517916, 2.5095802116996317,
            0.49564624462844853,
        ]
        #expect(zip(model.centroids.storage, means).allSatisfy { abs($0 - $1) < 1e-5 })
        let covariance = [
            0.36147323449448465, -0.0709325939465509, -0.0253924114229655, -0.0709325939465509,
            0.12367182365140929, -0.009852232584815223, -0.025392411422965493,
            -0.009852232584815223, 0.343307631763687,
        ]
        #expect(zip(model.covariance(of: 0).storage, covariance).allSatisfy { abs($0 - $1) < 1e-5 })
        let second = try model.responsibilities(Self.matrix).row(1)
        #expect(abs(second[0] - 1.0417365024446096e-05) < 1e-9)
        #expect(abs(second[1] - 0.9999895818316418) < 1e-9)
    }

    @Test("diagonal covariances as scikit-learn gives them")
    func diagonal() throws {
        let model = try Self.fit(.diagonal)
        #expect(abs(model.logLikelihood - -1985.307307786184) < 1e-6)
        #expect(abs(model.bic - 4098.553208676691) < 2e-6)
        #expect(abs(model.aic - 4010.614615572368) < 2e-6)
        #expect(model.sizes == [201, 219, 180])
        let variances = [0.37116415347437137, 0.12425020681228817, 0.3428760514245444]
        let covariance = model.covariance(of: 0)
        for column in 0..<3 {
            #expect(abs(covariance[column, column] - variances[column]) < 1e-5)
        }
        #expect(covariance[0, 1] == 0)
    }

    @Test("the start by K-Means finds the same groups, and BIC their number")
    func kMeansStart() throws {
        let bic = try (1...5).map { try GaussianMixture(k: $0, seed: 1).fit(Self.matrix).bic }
        #expect(bic.indices.min { bic[$0] < bic[$1] } == 2)
        let model = try GaussianMixture(k: 3, seed: 1, tolerance: 1e-13, maxIterations: 5000)
            .fit(Self.matrix)
        #expect(abs(model.logLikelihood - -1952.1371570261294) < 1e-6)
    }

    @Test("an update never lowers the likelihood")
    func rises() throws {
        var last = -Double.infinity
        for limit in 1...12 {
            let model = try GaussianMixture(
                k: 3, start: .means(Self.start), tolerance: 0, maxIterations: limit
            ).fit(Self.matrix)
            #expect(model.iterations == limit)
            #expect(model.logLikelihood > last)
            #expect(model.notices.map(\.code) == ["not_converged"])
            last = model.logLikelihood
        }
    }

    @Test("one group is the mean and the covariance of all rows")
    func oneGroup() throws {
        let model = try GaussianMixture(k: 1, regularisation: 0).fit(Self.matrix)
        let moments = Moments(of: Self.matrix, threads: 1)
        let covariance = Covariance.of(Self.matrix, around: moments.means, threads: 1)
        for a in 0..<3 {
            #expect(abs(model.centroids[0, a] - moments.means[a]) < 1e-12)
            for b in 0..<3 {
                let population = covariance[a, b] * 599 / 600
                #expect(abs(model.covariance(of: 0)[a, b] - population) < 1e-12)
            }
        }
        // −n/2 (features · log 2π + log |Σ| + features).
        #expect(model.weights == [1])
        #expect(try model.responsibilities(Self.matrix).storage.allSatisfy { $0 == 1 })
    }

    @Test("membership adds up, is largest for the label, and unsure halfway")
    func responsibilities() throws {
        let model = try Self.fit(.full)
        let shares = try model.responsibilities(Self.matrix, work: Work(threads: 3))
        for row in 0..<600 {
            let values = shares.row(row)
            #expect(abs(values.reduce(0, +) - 1) < 1e-14)
            #expect(values.max() == values[Int(model.labels[row])])
        }
        let two = try GaussianMixture(k: 2, seed: 1).fit(
            Matrix((0..<40).map { (i: Int) -> [Double] in [Double(i % 2 * 8 + i / 2 % 5)] }))
        let halfway = try two.responsibilities(Matrix([[6], [1], [11]]))
        #expect(abs(halfway[0, 0] - 0.5) < 1e-6)
        #expect(abs(halfway[1, 0] - halfway[2, 1]) < 1e-6)
        #expect(max(halfway[1, 0], halfway[1, 1]) > 0.99)
        let distances = try two.distances(Matrix([[6], [3]]))
        let (first, second) = (exp(distances, 1, 0), exp(distances, 1, 1))
        let share = try two.responsibilities(Matrix([[3]]))[0, 0]
        #expect(abs(first / (first + second) - share) < 1e-12)
    }

    /// weight · density by the definition of distances, with an exponential by its series.
    private func exp(_ distances: Matrix, _ row: Int, _ group: Int) -> Double {
        let x = -distances[row, group] / 2 / 1024
        let small = (1...20).reversed().reduce(1.0) { 1 + x / Double($1) * $0 }
        return (0..<10).reduce(small) { value, _ in value * value }
    }

    @Test("groups that are flat in some direction live by the regularisation, and it is told")
    func flat() throws {
        let line = Matrix(
            (0..<60).map { (i: Int) -> [Double] in [Double(i % 10), Double(i % 10 * 2)] })
        let model = try GaussianMixture(k: 1).fit(line)
        #expect(
            model.notices.map(\.message) == [
                "1 of 1 group has no spread in some direction: there the regularisation of 1e-06 "
                    + "stands for the variance"
            ])
        let one = try GaussianMixture(k: 1).fit(Matrix([[3, 4]]))
        #expect(one.notices.map(\.code) == ["flat_groups"])
        #expect(abs(one.covariance(of: 0)[0, 0] - 1e-6) < 1e-18)
        #expect(try GaussianMixture(k: 1).fit(Self.matrix).notices.isEmpty)
        for shape in [GaussianMixture.Shape.full, .diagonal] {
            let same = try GaussianMixture(k: 2, shape: shape).fit(
                Matrix((0..<30).map { [Double($0 % 2), 5] }))
            #expect(same.sizes == [15, 15])
            #expect(same.notices.map(\.code) == ["flat_groups"])
        }
    }

    @Test("without regularisation a flat group is refused")
    func degenerate() throws {
        let line = Matrix((0..<60).map { [Double($0 % 10), 3] })
        let message = expectError("covariance_not_positive") {
            _ = try GaussianMixture(k: 1, regularisation: 0).fit(line)
        }
        #expect(
            message == "group 1 has the variance 0.0 in feature 2, given the features before it, "
                + "but needs one above 0 (regularisation 0.0)")
        expectError("covariance_not_positive") {
            _ = try GaussianMixture(k: 1, shape: .diagonal, regularisation: 0).fit(line)
        }
        // Values so large that 1e-6 is lost in rounding.
        let huge = Matrix(
            (0..<60).map { (i: Int) -> [Double] in [Double(i % 10) * 1e9, Double(i % 10) * 3e9] })
        expectError("covariance_not_positive") { _ = try GaussianMixture(k: 1).fit(huge) }
    }

    @Test("options that fit no data, and rows too far away, are refused")
    func refused() throws {
        let matrix = Self.matrix
        expectError("k_above_rows") { _ = try GaussianMixture(k: 2).fit(Matrix([[1]])) }
        expectError("k_above_distinct_rows") {
            _ = try GaussianMixture(k: 2).fit(Matrix([[1], [1]]))
        }
        expectError("regularisation_below_zero") {
            _ = try GaussianMixture(k: 2, regularisation: -1).fit(matrix)
        }
        expectError("tolerance_below_zero") {
            _ = try GaussianMixture(k: 2, tolerance: .nan).fit(matrix)
        }
        expectError("start_shape") {
            _ = try GaussianMixture(k: 2, start: .means(Self.start)).fit(matrix)
        }
        expectError("values_too_large") {
            _ = try GaussianMixture(k: 1).fit(Matrix([[1e200], [-1e200]]))
        }
        let model = try GaussianMixture(k: 2).fit(matrix)
        expectError("values_too_large") { _ = try model.predict(Matrix([[1e200, 0, 0]])) }
        expectError("feature_count") { _ = try model.responsibilities(Matrix([[1]])) }
        expectError("missing_values") { _ = try model.predict(Matrix([[.nan, 0, 0]])) }
    }

    @Test("a mean far from all rows leaves its group without rows")
    func emptyGroup() throws {
        let start = GaussianMixture.Start.means(Matrix([[0, 0, 0], [1e4, 1e4, 1e4]]))
        let model = try GaussianMixture(k: 2, start: start).fit(Self.matrix)
        #expect(model.sizes == [600, 0])
        #expect(model.notices.map(\.code) == ["empty_cluster"])
        #expect(model.weights[1] > 0 && model.weights[1] < 1e-12)
        #expect(try roundTrip(model) == model)
    }

    @Test("full and diagonal: same bits on any threads, JSON, another numbering")
    func checks() throws {
        let matrix = Samples.clouds(rows: 5003)
        for shape in [GaussianMixture.Shape.full, .diagonal] {
            let method = GaussianMixture(k: 4, seed: 2, shape: shape, restarts: 2)
            let model = try method.fit(matrix)
            for threads in [2, 3, 7] {
                #expect(try method.fit(matrix, work: Work(threads: threads)) == model)
            }
            let copy = try roundTrip(model)
            #expect(copy == model)
            #expect(
                try bits(copy.responsibilities(matrix)) == bits(model.responsibilities(matrix)))
            let turned = model.renumbered([2, 0, 3, 1])
            #expect(turned.labels == model.labels.map { [1, 3, 0, 2][Int($0)] })
            #expect(turned.bic == model.bic)
            #expect(turned.covariance(of: 0) == model.covariance(of: 2))
        }
    }
}
