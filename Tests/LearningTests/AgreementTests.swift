import Columns
import Kernels
import Learning
import Testing

/// Golden values of METHODS.md section 10, scikit-learn 1.9.1 and SciPy 1.17.1.
@Suite("Agreement of two groupings")
struct AgreementTests {
    static let table = ContingencyTable([[50, 10, 25], [8, 40, 12], [2, 15, 18]])

    static func isClose(_ value: Double, _ golden: Double, _ tolerance: Double = 1e-13) -> Bool {
        value == golden || abs(value - golden) <= tolerance * max(1e-300, abs(golden))
    }

    @Test("golden values of section 10")
    func golden() throws {
        let agreement = Agreement(Self.table)
        #expect(Self.isClose(agreement.adjustedRandIndex, 0.20099430574732574))
        #expect(Self.isClose(agreement.normalizedMutualInformation, 0.19124668805277603))
        #expect(Self.isClose(agreement.vMeasure, 0.19124668805277606))
        #expect(Self.isClose(agreement.adjustedMutualInformation, 0.18258624052760186))
        #expect(Self.isClose(agreement.homogeneity, 0.19652568124301517))
        #expect(Self.isClose(agreement.completeness, 0.186243880428415))
        #expect(Self.isClose(agreement.mutualInformation, 0.20417819526147787))
        #expect(Self.isClose(agreement.fowlkesMallows, 0.4803618095561755))
        #expect(Self.isClose(Self.table.expectedMutualInformation, 0.011311334056034673))
        #expect(agreement.rows == 180)
        #expect(try roundTrip(agreement) == agreement)
        #expect(try roundTrip(Self.table) == Self.table)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let table: [[Int]]
        let ami, homogeneity, completeness, v, fm: Double
        var testDescription: String { "\(table)" }
    }

    @Test(
        "other tables",
        arguments: [
            Case(
                table: [[3, 0], [1, 4]], ami: 0.5000871464055464, homogeneity: 0.5749951688786841,
                completeness: 0.5487949406953986, v: 0.5615896365639194, fm: 0.7205766921228921),
            Case(
                table: [[1, 2, 3], [4, 5, 6]], ami: -0.064989503842519,
                homogeneity: 0.011551935672834062, completeness: 0.006452896498690733,
                v: 0.00828038212699636, fm: 0.3903372696522867),
            Case(
                table: [[5000, 4000, 1], [300, 200, 7000]], ami: 0.6453524439986468,
                homogeneity: 0.8270100639101525, completeness: 0.5291593965857542,
                v: 0.6453767897546062, fm: 0.7903023445563802),
            Case(table: [[4, 0], [0, 4]], ami: 1, homogeneity: 1, completeness: 1, v: 1, fm: 1),
            Case(
                table: [[3, 3]], ami: 0, homogeneity: 1, completeness: 0, v: 0,
                fm: 0.6324555320336759),
            Case(
                table: [[1, 0, 0], [0, 1, 0], [0, 0, 1]], ami: 1, homogeneity: 1, completeness: 1,
                v: 1, fm: 0),
            Case(table: [[7]], ami: 1, homogeneity: 1, completeness: 1, v: 1, fm: 1),
        ])
    func tables(_ example: Case) {
        let agreement = Agreement(ContingencyTable(example.table))
        #expect(Self.isClose(agreement.adjustedMutualInformation, example.ami, 1e-11))
        #expect(Self.isClose(agreement.homogeneity, example.homogeneity))
        #expect(Self.isClose(agreement.completeness, example.completeness))
        #expect(Self.isClose(agreement.vMeasure, example.v))
        #expect(Self.isClose(agreement.normalizedMutualInformation, example.v))
        #expect(Self.isClose(agreement.fowlkesMallows, example.fm))
    }

    @Test("neither names nor sides of the groupings matter to the symmetric figures")
    func symmetric() {
        let turned = ContingencyTable([[12, 18, 25], [8, 2, 50], [40, 15, 10]].map { $0 })
        let other = ContingencyTable([[25, 50, 10], [18, 2, 15], [12, 8, 40]])
        let (first, second) = (Agreement(turned), Agreement(other))
        #expect(Self.isClose(first.adjustedMutualInformation, second.adjustedMutualInformation))
        #expect(Self.isClose(first.adjustedRandIndex, second.adjustedRandIndex))
        #expect(Self.isClose(first.homogeneity, second.completeness))
    }

    @Test("rows of no group are left out, and counted")
    func noise() throws {
        let table = try ContingencyTable([0, 1, -1, 1, 0], [1, 0, 0, -1, 1], rows: 3)
        #expect(table.counts == [0, 2, 1, 0, 0, 0])
        #expect(table.leftOut == 2)
        #expect(table.rowTotals == [2, 1, 0])
        #expect(Agreement(table).adjustedRandIndex == 1)
        expectError("no_rows") { _ = try ContingencyTable([-1, 0], [0, -1]) }
        expectError("rows_differ") { _ = try ContingencyTable([0], [0, 1]) }
    }

    @Test("Jaccard, lift and expected counts of the cells")
    func cells() {
        let golden = [
            [0.5263, 0.0714, 0.2174], [0.0714, 0.4706, 0.1165], [0.0215, 0.1765, 0.25],
        ]
        let jaccard = Self.table.jaccard
        for row in 0..<3 {
            for column in 0..<3 { #expect(abs(jaccard[row, column] - golden[row][column]) < 5e-5) }
        }
        #expect(Self.isClose(Self.table.expected[0, 0], 85 * 60 / 180.0))
        #expect(Self.isClose(Self.table.lift[0, 0], 50 / (85 * 60 / 180.0)))
        #expect(ContingencyTable([[1, 0], [2, 0]]).lift[0, 1].isNaN)
        #expect(ContingencyTable([[1, 0], [2, 0]]).jaccard[0, 1] == 0)
    }
}
