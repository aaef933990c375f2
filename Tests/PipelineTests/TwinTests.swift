import Columns
import DemoBank
import Foundation
import Query
import Reporting
import Runs
import TestProjects
import Testing
import Workspace

/// Each example, as it stands, on its synthetic twin. What it finds is compared with the twin's
/// parameters, never with rows of an original.
@Suite("Examples run on their twins")
struct TwinTests {
    static let runs = Dictionary(
        uniqueKeysWithValues: Twins.all.map { ($0.name, OnlyTwinRun($0)) })

    private func run(_ name: String) async throws -> ReferenceRun {
        try await #require(Self.runs[name]).value
    }

    @Test("without an error, labelled synthetic, with every page", arguments: Twins.all.map(\.name))
    func runs(name: String) async throws {
        let run = try await run(name)
        #expect(run.record.isSynthetic)
        for input in run.record.inputs {
            #expect(input.isSynthetic, "\(input.source)")
            #expect(input.quarantined == 0, "\(input.source)")
        }
        try await run.expectPagesAnswer()
    }

    @Test("what is told of the originals' figures says so", arguments: Twins.all.map(\.name))
    func originals(name: String) throws {
        var diagnostics: [Diagnostic] = []
        let project = try Project.read(
            TestProject.home.appending(path: "Examples/\(name)"), &diagnostics)
        let number = /\d,\d{3}|\b\d+ (customers|clients|cards|rows|ids|latitudes)\b/
        for (path, text) in project.folder.texts {
            let parts = text.split(separator: "- text:", omittingEmptySubsequences: false)
            for part in parts.dropFirst() {
                #expect(part.contains("Of the published data."), "\(path)")
            }
            for line in parts[0].split(separator: "\n") where line.contains(number) {
                #expect(line.contains("published"), "\(path): \(line)")
            }
        }
    }

    /// A figure of the run, as a fraction of what the parameters say.
    struct Figure: Sendable, CustomTestStringConvertible {
        var twin: String
        var measures: [String]
        var planted: [String]
        var tolerance: Double
        var testDescription: String { "\(twin): \(measures.joined(separator: " / "))" }

        /// - Parameter measures: one, or two of which the first is divided by the second.
        init(_ twin: String, _ measures: String..., planted: String..., within tolerance: Double) {
            self.twin = twin
            self.measures = measures
            self.planted = planted
            self.tolerance = tolerance
        }
    }

    @Test(
        "figures lie near what the parameters say",
        arguments: [
            Figure(
                "banking", "total_loan", "clients",
                planted: "mean Bank Loans", "mean Business Lending", "mean Credit Card Balance",
                within: 0.05),
            Figure(
                "banking", "total_deposit", "clients", planted: "mean of all accounts",
                within: 0.06),
            Figure("mass-affluent", "avg_age", planted: "mean AGE", within: 0.03),
            Figure("mass-affluent", "avg_purchases", planted: "mean purchases", within: 0.05),
            Figure("mass-affluent", "avg_tenure", planted: "mean tenure", within: 0.04),
            Figure(
                "mass-affluent", "avg_property_valuation", planted: "mean property_valuation",
                within: 0.03),
            Figure(
                "financial-services", "attrition_rate", planted: "share of Attrited Customer",
                within: 0.08),
            Figure(
                "financial-services", "avg_transaction_amount", planted: "mean Total_Trans_Amt",
                within: 0.05),
            Figure("financial-services", "avg_spend", planted: "mean spend", within: 0.08),
            Figure(
                "aurora-dashboard", "avg_credit_score", planted: "mean credit_score", within: 0.01),
            Figure(
                "aurora-dashboard", "credit_cards", "cards", planted: "share of card_type Credit",
                within: 0.08),
            Figure(
                "aurora-dashboard", "transactions", "customers",
                planted: "transactions for each customer", within: 0.001),
            Figure(
                "aurora-dashboard", "refunds", "transactions", planted: "share of refunds",
                within: 0.3),
        ])
    func figure(figure: Figure) async throws {
        let run = try await run(figure.twin)
        let planted = try Twins.named(figure.twin).planted
        let expected = try figure.planted.reduce(0) { sum, name in
            sum + (try #require(planted.first { $0.name == name }).value)
        }
        var found: [Double] = []
        for measure in figure.measures {
            let value = try await run.table([measure], by: []).rows[0][0]
            found.append(try #require(Double(value.description)))
        }
        let ratio = (found.count == 2 ? found[0] / found[1] : found[0]) / expected
        #expect((1 - figure.tolerance...1 + figure.tolerance).contains(ratio), "\(ratio)")
    }

    @Test(
        "levels have the parameters' shares within 3 points",
        arguments: [
            ("banking", "clients", "relationship", "Banking Relationship"),
            ("banking", "clients", "loyalty", "Loyalty Classification"),
            ("banking", "clients", "risk_weighting", "Risk Weighting"),
            ("mass-affluent", "customers", "state", "State"),
            ("mass-affluent", "customers", "wealth_segment", "wealth_segment"),
            ("financial-services", "customers", "education", "Education_Level"),
        ])
    func shares(twin: String, measure: String, dimension: String, column: String) async throws {
        let rows = try await run(twin).table(measure, by: dimension).rows
        let planted = try Twins.named(twin).planted
        let counts = rows.compactMap(\.[1].doubleValue)
        let total = counts.reduce(0, +)
        #expect(rows.count > 2)
        for (row, count) in zip(rows, counts) where row[0] != .missing {
            let name = "share of \(column) \(row[0])"
            let share = try #require(planted.first { $0.name == name }, "\(name)").value
            #expect((count / total - share).magnitude < 0.03, "\(name)")
        }
    }

    // MARK: What the projects notice

    @Test(
        "banking: 59 ids are shared by 119 rows; dates are day first; income and deposits go along")
    func banking() async throws {
        let run = try await run("banking")
        let broken = run.notices("contract_broken")
        #expect(broken.count == 1)
        #expect(broken.first?.contains("119 of 3000 rows break the rule") == true)
        #expect(
            run.notices("copies_differ").first?
                .contains("59 values of client_id are shared by 119 rows") == true)
        let joined = try run.input("banking").columns.first { $0.name == "Joined Bank" }
        #expect(joined?.reading == "dates written as day-month-year")
        let correlation = try await run.sql("SELECT corr(income, total_deposit) FROM clients")
        let value = try #require(Double(correlation[0]))
        #expect((0.12...0.45).contains(value))
    }

    @Test("mass-affluent: file and workbook give the same table, row for row")
    func massAffluent() async throws {
        let run = try await run("mass-affluent")
        let models = ["customers", "customers_from_workbook"]
        let columns = try run.model(models[0]).columns
        let list = columns.map { "\"\($0)\"" }.joined(separator: ", ")
        for (one, other) in [(0, 1), (1, 0)] {
            let differing = try await run.sql(
                "SELECT count(*) FROM (SELECT \(list) FROM \(models[one]) "
                    + "EXCEPT ALL SELECT \(list) FROM \(models[other]))")
            #expect(differing == ["0"])
        }
        #expect(try run.model(models[1]).rows == 3906)
        let facts = try run.input("raw_customers").facts
        #expect(facts.contains("DOB: 3,912 dates and 1 text"))
        let told = run.notices("contract_broken")
        #expect(told.contains { $0.contains("'raw_addresses': 3 of 3999 rows") })
        #expect(told.contains { $0.contains("'raw_customers': 4 of 4000 rows") })
        let hostile = try await run.sql(
            "SELECT count(*) > 10 FROM customers_from_workbook "
                + "WHERE \"default\" = '1''; DROP TABLE users--'")
        #expect(hostile == ["true"])
    }

    @Test("financial-services: nobody spends who isn't a customer; 'Unknown' is missing")
    func financialServices() async throws {
        let run = try await run("financial-services")
        #expect(run.notices("contract_broken") == [])
        #expect(try run.model("spends").rows == 3999)
        let missing = try await run.table("customers", by: "education").rows.last
        #expect(missing?[0] == .missing)
    }

    @Test("aurora-dashboard: damaged latitudes, debit cards, countries for states, lost digits")
    func auroraDashboard() async throws {
        let run = try await run("aurora-dashboard")
        let found = try await run.sql("SELECT count(*) FILTER (WHERE latitude IS NULL) FROM users")
        #expect((15...100).contains(Int(found[0]) ?? 0))
        let told = run.notices("contract_broken")
        for part in [
            "break the rule 'card_type is one of 'Credit''",
            "break the rule 'the 16th digit of card_number is not lost'",
            "break the rule 'merchant_state matches",
        ] {
            #expect(told.contains { $0.contains(part) }, "\(part)")
        }
        // The address alone matches somebody twice, as it does in the original.
        let twice = try await run.sql(
            "SELECT count(*) FROM (SELECT address FROM users GROUP BY 1 HAVING count(*) > 1)")
        #expect((1...2).contains(Int(twice[0]) ?? 0))
        let young = try await run.sql("SELECT count(*) FROM transactions WHERE age_then < 17")
        #expect(young == ["0"])
    }
}

/// A run on a twin that starts when it is first asked for.
actor OnlyTwinRun {
    private let twin: any SyntheticTwin
    private var task: Task<ReferenceRun, any Error>?

    init(_ twin: any SyntheticTwin) { self.twin = twin }

    var value: ReferenceRun {
        get async throws {
            let task =
                task
                ?? Task { [twin] in
                    let data = try TestProject([:])
                    defer { withExtendedLifetime(data) {} }
                    let folder = data.folder.appending(
                        path: "data", directoryHint: .isDirectory)
                    _ = try twin.write(rows: twin.defaultRows, seed: 1, to: folder.path)
                    return try await ReferenceRun(
                        TestProject.home.appending(path: "Examples/\(twin.name)"), folder)
                }
            self.task = task
            return try await task.value
        }
    }
}
