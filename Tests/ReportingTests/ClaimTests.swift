import Columns
import Query
import Reporting
import TestProjects
import Testing

@Suite("The chart claim")
struct ClaimTests {
    /// 40 Many of low height, 20 Few of high; ages are the same in both.
    private func claim(
        _ text: String, settings: String = "", for reader: Reader = .local,
        _ selections: PageSelection...
    ) async throws -> JSON {
        let project = try GroupsProject.make("  - \(text)\n", settings: settings)
        try project.write(
            """
            type: measures/v1
            of: customers
            measures:
              customers: {expression: count(*), label: Customers}
              avg_height: {expression: avg(height), label: Height}
              avg_age: {expression: avg(age), label: Age}
              retired: {expression: count(*) FILTER (WHERE job = 'retired') / count(*), label: Retired}
              spent: {expression: sum(amount), label: Spent}
              avg_amount: {expression: avg(amount), label: Amount}
            dimensions:
              job: {expression: job, label: Job}
              flag: {expression: "CASE WHEN flag THEN 'low' ELSE 'high' END", label: Flag}
              five: {expression: age, label: Five}
            """, to: "measures/customers.yaml")
        return try #require(try await project.page(for: reader).data(selections)["visuals"]?["v1"])
    }

    private func verdict(_ text: String) async throws -> JSON? {
        try await claim("claim: {says: It is so, \(text)}")["verdict"]
    }

    @Test("a mean that is clearly highest holds, the other does not, and lowest is the contrary")
    func means() async throws {
        #expect(try await verdict("measure: avg_height, by: flag, highest: high") == "holds")
        #expect(try await verdict("measure: avg_height, by: flag, highest: low") == "does_not_hold")
        #expect(try await verdict("measure: avg_height, by: flag, lowest: low") == "holds")
    }

    @Test("means that differ by chance are a tie, with whom is told")
    func tie() async throws {
        let card = try await claim("claim: {says: S, measure: avg_age, by: flag, highest: low}")
        #expect(card["verdict"] == "tie")
        #expect(card["with"]?.text() == #"["high"]"#)
        #expect(card["words"]?.words.contains("can't be told from high") == true)
        #expect(card["tests"]?[0]?["standing"] == "tie")
    }

    @Test("Welch's t and Cohen's d are those of the groups")
    func statistics() async throws {
        let card = try await claim("claim: {says: S, measure: avg_height, by: flag, highest: high}")
        // 10 to 13 ten times each against 20 to 23 five times: d = 10 / √(68.75 / 58 · …).
        let test = try #require(card["tests"]?[0])
        guard case .number(let effect)? = test["effect"] else { throw Missing() }
        let variance = (39 * (50.0 / 39) + 19 * (25.0 / 19)) / 58
        #expect(abs((Double(effect) ?? 0) - 10 / variance.squareRoot()) < 1e-9)
        #expect(card["details"]?[0]?.words.contains("p\u{a0}<\u{a0}0.001") == true)
    }

    private struct Missing: Error {}

    @Test("shares of rows are tested as shares; sums can't be tested and go by their figures")
    func kinds() async throws {
        // 10 of 40 against 15 of 20.
        let share = try await claim("claim: {says: S, measure: retired, by: flag, highest: high}")
        #expect(share["verdict"] == "holds")
        #expect(share["details"]?[0]?.words.contains("50.00") == true)
        let sum = try await claim("claim: {says: S, measure: spent, by: flag, highest: high}")
        #expect(sum["verdict"] == "holds")
        #expect(sum["tests"]?[0]?["p"] == .null)
        #expect(sum["about"]?.text().contains("Not tested") == true)
    }

    @Test("what formed the groups is described, not tested")
    func formed() async throws {
        let card = try await claim(
            "claim: {says: S, measure: avg_amount, by: groups, highest: Few}")
        #expect(card["verdict"] == "holds")
        #expect(card["tests"]?[0]?["p"] == .null)
        #expect(card["words"]?.words.contains("differs by design") == true)
    }

    @Test("one value dominates every group, none, or is tied")
    func dominance() async throws {
        // clerk: 30 of 40 low, 5 of 20 high.
        let rows = "measure: customers, by: job, across: flag"
        #expect(try await verdict("\(rows), dominates: clerk") == "does_not_hold")
        let even = try await claim(
            "claim: {says: S, \(rows), dominates: clerk}",
            .picking("flag", .text("low"), from: "s1"))
        #expect(even["verdict"] == "holds")
        #expect(
            even["words"]?.words == "clerk is the most frequent in low: 75% against 25% retired.")
        let five = try await claim(
            "claim: {says: S, measure: customers, by: five, across: flag, dominates: 30}")
        #expect(five["verdict"] == "tie")
    }

    @Test("two dimensions differ where χ² finds it, and not where it does not")
    func differs() async throws {
        #expect(
            try await verdict("measure: customers, by: job, across: flag, differs: true") == "holds"
        )
        #expect(
            try await verdict("measure: customers, by: five, across: flag, differs: true")
                == "no_difference")
    }

    @Test("nothing is told where nothing is left, or only few")
    func untold() async throws {
        let text = "claim: {says: S, measure: avg_height, by: flag, highest: high}"
        let one = try await claim(text, .picking("flag", .text("high"), from: "s1"))
        #expect(one["verdict"] == "not_told")
        let none = try await claim(text, .picking("flag", .text("low"), from: "s1"))
        #expect(none["words"]?.words == "No row of high is left.")
        let hidden = try await claim(text, settings: "privacy: {smallest_cell: 25}\n")
        #expect(hidden["verdict"] == "not_told")
        #expect(hidden["tests"] == [])
    }

    @Test("a value that no row has is a mistake of the page, and so is a claim that says nothing")
    func mistakes() async throws {
        let unknown = try await claim("claim: {says: S, measure: avg_age, by: flag, highest: hgh}")
        #expect(unknown["error"]?["code"] == "unknown_value")
        #expect(unknown["error"]?["detail"]?.text().contains("high") == true)
        for text in [
            "measure: total, by: job", "measure: total, by: job, highest: clerk, lowest: clerk",
            "measure: total, by: job, dominates: clerk",
            "measure: total, by: job, highest: clerk, across: flag",
        ] {
            let project = try GroupsProject.make("  - claim: {says: S, \(text)}\n")
            #expect(try await project.mistakes().map(\.code).contains("claim_form"), "\(text)")
        }
    }
}
