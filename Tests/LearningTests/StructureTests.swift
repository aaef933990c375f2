import Columns
import Foundation
import Kernels
import Learning
import Testing

@Suite("Is anything there?")
struct StructureTests {
    private typealias Banks = StructureBanks

    @Test("no natural groups in banks without any", arguments: 0..<3)
    func structureless(bank: Int) throws {
        for kind in Banks.Structureless.allCases where kind != .replicaOfExample {
            let matrix = try Banks.structureless(kind, bank: bank)
            let evidence = try StructureTest(seed: 5).run(matrix, k: 2 + bank)
            #expect(
                evidence.verdict == (kind == .elongatedGaussian ? .usefulCuts : .nothing),
                "\(kind): \(evidence.reason)")
        }
    }

    @Test("planted groups are natural", arguments: [0, 3, 5, 17, 19, 27])
    func planted(bank: Int) throws {
        let bank = try Banks.planted(bank: bank)
        #expect(try Self.agreement(bank) >= 0.8)
        let evidence = try StructureTest(seed: 5).run(bank.matrix, k: bank.k)
        #expect(evidence.verdict == .naturalGroups, "\(evidence.reason)")
        #expect(evidence.p == 0.04)
        #expect(evidence.margin == evidence.observed - evidence.nullMean)
    }

    @Test("no group at all, and numbers for every k, from the same replicas")
    func severalNumbers() throws {
        let matrix = try Banks.structureless(.uniformBox, bank: 1)
        let test = StructureTest(seed: 2, replicas: 6, sampleSize: 400)
        let all = try test.run(matrix, ks: [2, 3, 5])
        #expect(all.map(\.k) == [2, 3, 5])
        #expect(all.map(\.verdict) == [.nothing, .nothing, .nothing])
        #expect(try test.run(matrix, k: 3) == all[1])
        #expect(all[0].rowsTested == 400 && all[0].rows == matrix.rows && all[0].replicas == 6)
        #expect(all[0].reason.hasSuffix("tested on 400 of \(matrix.rows) rows"))
    }

    @Test("a bend is a continuum, though its columns don't correlate")
    func bend() throws {
        let random = RandomNumbers(seed: 3)
        let matrix = Matrix(
            (0..<1500).map { row -> [Double] in
                let along = 4 * random.uniform(2 * row) - 2
                return [along, along * along + 0.1 * random.uniform(2 * row + 1)]
            })
        let evidence = try StructureTest(seed: 1).run(matrix, k: 3)
        #expect(evidence.correlation < 0.1)
        #expect(evidence.verdict != .nothing)
    }

    @Test("threads change no bit, and the evidence comes back from JSON")
    func repeats() throws {
        let matrix = Samples.clouds(rows: 900)
        let test = StructureTest(seed: 9, replicas: 5)
        let one = try test.run(matrix, k: 4)
        #expect(try test.run(matrix, k: 4, work: Work(threads: 3)) == one)
        #expect(try roundTrip(one) == one)
        let json = String(decoding: try JSONEncoder().encode(one), as: UTF8.self)
        #expect(json.contains(#""verdict":"natural_groups""#))
        #expect(json.contains(#""null_mean":"#) && json.contains(#""rows_tested":900"#))
    }

    @Test("categories are no groups: numbers alone are tested where there are any")
    func categories() throws {
        var matrix = try Banks.structureless(.uniformBox, bank: 2)
        let numbers = matrix.columns
        let category = (0..<matrix.rows).map { $0 % 3 }
        let columns =
            (0..<numbers).map { matrix.column($0) }
            + (1...2).map { level in category.map { $0 == level ? 5 : 0 } }
        matrix = Matrix(columns: columns)
        let kinds: [StructureTest.Column] =
            Array(repeating: .number, count: numbers) + [.indicator(of: 0), .indicator(of: 0)]
        let evidence = try StructureTest(seed: 1).run(matrix, columns: kinds, k: 3)
        #expect(evidence.verdict == .nothing)
        #expect(evidence.columnsTested == Array(0..<numbers))
        let alone = try StructureTest(seed: 1).run(
            Matrix(columns: Array(columns[numbers...])), columns: Array(kinds[numbers...]), k: 3)
        #expect(alone.observed == 1 && alone.nullMean == 1 && alone.verdict == .usefulCuts)
    }

    @Test("clouds at the corners of a grid stand apart, and so do humps of a single column")
    func grid() throws {
        let evidence = try StructureTest(seed: 1).run(Samples.clouds(rows: 900), k: 4)
        #expect(evidence.verdict == .naturalGroups && evidence.comparison == .oneHump)
        let random = RandomNumbers(seed: 7)
        for gap in [0, 4] {
            let column = (0..<600).map { Double($0 % 3 * gap) + random.uniform($0) }
            let evidence = try StructureTest(seed: 1).run(Matrix(columns: [column]), k: 3)
            #expect(evidence.verdict == (gap > 0 ? .naturalGroups : .usefulCuts))
        }
    }

    @Test("one column, and none that varies")
    func fewColumns() throws {
        let single = Matrix(columns: [(0..<50).map { Double($0 % 8) }])
        let evidence = try StructureTest().run(single, k: 3)
        #expect(evidence.verdict == .usefulCuts && evidence.margin.magnitude < 0.05)
        let constant = try StructureTest().run(Matrix(rows: 9, columns: 2, repeating: 4), k: 3)
        #expect(constant.verdict == .nothing && constant.columnsTested.isEmpty)
        let pair = try StructureTest().run(Matrix([[1, 2], [3, 4]]), k: 2)
        #expect(pair.verdict == .nothing)
        let duplicates = Matrix((0..<60).map { [Double($0 % 2), Double($0 % 2)] })
        #expect(try StructureTest().run(duplicates, k: 5).observed == 1)
    }

    @Test("what can't be compared is refused")
    func refusals() {
        let matrix = Samples.clouds(rows: 50)
        expectError("k_below_two") { _ = try StructureTest().run(matrix, k: 1) }
        expectError("replicas_below_two") {
            _ = try StructureTest(replicas: 1).run(matrix, k: 2)
        }
        expectError("missing_values") {
            _ = try StructureTest().run(Matrix([[1], [.nan], [2]]), k: 2)
        }
        expectError("interrupted") {
            let work = Work { (_, _) throws(AuroraError) in throw .interrupted }
            _ = try StructureTest().run(matrix, k: 2, work: work)
        }
    }

    /// How well K-Means with the true k and ten restarts finds the planted groups.
    fileprivate static func agreement(_ bank: StructureBanks.Planted) throws -> Double {
        let model = try KMeans(k: bank.k, seed: 1).fit(bank.matrix)
        return try AdjustedRandIndex.measure(model.labels, bank.labels)
    }
}

@Suite(
    "Is anything there, in the reference projects?",
    .enabled(if: Examples.areThere, "the files of ../shared/data are not here"))
struct StructureExamplesTests {
    @Test("003: natural groups", arguments: [0, 1] as [UInt64])
    func cards(seed: UInt64) throws {
        let evidence = try StructureTest(seed: seed).run(try Examples.cards(), k: 4)
        #expect(evidence.verdict == .naturalGroups, "\(evidence.reason)")
        #expect(abs(evidence.observed - 0.392) < 0.02)
        #expect(evidence.rowsTested == 2_500 && evidence.rows == 8_950)
    }

    @Test("001: cuts of a continuum, whatever the k")
    func affluent() throws {
        let (matrix, columns) = try Examples.affluentWithCategories()
        #expect(matrix.rows == 3_906 && matrix.columns == 18)
        let all = try StructureTest(seed: 1).run(
            matrix, columns: columns, ks: [2, 3, 4, 5], work: Work(threads: 2))
        for evidence in all {
            #expect(evidence.verdict == .usefulCuts, "\(evidence.reason)")
            #expect(evidence.columnsTested == [0, 1, 2, 3])
        }
    }

    @Test("no natural groups in copies of the examples that hold none", arguments: 0..<4)
    func replicas(bank: Int) throws {
        let matrix = try StructureBanks.structureless(.replicaOfExample, bank: bank)
        let evidence = try StructureTest(seed: 5).run(matrix, k: 4)
        #expect(evidence.verdict != .naturalGroups, "\(evidence.reason)")
    }
}

/// 200 banks without groups and 200 with them; prints how often each verdict was said.
@Suite(
    "Is anything there, in hundreds of banks?",
    .enabled(
        if: ProcessInfo.processInfo.environment["AURORA_SLOW_TESTS"] != nil,
        "AURORA_SLOW_TESTS is not set"))
struct StructureRatesTests {
    @Test(
        "at most 5 % of a family without groups have some",
        arguments: StructureBanks.Structureless.allCases)
    func structureless(kind: StructureBanks.Structureless) throws {
        guard kind != .replicaOfExample || Examples.areThere else { return }
        var counts: [StructureVerdict: Int] = [:]
        let banks = 50
        for bank in 0..<banks {
            let matrix = try StructureBanks.structureless(kind, bank: bank)
            let k = 2 + bank % 5
            let evidence = try StructureTest(seed: UInt64(bank)).run(matrix, k: k)
            counts[evidence.verdict, default: 0] += 1
            if evidence.verdict == .naturalGroups { print(kind, bank, evidence.reason) }
        }
        print("\(kind): \(counts) of \(banks)")
        #expect(counts[.naturalGroups, default: 0] * 20 <= banks)
    }

    /// What counts as found: our K-Means with the true k agrees with the truth at ARI .8 or more.
    @Test("at least 90 % of planted groups that K-Means finds are natural")
    func planted() throws {
        var (found, natural, lowest) = (0, 0, Double.infinity)
        for number in 0..<200 {
            let bank = try StructureBanks.planted(bank: number)
            guard try StructureTests.agreement(bank) >= 0.8 else { continue }
            found += 1
            let evidence = try StructureTest(seed: UInt64(number)).run(bank.matrix, k: bank.k)
            lowest = min(lowest, evidence.margin)
            if evidence.verdict == .naturalGroups {
                natural += 1
            } else {
                print("planted", number, evidence)
            }
        }
        print("planted: \(natural) natural of \(found) found of 200, lowest margin \(lowest)")
        #expect(found >= 50)
        #expect(natural * 10 >= found * 9)
    }
}
