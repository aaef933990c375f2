import Columns
import Kernels
import Learning
import Testing

@Suite("A range of k and its jury")
struct JuryTests {
    /// A table whose figures for k = 1, 2, … are given by hand.
    private func table(
        inertias: [Double], gaps: [Double] = [], strengths: [Double?] = [], bic: [Double] = [],
        repeatability: [Double] = []
    ) -> KSweep.Table {
        let rows = inertias.indices.map { place in
            var row = KSweep.Row(
                k: place + 1, inertia: inertias[place], agreeing: 1, validity: nil,
                repeatability: place < repeatability.count ? repeatability[place] : nil,
                smallestShare: 0.1)
            if place < gaps.count {
                row.gap = .init(k: place + 1, gap: gaps[place], deviation: 0.01)
            }
            row.predictionStrength = place < strengths.count ? strengths[place] : nil
            row.bic = place < bic.count ? bic[place] : nil
            return row
        }
        return .init(rows: rows, gapRows: nil, predictionRows: nil, measuredRows: 100)
    }

    @Test("votes are weighed, and who differs is named")
    func verdict() {
        let jury = Jury(
            table(
                inertias: [80, 70, 60, 50, 40], gaps: [0, 0.1, 0.5, 0.4, 0.4],
                strengths: [1, 0.9, 0.85, 0.5, 0.3], bic: [900, 850, 800, 790, 795],
                repeatability: [1, 0.9, 0.8, 0.7, 0.7]))
        #expect(jury.recommendation == 3)
        #expect(jury.support == 2.5 / 4)
        #expect(jury.summary == "k = 3, with 2.5 of 4.0 votes")
        #expect(jury.dissent == "elbow none, BIC 4")
        #expect(jury.opinions.count == 5)
        #expect(
            jury.opinions.map(\.reason) == [
                "the inertia falls without a bend",
                "0.500 is at least the next, 0.400, less 0.010", "lowest: 790",
                "the largest k of at least 0.75: 0.80", "the largest k of at least 0.80: 0.85",
            ])
    }

    @Test("it recommends none where most see no groups, or no k has a third of the votes")
    func none() {
        let nothing = Jury(
            table(
                inertias: [80, 70, 60, 50, 40], gaps: [0, -0.1, -0.2, -0.3, -0.4],
                strengths: [1, 0.6, 0.5, 0.4, 0.3], bic: [800, 810, 805, 820, 830],
                repeatability: [1, 0.99, 0.5, 0.4, 0.4]))
        #expect(nothing.recommendation == nil)
        #expect(
            nothing.summary == "no k: 3.5 of 4.0 votes see no groups; k = 2 has 0.5")
        #expect(nothing.dissent == "repeatability 2")
        let split = Jury(
            table(
                inertias: [100, 40, 30, 25, 20, 16], gaps: [0, 0.1, 0.5, 0.4, 0.4],
                strengths: [1, 0.9, 0.7, 0.6, 0.85], bic: [900, 850, 800, 790, 795],
                repeatability: [1, 0.9, 0.8, 0.8, 0.8, 0.9]))
        #expect(split.recommendation == nil)
        #expect(
            split.summary
                == "no k: the criteria disagree; the strongest, k = 3, has 1.0 of 3.5 votes")
        #expect(split.dissent == "elbow 2, gap 3, BIC 4, prediction strength 5")
        #expect(split.opinions.first { $0.criterion == .repeatability }?.weight == 0)
        #expect(Jury(table(inertias: [])).summary == "no criterion could be measured")
    }

    @Test("the best at the largest k is no peak")
    func edge() {
        let jury = Jury(table(inertias: [9, 8], bic: [900, 850]))
        #expect(jury.recommendation == nil)
        #expect(
            jury.opinions.map(\.reason)
                == ["lowest: 850 at the largest k tried, so no peak is seen"])
    }

    @Test("three clouds: every figure of the table, and the jury's choice")
    func clouds() throws {
        let matrix = Samples.separate(rows: 300)
        let labels = try KMeans(k: 3, seed: 2).fit(matrix).labels
        let sweep = KSweep(
            2...6, kMeans: KMeans(k: 1, seed: 2, restarts: 4), gap: GapStatistic(restarts: 1),
            predictionStrength: PredictionStrength(splits: 5, restarts: 1),
            stability: ClusterwiseJaccard(replicates: 20))
        let table = try sweep.measure(
            matrix,
            outcomes: [
                NumericVariable("group", labels.map { Double($0) }),
                NumericVariable("constant", labels.map { _ in 7 }),
            ], bic: [3: -5])
        #expect(table.rows.map(\.k) == [1, 2, 3, 4, 5, 6])
        let three = table.rows[2]
        let validity = try Validity.measure(matrix, labels: labels, groups: 3)
        #expect(three.silhouette?.mean == validity.silhouette?.mean)
        #expect(three.calinskiHarabasz == validity.calinskiHarabasz)
        #expect(three.daviesBouldin == validity.daviesBouldin)
        #expect(abs(three.inertia / validity.within - 1) < 1e-12)
        #expect(three.agreeing == 1)
        #expect(three.predictionStrength == 1)
        #expect(three.repeatability == 1)
        #expect(three.smallestShare > 0.25)
        #expect(three.explained[0].share == 1)
        #expect(three.explained[1].share == nil)
        #expect(three.bic == -5)
        #expect(table.rows[0].silhouette == nil)
        #expect(try #require(table.rows[5].repeatability) < 0.9)
        let jury = Jury(table)
        #expect(jury.recommendation == 3)
        #expect(try roundTrip(table) == table)
        #expect(try roundTrip(jury) == jury)
        #expect(
            try sweep.measure(matrix, work: Work(threads: 2)).rows[4].repeatability
                == table.rows[4].repeatability)
    }

    @Test("one cloud: no k is recommended")
    func oneCloud() throws {
        let sweep = KSweep(
            2...6, kMeans: KMeans(k: 1, seed: 2, restarts: 4), gap: GapStatistic(restarts: 1),
            predictionStrength: PredictionStrength(splits: 5, restarts: 1),
            stability: ClusterwiseJaccard(replicates: 20))
        let jury = Jury(try sweep.measure(Samples.clouds(rows: 400, groups: 1)))
        #expect(jury.recommendation == nil)
        #expect(jury.opinions.first { $0.criterion == .gap }?.k == 1)
    }

    @Test("the caller's refits are used, and given centroids are refused")
    func options() throws {
        var sweep = KSweep(
            2...2, kMeans: KMeans(k: 1), gap: nil, predictionStrength: nil,
            stability: ClusterwiseJaccard(replicates: 3))
        let refit: KSweep.Refit = { _ in
            { (rows, _) throws(AuroraError) in rows.map { _ in 0 } }
        }
        let table = try sweep.measure(Samples.golden, refit: refit)
        #expect(try #require(table.rows[1].repeatability) < 0.8)
        #expect(table.gapRows == nil)
        sweep.kMeans.start = .centroids(Matrix([[0, 0]]))
        expectError("sweep_start") { _ = try sweep.measure(Samples.golden) }
    }
}
