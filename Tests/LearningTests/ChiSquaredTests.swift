import Columns
import Kernels
import Learning
import Testing

/// Golden values of METHODS.md section 10 and SciPy 1.17.1.
@Suite("Association of two groupings")
struct ChiSquaredTests {
    static let isClose = AgreementTests.isClose

    @Test("golden values of section 10")
    func golden() throws {
        let test = AgreementTests.table.chiSquaredTest()
        #expect(Self.isClose(test.statistic, 68.89924193453605, 1e-13))
        #expect(test.degrees == 4)
        #expect(Self.isClose(test.p, 3.875531813306248e-14, 1e-11))
        #expect(test.replicates == nil)
        #expect(Self.isClose(try #require(test.cramersV), 0.43747775160742636, 1e-13))
        #expect(Self.isClose(try #require(test.biasCorrectedV), 0.4269073794685754, 1e-13))
        #expect(Self.isClose(test.likelihoodRatio, 73.50415029413205, 1e-12))
        #expect(Self.isClose(test.likelihoodRatioP, 4.127788093043413e-15, 1e-10))
        #expect(try roundTrip(test) == test)
    }

    @Test("adjusted residuals of section 10")
    func residuals() {
        let golden = [
            [6.8622, -6.4326, -0.3151], [-4.0249, 6.035, -2.1739], [-3.8619, 0.9258, 2.9868],
        ]
        let residuals = AgreementTests.table.adjustedResiduals
        for row in 0..<3 {
            for column in 0..<3 {
                #expect(abs(residuals[row, column] - golden[row][column]) < 5e-5)
            }
        }
        #expect(ContingencyTable([[3, 4]]).adjustedResiduals[0, 0].isNaN)
    }

    @Test(
        "the tail of χ²",
        arguments: [
            (0.0, 3, 1.0), (1, 1, 0.31731050786291115), (3.84, 1, 0.05004352124870519),
            (10, 4, 0.04042768199451279), (50, 60, 0.8178960840225449),
            (200, 100, 1.1784500720979781e-08), (1000, 3, 1.7994208765314067e-216),
            (0.01, 7, 0.999999999243059), (1e-5, 1, 0.9974768716831944),
            (2500, 2400, 0.07587291154280836), (1e4, 9000, 3.031801838549065e-13),
        ])
    func tail(x: Double, degrees: Int, golden: Double) {
        #expect(Self.isClose(Tails.chiSquared(x, degrees: degrees), golden, 1e-10))
    }

    @Test("small tables get their p from random tables with the same totals")
    func simulated() {
        // The only tables as far from chance have 8 or 2 … in the first cell: Fisher's exact p.
        let table = ContingencyTable([[8, 2], [1, 5]])
        let test = table.chiSquaredTest(replicates: 20_000, seed: 3)
        #expect(test.replicates == 20_000)
        #expect(abs(test.p - 0.034965034965034975) < 0.004)
        #expect(table.chiSquaredTest(replicates: 20_000, seed: 3) == test)
        #expect(table.chiSquaredTest(replicates: 20_000, seed: 4).p != test.p)
    }

    @Test("random tables keep the totals and are as likely as chance makes them")
    func randomTables() {
        let table = ContingencyTable([[3, 4, 2], [900, 0, 1], [2, 2, 5]])
        var sum = 0.0
        let draws = 4000
        for step in 0..<draws {
            let counts = table.randomCounts(RandomNumbers(seed: 5, step: step))
            let drawn = ContingencyTable((0..<3).map { Array(counts[$0 * 3..<$0 * 3 + 3]) })
            #expect(drawn.rowTotals == table.rowTotals)
            #expect(drawn.columnTotals == table.columnTotals)
            sum += Double(counts[1])
        }
        // Of the hypergeometric distribution of 9 rows among 919, 6 of them marked.
        let mean = 9.0 * 6 / 919
        let deviation = (mean * (1 - 6.0 / 919) * (910.0 / 918)).squareRoot()
        #expect(abs(sum / Double(draws) - mean) < 4 * deviation / Double(draws).squareRoot())
    }

    @Test("groups without rows change nothing, and one group is not enough")
    func degenerate() {
        let test = ContingencyTable([[50, 0, 25], [0, 0, 0], [20, 0, 18]]).chiSquaredTest()
        #expect(test == ContingencyTable([[50, 25], [20, 18]]).chiSquaredTest())
        #expect(test.degrees == 1)
        let one = ContingencyTable([[3, 4]]).chiSquaredTest()
        #expect(one.p == 1)
        #expect(one.cramersV == nil)
        #expect(one.biasCorrectedV == nil)
        #expect(one.replicates == nil)
    }

    // SciPy's hypergeom.logsf(x − 1) and logcdf(x).
    @Test(
        "hypergeometric tails",
        arguments: [
            (100, 30, 20, 12, -6.3031063485924586, -0.00030723921110557584),
            (100, 30, 20, 2, -0.0038628120047156786, -3.7862203759308626),
            (1000, 200, 100, 60, -46.329738544317934, 0),
            (100_000, 3000, 20_000, 2000, -1600.8125015053179, 0),
            (10, 3, 5, 3, -2.484906649788, 0),
            (200_000, 50_000, 80_000, 10_000, 0, -5948.666284459292),
        ])
    func hypergeometric(
        total: Int, marked: Int, drawn: Int, x: Int, upper: Double, lower: Double
    ) {
        let chance = Hypergeometric(total: total, marked: marked, drawn: drawn)
        #expect(abs(chance.logUpperTail(x) - upper) < 1e-9 * max(1, -upper))
        #expect(abs(chance.logLowerTail(x) - lower) < 1e-9 * max(1, -lower))
        let mean = Double(marked) * Double(drawn) / Double(total)
        #expect(Self.isClose(chance.mean { Double($0) }, mean, 1e-12))
    }
}
