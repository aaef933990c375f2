import Columns
import Foundation
import Kernels
import Learning
import Testing

@Suite("Criteria for k")
struct ChoosingKTests {
    /// kneed 0.9.0 with S = 1 on convex falling curves.
    @Test(
        "the elbow is where kneed finds it",
        arguments: [
            ([1, 2, 3, 4, 5, 6, 7, 8], [1000, 500, 200, 100, 90, 82, 75, 70], 3),
            (Array(1...10), [5000, 2600, 1500, 900, 700, 560, 470, 400, 350, 310], 4),
            (Array(1...10), [100, 90, 80, 70, 60, 50, 12, 10, 8, 6], 7),
            (Array(1...8), [80, 70, 60, 50, 40, 30, 20, 10], nil),
            (Array(1...12), [100, 60, 58, 56, 54, 30, 29, 28, 27, 26, 25, 24], 2),
            (Array(1...8), [100, 84, 71, 60, 51, 43, 36.5, 31], 4),
            ([2, 3, 4, 6, 8, 12], [400, 260, 150, 120, 100, 80], 4),
            (Array(1...10), [100, 70, 69, 45, 44, 25, 24.5, 24, 23.7, 23.5], 6),
            // The golden rows of METHODS.md, then the card data of reference 003.
            (
                Array(1...8),
                [
                    158.41166666666666, 56.79125, 6.644166666666667, 1.0816666666666674, 0.78,
                    0.5158333333333336, 0.35333333333333344, 0.23000000000000012,
                ], 3
            ),
            (
                Array(1...10),
                [
                    44749.99999999947, 26316.430614165645, 17805.27666868923, 13646.1208927252,
                    11561.679452737431, 9626.481709095373, 8677.706914647879, 7773.9768565964805,
                    7117.158268392332, 6638.402461172302,
                ], 3
            ),
        ] as [([Int], [Double], Int?)])
    func elbow(ks: [Int], inertias: [Double], expected: Int?) {
        #expect(Kneedle(ks: ks, inertias: inertias).k == expected)
    }

    @Test("the difference curve of the first example, and curves without one")
    func differences() {
        let curve = Kneedle(ks: Array(1...8), inertias: [1000, 500, 200, 100, 90, 82, 75, 70])
        let expected = [
            0, 0.394777265745, 0.574500768049, 0.539170506912, 0.407066052227, 0.272811059908,
            0.137480798771, 0,
        ]
        for (own, other) in zip(curve.differences, expected) { #expect(abs(own - other) < 1e-12) }
        #expect(Kneedle(ks: [1, 2], inertias: [2, 1]).k == nil)
        #expect(Kneedle(ks: [1, 2, 3], inertias: [1, 1, 1]).k == nil)
        // Concave: it falls ever faster.
        #expect(Kneedle(ks: [1, 2, 3, 4], inertias: [10, 9, 6, 0]).k == nil)
        // Of a soft bend only a strict test says no.
        let soft = [100, 84, 71, 60, 51, 43, 36.5, 31]
        #expect(Kneedle(ks: Array(1...8), inertias: soft, sensitivity: 2).k == nil)
    }

    @Test("the gap of the golden rows is that of another implementation, within its error")
    func goldenGap() throws {
        let result = try GapStatistic(references: 400, seed: 3, restarts: 5)
            .measure(Samples.golden, upTo: 5)
        // NumPy and scikit-learn, 500 references: mean gap and standard deviation of log W.
        let expected = [
            (-0.5960255, 0.2302034), (-0.5238874, 0.2425563), (1.0484454, 0.2934165),
            (2.2998459, 0.3319242), (2.1168275, 0.3624916),
        ]
        #expect(result.points.map(\.k) == [1, 2, 3, 4, 5])
        for (point, (gap, deviation)) in zip(result.points, expected) {
            let error = deviation * (1.0 / 400 + 1.0 / 500).squareRoot()
            #expect(abs(point.gap - gap) < 4 * error)
            #expect(abs(point.deviation / deviation - 1) < 0.2)
        }
        // Gap(1) = −0.60 is at least −0.52 − 0.24: twelve rows don't rule out one group.
        #expect(result.k == 1)
        #expect(result.measured == 12)
    }

    @Test("with one group the reference inertia is that of a uniform box")
    func uniformBox() throws {
        // E W₁ = (n − 1) Σ side² / 12. Sides 4 and 2, since the axes are principal already.
        var rows = [[Double]]()
        for x in -20...20 { for y in -10...10 { rows.append([Double(x) / 10, Double(y) / 10]) } }
        let result = try GapStatistic(seed: 1).measure(Matrix(rows), upTo: 1)
        let own = rows.reduce(0) { $0 + $1[0] * $1[0] + $1[1] * $1[1] }
        let expected = Double(rows.count - 1) * (16.0 + 4) / 12
        let gap = try #require(result.points.first?.gap)
        #expect(abs(gap - (log(expected) - log(own))) < 0.01)
        // Unbiased to a hundredth, though the logarithm of one reference strays by more.
        #expect(try #require(result.points.first?.deviation) > 0.01)
    }

    @Test("the gap's rule, on values made by hand")
    func gapRule() {
        let points = { (gaps: [Double]) in
            gaps.enumerated().map {
                GapStatistic.Point(k: $0.offset + 1, gap: $0.element, deviation: 0.1)
            }
        }
        #expect(GapStatistic.choice(points([0, 0.5, 0.9, 0.95, 1.2])) == 3)
        #expect(GapStatistic.choice(points([0.5, 0.4])) == 1)
        #expect(GapStatistic.choice(points([0, 0.5, 1])) == nil)
        let point = GapStatistic.Point(k: 2, own: 1, drawn: [2, 4])
        #expect(point.gap == 2)
        #expect(abs(point.deviation - 1.5.squareRoot()) < 1e-15)
    }

    @Test("gap and prediction strength find three clouds, and one where there is one")
    func clouds() throws {
        let three = Samples.separate(rows: 300)
        #expect(try GapStatistic(seed: 5).measure(three, upTo: 6).k == 3)
        let strength = try PredictionStrength(seed: 5).measure(three, ks: [2, 3, 4, 5])
        #expect(strength.k == 3)
        #expect(try #require(strength.points[1].strength) == 1)
        let one = Samples.clouds(rows: 300, groups: 1)
        #expect(try GapStatistic(seed: 5).measure(one, upTo: 6).k == 1)
        #expect(try PredictionStrength(seed: 5).measure(one, ks: [2, 3, 4, 5]).k == 1)
    }

    @Test("prediction strength is the worst group's share of pairs kept together")
    func keptPairs() {
        // Group 0: 1 of 3 pairs; group 1: its only pair; group 2 has none.
        let kept = PredictionStrength.kept([0, 0, 0, 1, 1, 2], by: [0, 0, 1, 1, 1, 0], k: 3)
        #expect(abs(kept - 1.0 / 3) < 1e-15)
        #expect(PredictionStrength.kept([0, 1, 2], by: [2, 1, 0], k: 3) == 1)
        #expect(PredictionStrength.kept([0, 0, 1, 1], by: [0, 1, 0, 1], k: 2) == 0)
        let points = [(2, 0.9), (3, 0.7), (4, 0.8), (5, nil)].map {
            PredictionStrength.Point(k: $0.0, strength: $0.1)
        }
        #expect(PredictionStrength.choice(points) == 4)
        #expect(PredictionStrength.choice([]) == 1)
    }

    @Test("the same on any number of threads; samples are taken and told; JSON brings it back")
    func repeatable() throws {
        let matrix = Samples.separate(rows: 500)
        let gap = GapStatistic(sampleSize: 200, seed: 8, restarts: 1)
        let one = try gap.measure(matrix, upTo: 4)
        #expect(one == (try gap.measure(matrix, upTo: 4, work: Work(threads: 3))))
        #expect(one.measured == 200)
        #expect(one.rows == 500)
        #expect(try roundTrip(one) == one)
        let strength = PredictionStrength(splits: 5, sampleSize: 200, seed: 8, restarts: 1)
        let split = try strength.measure(matrix, ks: [2, 3])
        #expect(split == (try strength.measure(matrix, ks: [2, 3], work: Work(threads: 3))))
        #expect(split.measured == 200)
        #expect(try roundTrip(split) == split)
        let other = GapStatistic(sampleSize: 200, seed: 9, restarts: 1)
        #expect(try other.measure(matrix, upTo: 4) != one)
    }

    @Test("few or equal rows end early, and what makes no sense is refused")
    func refused() throws {
        let doubled = Matrix([[0], [0], [1], [1], [5], [5]])
        // Three values make three groups of inertia 0, of which there is no logarithm.
        #expect(try GapStatistic().measure(doubled, upTo: 5).points.map(\.k) == [1, 2])
        let strength = try PredictionStrength().measure(doubled, ks: [2, 4])
        #expect(strength.points[1].strength == nil)
        expectError("gap_references") {
            _ = try GapStatistic(references: 49).measure(doubled, upTo: 2)
        }
        expectError("splits_below_one") {
            _ = try PredictionStrength(splits: 0).measure(doubled, ks: [2])
        }
        expectError("missing_values") {
            _ = try GapStatistic().measure(Matrix([[.nan], [1]]), upTo: 2)
        }
    }

    @Test("both can be stopped between replicates")
    func stopped() {
        let late = Work(threads: 1) { (share, _) throws(AuroraError) in
            if share > 0.5 { throw .interrupted }
        }
        // Beside each other replicates may be through before their own thread's turn comes again.
        let atOnce = Work(threads: 2) { (_, _) throws(AuroraError) in throw .interrupted }
        let matrix = Samples.separate(rows: 60)
        for stop in [late, atOnce] {
            expectError("interrupted") {
                _ = try GapStatistic().measure(matrix, upTo: 2, work: stop)
            }
            expectError("interrupted") {
                _ = try PredictionStrength().measure(matrix, ks: [2], work: stop)
            }
        }
    }
}
