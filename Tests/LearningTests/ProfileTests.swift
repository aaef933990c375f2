import Columns
import Kernels
import Learning
import Testing

/// Worked out with NumPy and SciPy 1.17.1 by the formulas of METHODS.md section 8.
@Suite("Profiles of groups")
struct ProfileTests {
    static func isClose(_ value: Double, _ golden: Double, _ tolerance: Double = 1e-13) -> Bool {
        AgreementTests.isClose(value, golden, tolerance)
    }

    struct Golden: Sendable {
        let mean, deviation, vTest, d: Double
    }

    @Test(
        "v-test, η² and Cohen's d of the sample of section 10",
        arguments: [
            (
                0, 0.9637458918598438,
                [
                    Golden(
                        mean: 1.05, deviation: 0.20816659994661327, vTest: -2.886936227007485,
                        d: -3.4241706291165097),
                    Golden(
                        mean: 5.025, deviation: 0.25, vTest: 0.13958812526190126,
                        d: 0.08157418632084769),
                    Golden(
                        mean: 8.45, deviation: 1.1269427669584646, vTest: 2.7473481017455854,
                        d: 2.8634460051090906),
                ]
            ),
            (
                1, 0.9102945301542777,
                [
                    Golden(
                        mean: 0.975, deviation: 0.2217355782608345, vTest: -1.947184827322038,
                        d: -1.404433646337001),
                    Golden(
                        mean: 5.15, deviation: 0.288675134594813, vTest: 3.133750581471406,
                        d: 5.587420243292105),
                    Golden(
                        mean: 1.6, deviation: 1.0954451150103324, vTest: -1.1865657541493666,
                        d: -0.741910404528865),
                ]
            ),
        ] as [(Int, Double, [Golden])])
    func numbers(column: Int, eta: Double, golden: [Golden]) throws {
        let profile = try NumberProfile(
            Samples.golden.column(column), labels: Samples.goldenLabels, groups: 3)
        #expect(Self.isClose(try #require(profile.etaSquared), eta, 1e-13))
        for (group, expected) in zip(profile.groups, golden) {
            #expect(group.count == 4)
            #expect(Self.isClose(try #require(group.mean), expected.mean))
            #expect(Self.isClose(try #require(group.standardDeviation), expected.deviation, 1e-12))
            #expect(Self.isClose(try #require(group.vTest), expected.vTest, 1e-12))
            #expect(Self.isClose(try #require(group.cohensD), expected.d, 1e-12))
        }
        #expect(try roundTrip(profile) == profile)
    }

    @Test("missing values and rows of no group are left out; constants have no effect")
    func incomplete() throws {
        let profile = try NumberProfile(
            [1, .nan, 3, 100, 7, 9], labels: [0, 0, 0, -1, 1, 1], groups: 3)
        let plain = try NumberProfile([1, 3, 7, 9], labels: [0, 0, 1, 1], groups: 3)
        #expect(profile.groups == plain.groups)
        #expect(profile.etaSquared == plain.etaSquared)
        #expect(profile.missing == 1)
        #expect(profile.count == 4)
        #expect(profile.mean == 5)
        #expect(profile.groups[2].mean == nil)
        #expect(profile.groups[2].cohensD == nil)
        // d by hand: (2 − 8) / √((2 + 2) / 2).
        #expect(Self.isClose(try #require(profile.groups[0].cohensD), -6 / 2.0.squareRoot()))
        let constant = try NumberProfile([4, 4, 4], labels: [0, 1, 1], groups: 2)
        #expect(constant.etaSquared == nil)
        #expect(constant.groups[0].vTest == nil)
        let alone = try NumberProfile([4, 5, 6], labels: [0, 0, 0], groups: 1)
        #expect(alone.groups[0].vTest == nil)
        #expect(alone.etaSquared == 0)
        let empty = try NumberProfile([.nan], labels: [0], groups: 1)
        #expect(empty.mean == nil)
    }

    @Test("the same bits on any number of threads")
    func threads() throws {
        let matrix = Samples.clouds(rows: 5000)
        let labels = (0..<5000).map { Int32($0 % 3) }
        let one = try NumberProfile(matrix.column(0), labels: labels, groups: 3)
        let four = try NumberProfile(
            matrix.column(0), labels: labels, groups: 3, work: Work(threads: 4))
        #expect(one == four)
    }

    @Test("lift and hypergeometric v-test of levels")
    func levels() throws {
        let profile = CategoryProfile(AgreementTests.table)
        let golden = [
            [
                (6.893367173869321, 1.7647058823529413), (-6.495806555193293, 0.3257918552036199),
                (-0.15177753725196402, 0.9625668449197861),
            ],
            [
                (-4.019627829260408, 0.4), (5.853845454427697, 1.846153846153846),
                (-2.0328357570327826, 0.6545454545454545),
            ],
            [
                (-4.019202656027566, 0.17142857142857143), (0.7344568422203669, 1.1868131868131868),
                (2.7114969944681917, 1.6831168831168828),
            ],
        ]
        for group in 0..<3 {
            for level in 0..<3 {
                let cell = profile.groups[group][level]
                #expect(Self.isClose(try #require(cell.vTest), golden[group][level].0, 1e-9))
                #expect(Self.isClose(try #require(cell.lift), golden[group][level].1))
            }
        }
        #expect(profile.groups[0][0].share == 50 / 85.0)
        #expect(profile.shares == [60, 65, 55].map { (rows: Double) in rows / 180 })
        #expect(Self.isClose(try #require(profile.cramersV), 0.43747775160742636))
        #expect(try roundTrip(profile) == profile)
    }

    @Test("what is sure beyond all doubles still has an order, and what is impossible has none")
    func extremes() throws {
        let profile = CategoryProfile(ContingencyTable([[9000, 100, 0], [200, 90_000, 0]]))
        let (first, second) = (profile.groups[0][0], profile.groups[1][0])
        let v = try #require(first.vTest)
        #expect(v > 200 && v.isFinite)
        #expect(Self.isClose(try #require(second.vTest), -v, 1e-9))
        #expect(profile.groups[0][2].vTest == nil)
        #expect(profile.groups[0][2].lift == nil)
        let missing = try CategoryProfile([0, -1, 1], levels: 2, labels: [0, 0, 1], groups: 2)
        #expect(missing.leftOut == 1)
        #expect(missing.count == 2)
    }

    // SciPy's root of log_ndtr.
    @Test(
        "normal quantiles of logarithms",
        arguments: [
            (-0.7, 0.008559478582479475), (-1, 0.3374749637642022), (-3, 1.646921720527714),
            (-10, 3.9139462405318954), (-50, 9.674825283612355), (-500, 31.484299775628827),
            (-20_000, 199.96891195656553),
        ])
    func quantiles(logTail: Double, golden: Double) {
        #expect(abs(Tails.normalQuantile(logTail: logTail) - golden) < 1e-10 * max(1, golden))
    }
}
