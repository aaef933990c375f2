import DemoBank
import Foundation
import Testing

/// Targets are the figures of the reference project (REFERENCE_DASHBOARDS.md, 003); those marked
/// otherwise are quantiles of the original file.
@Suite("The credit-card twin is built like the original", .serialized)
struct StructureTests {
    @Test("averages are within 5 %", arguments: [1, 2, 3] as [UInt64])
    func averages(seed: UInt64) throws {
        let table = try Self.table(seed)
        for (column, target) in [
            ("BALANCE_FREQUENCY", 0.8773), ("PURCHASES_FREQUENCY", 0.4904),
            ("CASH_ADVANCE_FREQUENCY", 0.1351), ("TENURE", 11.52),
        ] {
            let ratio = table.mean(column) / target
            #expect((0.95...1.05).contains(ratio), "\(column) \(ratio)")
        }
    }

    // Quantiles of the original file at 25, 50 and 75 %.
    @Test("quartiles are within 20 %", arguments: [1, 2, 3] as [UInt64])
    func quartiles(seed: UInt64) throws {
        let table = try Self.table(seed)
        for (column, targets) in [
            ("BALANCE", [128.28, 873.39, 2054.14]), ("CREDIT_LIMIT", [1600, 3000, 6500]),
            ("PAYMENTS", [383.28, 856.90, 1901.13]),
        ] {
            for (share, target) in zip([0.25, 0.5, 0.75], targets) {
                let ratio = table.quantile(share, of: column) / target
                #expect((0.8...1.2).contains(ratio), "\(column) \(share): \(ratio)")
            }
        }
    }

    @Test(
        "purchase and monetary styles have shares within 4 points",
        arguments: [1, 2, 3] as [UInt64])
    func styles(seed: UInt64) throws {
        let table = try Self.table(seed)
        var purchaseStyles: [String: Int] = [:]
        var monetaryStyles: [String: Int] = [:]
        let parts = ["ONEOFF_PURCHASES", "INSTALLMENTS_PURCHASES", "CASH_ADVANCE"].map(table.index)
        for row in table.rows {
            let amounts = parts.map { Double(row[$0]) ?? .nan }
            let purchases = amounts[0] + amounts[1]
            let spending = purchases + amounts[2]
            let purchaseStyle =
                amounts[0] > 0.8 * purchases
                ? "Oneoff" : amounts[1] > 0.8 * purchases ? "Installments" : "Balanced"
            let monetaryStyle =
                amounts[2] > 0.8 * spending
                ? "Cash" : purchases > 0.8 * spending ? "Retail" : "Mixed"
            purchaseStyles[purchaseStyle, default: 0] += 1
            monetaryStyles[monetaryStyle, default: 0] += 1
        }
        Self.expect(purchaseStyles, near: ["Oneoff": 2488, "Installments": 2628, "Balanced": 3834])
        Self.expect(monetaryStyles, near: ["Cash": 2794, "Retail": 4971, "Mixed": 1185])
    }

    @Test("the planted groups have about the sizes of the reference's segments")
    func groups() throws {
        let folder = TemporaryFolder()
        let written = try CreditCardTwin().write(rows: 8950, seed: 1, to: folder.path)
        let truth = try String(contentsOfFile: written.truthPath, encoding: .utf8)
        var sizes: [String: Int] = [:]
        var starts: [Substring: Substring] = [:]
        for line in truth.split(separator: "\r\n").dropFirst() {
            let fields = line.split(separator: ",")
            sizes[String(fields[1]), default: 0] += 1
            starts[fields[0]] = fields[1]
        }
        Self.expect(
            sizes,
            near: [
                "Low Touch Explorers": 1095, "Transitional Group": 2180,
                "Active Retailers": 3697, "The Liquidity Holdouts": 1978,
            ])
        #expect(
            ["C13448", "C18763", "C11451", "C17883"].map { starts[$0] } == [
                "Low Touch Explorers", "Transitional Group", "Active Retailers",
                "The Liquidity Holdouts",
            ])
    }

    @Test("the four starting customers are typical of their groups")
    func starts() {
        let table = TwinTable.original
        func figures(_ identifier: Substring) -> (buys: Double, draws: Double) {
            let row = table.rows.first { $0[0] == identifier } ?? []
            return (
                Double(row[table.index("PURCHASES_FREQUENCY")]) ?? .nan,
                Double(row[table.index("CASH_ADVANCE_FREQUENCY")]) ?? .nan
            )
        }
        let (explorer, passer) = (figures("C13448"), figures("C18763"))
        let (retailer, holdout) = (figures("C11451"), figures("C17883"))
        #expect(explorer.buys > 0.4 && explorer.draws > 0.15)
        #expect(passer.buys > 0 && passer.buys < 0.3 && passer.draws == 0)
        #expect(retailer.buys >= 0.5 && retailer.draws == 0)
        #expect(holdout.buys == 0 && holdout.draws > 0.15)
    }

    private static func table(_ seed: UInt64) throws -> TwinTable {
        try seed == 1 ? .original : TwinTable(rows: 8950, seed: seed)
    }

    private static func expect(_ counts: [String: Int], near targets: [String: Int]) {
        #expect(Set(counts.keys) == Set(targets.keys))
        for (name, target) in targets {
            let points = Double((counts[name] ?? 0) - target) / 8950 * 100
            #expect(points.magnitude <= 4, "\(name): \(points) points")
        }
    }
}
