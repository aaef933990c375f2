import Columns
import Kernels
import Learning
import Testing

@Suite("Means, quartiles, lift and effect of groups")
struct NumberSummaryTests {
    /// 1, 2, 3, 4 in the first group, 10 and 20 in the second, and what counts nowhere.
    private static let values: [Double] = [3, 20, 1, .nan, 4, 10, 2, 99, .infinity]
    private static let labels: [Int32] = [0, 1, 0, 0, 0, 1, 0, -1, 1]

    private func isClose(_ value: Double?, _ golden: Double) throws -> Bool {
        ProfileTests.isClose(try #require(value), golden, 1e-14)
    }

    @Test("worked out by hand")
    func byHand() throws {
        let summary = try NumberSummary(Self.values, labels: Self.labels, groups: 2)
        let (first, second) = (summary.groups[0], summary.groups[1])
        #expect([summary.all.count, first.count, second.count] == [6, 4, 2])
        #expect([first.mean, second.mean] == [2.5, 15])
        #expect([first.lowerQuartile, first.median, first.upperQuartile] == [1.75, 2.5, 3.25])
        #expect([second.lowerQuartile, second.median, second.upperQuartile] == [12.5, 15, 17.5])
        let all = summary.all
        #expect([all.lowerQuartile, all.median, all.upperQuartile] == [2.25, 3.5, 8.5])
        #expect(try isClose(all.mean, 40 / 6.0))
        #expect(try isClose(first.lift, 0.375))
        #expect(try isClose(second.lift, 2.25))
        // Squares within: 5 and 50; (2.5 − 15) / √(55 / 4).
        #expect(try isClose(first.effect, -12.5 / 13.75.squareRoot()))
        #expect(try isClose(second.effect, 12.5 / 13.75.squareRoot()))
        #expect(all.effect == nil)
        #expect(try isClose(summary.etaSquared, 1 - 55 / (530 - 1600 / 6.0)))
        #expect(try roundTrip(summary) == summary)
    }

    @Test("no order of rows and no number of threads changes a digit")
    func order() throws {
        // 2741 shares no factor with 5000, so each row comes once.
        let order = (0..<5000).map { ($0 * 2741 + 13) % 5000 }
        let values = (0..<5000).map { Double($0 * $0 % 7919) / 13 - 100 }
        let labels = (0..<5000).map { Int32($0 % 3) }
        let summary = try NumberSummary(values, labels: labels, groups: 3)
        let shuffled = try NumberSummary(
            order.map { values[$0] }, labels: order.map { labels[$0] }, groups: 3,
            work: Work(threads: 4))
        #expect(Set(order).count == 5000)
        #expect(summary == shuffled)
    }

    @Test("a ratio is no figure where values are negative or the mean is 0")
    func ratios() throws {
        let negative = try NumberSummary([-1, 2, 3, 5], labels: [0, 0, 1, 1], groups: 2)
        #expect(negative.groups.allSatisfy { $0.lift == nil && $0.effect != nil })
        let zero = try NumberSummary([0, 0, 0, 0], labels: [0, 0, 1, 1], groups: 2)
        #expect(zero.groups.allSatisfy { $0.lift == nil && $0.effect == nil })
        #expect(zero.etaSquared == nil)
    }

    @Test("a group without a value has figures of none")
    func empty() throws {
        let summary = try NumberSummary([1, 2, .nan], labels: [0, 0, 1], groups: 3)
        for group in summary.groups.dropFirst() {
            #expect(group.count == 0)
            #expect(group.mean == nil && group.median == nil && group.lift == nil)
        }
        #expect(throws: AuroraError.self) {
            try NumberSummary([1], labels: [0, 0], groups: 1)
        }
    }
}

@Suite("What drawings of segments need")
struct DrawingTests {
    @Test("a silhouette's curve has the values at even ranks, and counts those below 0")
    func curve() {
        let curve = SilhouetteCurve([0.5, -0.25, 0, 0.25, 0.75])
        #expect(curve.measured == 5)
        #expect(curve.below == 1)
        #expect(curve.quantiles.count == 101)
        #expect(curve.quantiles[0] == -0.25)
        #expect(curve.quantiles[25] == 0)
        #expect(curve.quantiles[50] == 0.25)
        #expect(curve.quantiles[100] == 0.75)
        #expect(abs(curve.quantiles[10] - -0.15) < 1e-15)
        #expect(SilhouetteCurve([]).quantiles.isEmpty)
    }

    @Test("curves are those of the silhouettes whose mean is told")
    func curves() throws {
        let matrix = Samples.golden
        let labels = Samples.goldenLabels
        let measured = try #require(
            try Silhouette.measureCurves(matrix, labellings: [labels], groups: [3])[0])
        #expect(measured.curves.map(\.measured) == [4, 4, 4])
        // The median of four, at rank 50 of 0 to 100, lies amid the second and the third.
        let exact = try SilhouetteValues(matrix, labellings: [labels])
            .values(of: Array(0..<12), work: Work())[0]
        for group in 0..<3 {
            let own = (0..<12).filter { labels[$0] == Int32(group) }.map { exact[$0] }.sorted()
            #expect(abs(measured.curves[group].quantiles[50] - (own[1] + own[2]) / 2) < 1e-15)
        }
    }

    @Test("arrows are correlations with the components")
    func arrows() {
        let matrix = Matrix(columns: [[1, 2, 3, 4], [4, 3, 2, 1], [7, 7, 7, 7], [1, -1, -1, 1]])
        let scores = Matrix(columns: [[2, 4, 6, 8], [1, -1, -1, 1]])
        let found = ComponentCorrelations.of(matrix, with: scores, threads: 2)
        let golden: [[Double]] = [[1, 0], [-1, 0], [0, 0], [0, 1]]
        for (column, expected) in golden.enumerated() {
            for component in 0..<2 {
                #expect(abs(found[column, component] - expected[component]) < 1e-15)
            }
        }
    }
}
