import Columns
import Kernels
import Learning
import Testing

@Suite("What a reader of groups should know")
struct WarningsTests {
    private let golden = Samples.golden
    private let labels = Samples.goldenLabels

    @Test("η² of the golden rows, as NumPy gives it")
    func etaSquared() throws {
        let expected = [0.9637458918598438, 0.9102945301542777]
        for (column, value) in expected.enumerated() {
            let own = try #require(
                EtaSquared.measure(golden.column(column), labels: labels, groups: 3))
            #expect(abs(own - value) < 1e-14)
            // Neither an offset nor what is missing matters.
            let moved = golden.column(column).map { $0 + 1e6 } + [.nan, 5]
            let again = try #require(
                EtaSquared.measure(moved, labels: labels + [0, -1], groups: 3))
            #expect(abs(again - value) < 1e-8)
        }
        #expect(EtaSquared.measure([3, 3, 3], labels: [0, 1, 1], groups: 2) == nil)
        #expect(EtaSquared.measure([.nan], labels: [0], groups: 1) == nil)
        #expect(EtaSquared.measure([1, 2, 1, 2], labels: [0, 0, 1, 1], groups: 2) == 0)
    }

    @Test("a segment that is one category, and two of them")
    func categorySegments() throws {
        // Segment "b" is IT but for 1 of 40 rows; "c" is all of Retail; "a" holds the rest.
        let industries = NominalVariable(
            "industry",
            Array(repeating: "IT", count: 39) + ["Health"] + Array(repeating: "Retail", count: 20)
                + Array(repeating: "Health", count: 30) + [nil])
        let segments: [Int32] = (0..<91).map { $0 < 40 ? 1 : $0 < 60 ? 2 : 0 }
        let found = CategorySegments.findings(
            labels: segments, segments: ["a", "b", "c"], categories: [industries])
        #expect(
            found.map(\.code) == [
                "segment_is_category", "segment_is_category", "segment_is_category",
                "degenerate_segmentation",
            ])
        #expect(
            found[1].message
                == "degenerate: 'b' is the category IT of industry (98 % of the segment, "
                + "100 % of the category)")
        #expect(found[1]["share_of_segment"] == 39.0 / 40)
        #expect(found[3].message.hasPrefix("degenerate: 3 of 3 segments (a, b, c)"))
        #expect(try roundTrip(found) == found)
    }

    @Test("mixed segments, and a variable of one level, are no finding")
    func mixedSegments() {
        // 94 of 100 of the segment, then all of the segment but 94 of 100 of the level.
        let impure = NominalVariable(
            "x", Array(repeating: "p", count: 94) + Array(repeating: "q", count: 106))
        let half: [Int32] = (0..<200).map { $0 < 100 ? 0 : 1 }
        #expect(
            CategorySegments.findings(labels: half, segments: ["1", "2"], categories: [impure])
                .isEmpty)
        let constant = NominalVariable("x", Array(repeating: "p", count: 200))
        let whole = [Int32](repeating: 0, count: 200)
        #expect(
            CategorySegments.findings(labels: whole, segments: ["1"], categories: [constant])
                .isEmpty)
        let one = NominalVariable(
            "x", Array(repeating: "p", count: 100) + (0..<100).map { $0 < 50 ? "q" : "r" })
        #expect(
            CategorySegments.findings(labels: half, segments: ["1", "2"], categories: [one])
                .map(\.code) == ["segment_is_category"])
    }

    @Test("one feature separates the groups, and two don't")
    func loneFeature() {
        let one = Matrix(columns: [
            (0..<40).map { Double($0 / 20 * 9 + $0 % 2) }, (0..<40).map { Double($0 % 4) },
        ])
        let groups: [Int32] = (0..<40).map { Int32($0 / 20) }
        let found = GroupShape.loneFeature(one, features: ["a", "b"], labels: groups, groups: 2)
        #expect(found.map(\.code) == ["one_feature_separates"])
        // Between 40 · 4.5² = 810, within 40 · 0.5² = 10.
        #expect(abs((found[0]["eta_squared"] ?? 0) - 810.0 / 820) < 1e-12)
        #expect(found[0]["next"] == 0)
        #expect(
            GroupShape.loneFeature(golden, features: ["a", "b"], labels: labels, groups: 3).isEmpty)
        let alone = Matrix(columns: [one.column(0)])
        #expect(
            GroupShape.loneFeature(alone, features: ["a"], labels: groups, groups: 2).isEmpty)
    }

    @Test("a segment of more than four fifths")
    func giant() {
        let found = GroupShape.giant(sizes: [81, 19], segments: ["x", "y"], rows: 100)
        #expect(found.map(\.code) == ["giant_segment"])
        #expect(found[0]["share"] == 0.81)
        #expect(GroupShape.giant(sizes: [80, 20], segments: ["x", "y"], rows: 100).isEmpty)
    }

    @Test("features that say the same, and a column that rules the distance")
    func features() {
        let x = (0..<50).map { Double($0 * 7 % 50) }
        let y = x.map { 5 - $0 + ($0.truncatingRemainder(dividingBy: 2)) }
        let z = (0..<50).map { Double($0) }
        let matrix = Matrix(columns: [x, y, z, x.map { _ in 1 }])
        let names = ["x", "y", "z", "c"]
        let found = FeatureChecks.correlated(matrix, features: names)
        #expect(found.map(\.code) == ["features_correlated"])
        #expect(found[0].message.hasPrefix("'x' and 'y' are counted twice"))
        let r = Correlation.pearson(x, y) ?? 0
        #expect(abs((found[0]["r"] ?? 0) - r) < 1e-12)
        #expect(r < -0.99)
        #expect(FeatureChecks.scale(matrix, features: names).isEmpty)
        let money = Matrix(columns: [x, z.map { $0 * 3 }])
        let rules = FeatureChecks.scale(money, features: ["x", "money"])
        #expect(rules.map(\.code) == ["one_column_rules_distance"])
        // Of equal values in another order, tripled: 9 of 10.
        #expect(abs((rules[0]["share"] ?? 0) - 0.9) < 1e-12)
        #expect(FeatureChecks.scale(Matrix(columns: [x]), features: ["x"]).isEmpty)
    }

    @Test("association with an outcome: AUC, η², r² and τ, as scikit-learn and NumPy give them")
    func association() throws {
        let outcome = NominalVariable(
            "left", codes: [0, 0, 0, 0, 1, 0, 1, 1, 0, 1, 1, 1], levels: ["no", "yes"])
        let (x, y) = (
            NumericVariable("x", golden.column(0)), NumericVariable("y", golden.column(1))
        )
        let groups = NominalVariable("group", codes: labels, levels: ["a", "b", "c"])
        let table = [[50, 10, 25], [8, 40, 12], [2, 15, 18]]
        var codes: ([Int32], [Int32]) = ([], [])
        for (row, counts) in table.enumerated() {
            for (column, count) in counts.enumerated() {
                codes.0 += Array(repeating: Int32(row), count: count)
                codes.1 += Array(repeating: Int32(column), count: count)
            }
        }
        let levels = ["a", "b", "c"]
        let cases: [(OutcomeLeak.Variable, OutcomeLeak.Variable, String, Double)] = [
            (.numeric(x), .nominal(outcome), "AUC", 0.7777777777777779),
            (.numeric(y), .nominal(outcome), "AUC", 0.8055555555555557),
            (.numeric(x), .nominal(groups), "η²", 0.9637458918598438),
            (.nominal(groups), .numeric(y), "η²", 0.9102945301542777),
            (.numeric(x), .numeric(y), "r²", 0.11726456116879494 * 0.11726456116879494),
            (
                .nominal(.init("t", codes: codes.0, levels: levels)),
                .nominal(.init("u", codes: codes.1, levels: levels)), "τ", 0.19709567353623572
            ),
        ]
        for (feature, outcome, measure, value) in cases {
            let own = try #require(OutcomeLeak.association(feature, outcome))
            #expect(own.measure == measure)
            #expect(abs(own.value - value) < 1e-13)
        }
        let found = OutcomeLeak.findings(
            features: [.numeric(x), .numeric(y)], outcome: .nominal(groups))
        #expect(found.map(\.code) == ["feature_determines_outcome"])
        #expect(found[0].message.hasPrefix("'x' nearly determines 'group': η² 0.964"))
    }

    @Test("a feature that falls with the outcome, or is missing in part, is a leak as well")
    func leaks() throws {
        let outcome = OutcomeLeak.Variable.nominal(
            .init("left", codes: [1, 1, 0, 0, -1], levels: ["no", "yes"]))
        let falling = OutcomeLeak.Variable.numeric(.init("f", [1, 2, 3, .nan, 0]))
        #expect(OutcomeLeak.association(falling, outcome)?.value == 1)
        #expect(OutcomeLeak.findings(features: [falling], outcome: outcome).count == 1)
        let constant = OutcomeLeak.Variable.numeric(.init("c", [1, 1, 1, 1, 1]))
        #expect(OutcomeLeak.association(constant, outcome)?.value == 0.5)
        #expect(OutcomeLeak.association(outcome, outcome)?.value == 1)
    }

    @Test("an inertia that other starts beat, and starts that disagree")
    func localOptimum() {
        let poor = LocalOptimum.findings(kept: 101, others: [100, 100.05, 100.2])
        #expect(poor.map(\.code) == ["poor_local_optimum"])
        #expect(abs((poor[0]["excess"] ?? 0) - 0.01) < 1e-12)
        #expect(
            poor[0].message
                == "poor local optimum: the inertia is 101.00, but the best of 3 other starts "
                + "reached 100.00: it is 1.00 % too high")
        #expect(LocalOptimum.findings(kept: 100.1, others: [100, 100]).isEmpty)
        let apart = LocalOptimum.findings(kept: 100, others: [100, 101, 102])
        #expect(apart.map(\.code) == ["restarts_disagree"])
        #expect(apart[0]["agreeing"] == 1.0 / 3)
        #expect(LocalOptimum.findings(kept: 100, others: [110]).isEmpty)
        #expect(LocalOptimum.findings(kept: 100, others: []).isEmpty)
    }

    @Test("a given start that is stuck is compared with fresh ones")
    func givenStart() throws {
        let matrix = Samples.separate(rows: 300)
        // Two centres in one cloud and one between the other two.
        let start = Matrix([[-1, 0], [1, 0], [6, 6]])
        let stuck = KMeans(k: 3, start: .centroids(start))
        let found = try LocalOptimum.findings(of: stuck.fit(matrix), by: stuck, on: matrix)
        #expect(found.map(\.code) == ["poor_local_optimum"])
        #expect(found[0]["starts"] == 20)
        let free = KMeans(k: 3)
        #expect(try LocalOptimum.findings(of: free.fit(matrix), by: free, on: matrix).isEmpty)
    }
}
