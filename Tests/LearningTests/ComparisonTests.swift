import Kernels
import Learning
import Testing

/// Golden values of SciPy 1.17.
@Suite("Comparisons of two groups")
struct ComparisonTests {
    static func isClose(_ value: Double, _ golden: Double, _ tolerance: Double = 1e-11) -> Bool {
        value == golden || abs(value - golden) <= tolerance * abs(golden)
    }

    @Test(
        "the tails of Student's t",
        arguments: [
            (0.0, 5.0, 1.0), (0.5, 1, 0.7048327646991335), (1, 3.7, 0.37814139976045247),
            (2, 10, 0.07338803477074037), (2.5, 29.3, 0.018260845709162248),
            (-3.2, 4, 0.032900810600938975), (5, 100, 2.450173413503802e-06),
            (1.96, 1e6, 0.04999606758526985), (12, 1000, 4.324057386774429e-31),
            (30, 50, 1.2380022795987244e-33), (0.001, 7, 0.9992300172449988),
            (4.5, 49998.3, 6.810644376085583e-06),
        ])
    func student(t: Double, degrees: Double, golden: Double) {
        #expect(Self.isClose(Tails.student(t, degrees: degrees), golden, 1e-9))
    }

    @Test(
        "critical values of Student's t",
        arguments: [
            (1.0, 12.706204736174694), (2.5, 3.5746548420036817), (10, 2.228138851986274),
            (100, 1.9839715185235518), (1e6, 1.959966356814107),
        ])
    func critical(degrees: Double, golden: Double) {
        #expect(Self.isClose(Tails.critical(0.05, degrees: degrees), golden, 1e-9))
    }

    @Test(
        "the tails of the normal distribution",
        arguments: [
            (0.0, 1.0), (1, 0.31731050786291415), (1.959963984540054, 0.05),
            (-5, 5.733031437583866e-07), (10, 1.523970604832094e-23),
        ])
    func normal(z: Double, golden: Double) {
        #expect(Self.isClose(Tails.normal(z), golden))
    }

    @Test("what is beyond all numbers has no tail, and what is no number none that is known")
    func limits() {
        #expect(Tails.student(.infinity, degrees: 3) == 0)
        #expect(Tails.student(1e200, degrees: 3) == 0)
        #expect(Tails.student(.nan, degrees: 3).isNaN)
    }

    /// Of 1.0, 1.2, 0.8, 0.9, 1.3, 1.1 and of 5.0, 4.2, 6.3, 4.8, 5.1, 7.7, 5.5.
    static let (a, b) = (
        Spread(count: 6, mean: 1.05, variance: 0.035),
        Spread(count: 7, mean: 5.514285714285714, variance: 1.3447619047619048)
    )

    @Test("Welch's t-test, its interval and Cohen's d")
    func welch() throws {
        let test = try #require(MeanComparison(Self.a, Self.b))
        #expect(Self.isClose(test.difference / test.standardError, -10.034201329588127))
        #expect(Self.isClose(test.degrees, 6.362868864817803))
        #expect(Self.isClose(test.p, 3.917300059430529e-05, 1e-9))
        #expect(Self.isClose(test.interval().lowerBound, -5.538059908993301, 1e-9))
        #expect(Self.isClose(test.interval().upperBound, -3.3905115195781286, 1e-9))
        #expect(Self.isClose(test.effect, -5.156922699980192))
    }

    @Test("single values and constants can't be tested")
    func untestable() {
        let one = Spread(count: 1, mean: 3, variance: 0)
        let constant = Spread(count: 9, mean: 3, variance: 0)
        #expect(MeanComparison(one, Self.a) == nil)
        #expect(MeanComparison(constant, constant) == nil)
        #expect(MeanComparison(constant, Self.a) != nil)
    }

    @Test("the pooled z-test of two shares")
    func shares() throws {
        let test = try #require(ShareComparison((412, 1000), (180, 1000)))
        #expect(Self.isClose(test.p, 6.30028202016546e-30, 1e-9))
        #expect(Self.isClose(test.difference, 0.232))
        #expect(Self.isClose(test.interval.lowerBound, 0.19330095905580436))
        #expect(Self.isClose(test.interval.upperBound, 0.2706990409441956))
        // Fewer than five expected on one side: the normal distribution doesn't fit.
        #expect(ShareComparison((0, 20), (4, 20)) == nil)
        #expect(ShareComparison((20, 20), (20, 20)) == nil)
        #expect(ShareComparison((0, 0), (5, 20)) == nil)
    }

    @Test("what remains without a part")
    func without() throws {
        // All of 1…6 without 5 and 6.
        let all = Spread(count: 6, mean: 3.5, variance: 3.5)
        let rest = try #require(all.without(Spread(count: 2, mean: 5.5, variance: 0.5)))
        #expect(rest.count == 4)
        #expect(Self.isClose(rest.mean, 2.5))
        #expect(Self.isClose(rest.variance, 5.0 / 3))
        #expect(all.without(all) == nil)
    }

    @Test("Holm's correction steps down and never falls")
    func holm() {
        let adjusted = MultipleTests.holm([0.01, 0.04, 0.03, 0.005])
        for (value, golden) in zip(adjusted, [0.03, 0.06, 0.06, 0.02]) {
            #expect(Self.isClose(value, golden))
        }
        #expect(MultipleTests.holm([0.9, 0.8]) == [1, 1])
        #expect(MultipleTests.holm([]) == [])
    }

    @Test("differences of means and of shares are on one scale")
    func standardised() {
        let (low, high) = (
            Spread(count: 9, mean: 1, variance: 3), Spread(count: 9, mean: 3, variance: 1)
        )
        #expect(Self.isClose(StandardisedDifference.of(high, low), 2.0.squareRoot()))
        #expect(Self.isClose(StandardisedDifference.of(0.5, 0.25), 0.25 / 0.21875.squareRoot()))
        #expect(StandardisedDifference.of(1, 0) == 100)
        #expect(StandardisedDifference.of(0.0, 0) == 0)
    }
}
