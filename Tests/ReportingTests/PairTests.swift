import Columns
import Foundation
import Pipeline
import Query
import Reporting
import TestProjects
import Testing

@Suite("The chart pair")
struct PairTests {
    /// A project with the rows x, y, and a page with their pair.
    ///
    /// - Parameter settings: lines of aurora.yaml.
    static func project(
        _ rows: [String], pair: String = "{x: x, y: y}", settings: String = ""
    ) throws -> TestProject {
        let lines = rows.enumerated().map { "\($0.offset),\($0.element)\n" }.joined()
        return try TestProject([
            "aurora.yaml": "type: project/v1\nname: T\n" + settings,
            "data.csv": "id,x,y,kind\n" + lines,
            "sources/data.yaml": "type: source/v1\ncsv: {file: data.csv}\n",
            "models/m.yaml": "type: model/v1\nfrom: data\nkey: id\n",
            "measures/m.yaml": """
            type: measures/v1
            of: m
            measures: {rows: {expression: count(*)}}
            dimensions:
              x: {expression: x, label: Income}
              y: {expression: y, label: Debt}
              kind: {expression: kind}
            """,
            "pages/main.yaml": "type: page/v1\ntitle: T\nvisuals:\n  - pair: \(pair)\n",
        ])
    }

    static func visual(
        _ rows: [String], settings: String = "", for reader: Reader = .local,
        _ selections: [PageSelection] = []
    ) async throws -> JSON {
        let page = try await project(rows, settings: settings).page(for: reader)
        return try #require(try await page.data(selections)["visuals"]?["v1"])
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var rows: [String]
        var sentence: String
    }

    static let cases = [
        Case(
            testDescription: "monotone rather than straight",
            rows: (0..<20).map { "\($0),\(1 << $0),a" },
            sentence: "Pearson r = 0.62 on 20 rows: a moderate linear relation "
                + "(95% interval 0.24 to 0.83); Spearman ρ = 1.00: it is monotone rather than "
                + "straight."),
        Case(
            testDescription: "no relation", rows: (0..<100).map { "\(-($0 % 10)),\(-($0 / 10)),a" },
            sentence: "Pearson r = 0.00 on 100 rows: no relation found (|r| < 0.1) "
                + "(95% interval −0.20 to 0.20); Spearman ρ = 0.00."),
        Case(
            testDescription: "a relation that chance may have made",
            rows: ["-1,-2,a", "-2,-1,a", "-3,-4,a", "-4,-3,a", "-5,,a"],
            sentence: "Pearson r = 0.60 on 4 rows: a moderate linear relation (95% interval "
                + "−0.85 to 0.99, which includes none at all); Spearman ρ = 0.60; "
                + "1 row lacks one of the two."),
        Case(
            testDescription: "few hold most",
            rows: (0..<200).map { "\($0 < 2 ? 500 : $0 % 2),\(-($0 % 3)),a" },
            sentence: "Pearson r = 0.06 on 200 rows: no relation found (|r| < 0.1) (95% interval "
                + "−0.08 to 0.20); Spearman ρ = 0.01; 50% of rows are tied at one value of "
                + "'Income'; 34% of rows are tied at one value of 'Debt'; "
                + "1% of rows hold 91% of 'Income'."),
        Case(
            testDescription: "ties", rows: (0..<40).map { "\(-$0),\($0 < 20 ? 0 : -$0),a" },
            sentence: "Pearson r = 0.93 on 40 rows: a very strong linear relation "
                + "(95% interval 0.87 to 0.96); Spearman ρ = 0.94; "
                + "50% of rows are tied at one value of 'Debt'."),
        Case(
            testDescription: "one extreme row",
            rows: (0..<50).map { "\(-($0 * 7 % 50)),\(-$0),a" }
                + ["-10000,-10000,a"],
            sentence: "Pearson r = 0.9999 on 51 rows: a very strong linear relation "
                + "(95% interval 0.9998 to 0.9999); Spearman ρ = 0.11: a few extreme rows make r as "
                + "large as it is."),
        Case(
            testDescription: "one value", rows: (0..<5).map { "7,\($0),a" },
            sentence: "'Income' has one value only on 5 rows: there is nothing to correlate."),
        Case(
            testDescription: "no pair", rows: ["1,,a", "2,,a"],
            sentence: "No row has both values."),
    ]

    @Test("says honestly what the correlation says", arguments: cases)
    func sentence(example: Case) async throws {
        let types = example.testDescription == "no pair" ? "columns: {y: integer}\n" : ""
        let project = try Self.project(example.rows)
        try project.write(
            "type: source/v1\ncsv: {file: data.csv}\n" + types, to: "sources/data.yaml")
        let visual = try #require(
            try await project.page().data([])["visuals"]?["v1"])
        #expect(visual["correlation"]?["sentence"] == .string(example.sentence))
    }

    @Test("points where customers may be seen, a raster elsewhere; filters hold for both")
    func points() async throws {
        let rows = (0..<60).map { "\($0),\($0 * $0),\($0 < 40 ? "a" : "b")" }
        let project = try Self.project(rows, pair: "{x: x, y: y, by: kind, of: m}")
        let page = try await project.page()
        let all = try await page.data([])["visuals"]?["v1"]
        #expect(all?["columns"]?.text() == #"["x","y","category"]"#)
        #expect(all?["correlation"]?["rows"] == 60)
        let some = try await page.data([.picking("kind", .text("a"), from: "s1")])["visuals"]?["v1"]
        #expect(some?["correlation"]?["rows"] == 40)
        let analyst = Reader(name: "analyst", rights: [.aggregates])
        let run = try await project.reopened()
        let raster = try await PageView("main", of: run, for: analyst).data([])["visuals"]?["v1"]
        #expect(raster?["density"] == true && raster?["series"] == nil && raster?["many"] == false)
        #expect(raster?["correlation"] == all?["correlation"])
        let layout = try await page.json()["visuals"]?[0]
        #expect(layout?["title"] == "kind")
        #expect(layout?["dimensions"]?.text() == #"["kind"]"#)
    }

    @Test("without a title it is called by its numbers")
    func title() async throws {
        let page = try await Self.project(["1,2,a"]).page()
        let visual = try await page.json()["visuals"]?[0]
        #expect(visual?["title"] == "Income and Debt")
        #expect(visual?["options"]?["x"] == "x")
    }

    @Test("hides what tells of fewer rows than the smallest cell")
    func smallCells() async throws {
        let settings = "privacy: {smallest_cell: 5}\n"
        let few = try await Self.visual((0..<4).map { "\($0),\($0 * 2),a" }, settings: settings)
        #expect(few["correlation"]?["pearson"] == .null)
        #expect(
            few["correlation"]?["sentence"]
                == "Too few rows to say anything without telling of single customers.")
        // 3 of 43 rows have no y: neither how many have one nor what depends on it is told.
        let rows = (0..<40).map { "\($0),\($0 * $0),a" } + ["1,,a", "2,,a", "3,,a"]
        let correlation = try await Self.visual(rows, settings: settings)["correlation"]
        #expect(correlation?["rows"] == .null && correlation?["missing"] == .null)
        #expect(correlation?["interval"] == .null)
        // Three decimals, so that no value can be solved for.
        #expect(correlation?["pearson"] == .number("0.967"))
        let selections = [PageSelection.picking("kind", .text("b"), from: "s1")]
        let filtered = try await Self.visual(
            rows.dropLast(3) + ["1,2,b", "3,4,b"], settings: settings, selections)
        #expect(filtered["correlation"]?["rows"] == .null)
    }

    @Test("numbers and models that are not there are told")
    func mistakes() async throws {
        let codes = try await Self.project(["1,2,a"], pair: "{x: kind, y: z, of: n}")
            .mistakes().map(\.code)
        #expect(codes.sorted() == ["not_a_number", "unknown_dimension", "unknown_model"])
    }
}

/// The file of reference project 003, as it is.
private enum CardFile {
    static let data = TestProject.home.deletingLastPathComponent()
        .appending(path: "shared/data/credit_card", directoryHint: .isDirectory)

    static let isThere = FileManager.default.fileExists(
        atPath: data.appending(path: "CC_GENERAL.csv").path)

    /// Figures of numpy over the rows of the file that have both values.
    static let pairs: [(x: String, y: String, rows: Int, r: Double, rho: Double)] = [
        ("BALANCE", "BALANCE_FREQUENCY", 8950, 0.32241230313402025, 0.544980971507205),
        ("PAYMENTS", "MINIMUM_PAYMENTS", 8637, 0.12665114274837314, 0.3683484112871435),
        (
            "INSTALLMENTS_PURCHASES", "ONEOFF_PURCHASES", 8950, 0.3306215472287759,
            0.20048438605159924
        ),
    ]

    static let run = Task {
        let columns = pairs.flatMap { [$0.x, $0.y] }
        let project = try TestProject([
            "models/cards.yaml": "type: model/v1\nfrom: file\nkey: CUST_ID\n",
            "sources/file.yaml": "type: source/v1\ncsv: {file: CC_GENERAL.csv}\n",
            "measures/cards.yaml": "type: measures/v1\nof: cards\ndimensions:\n"
                + columns.map { "  \($0.lowercased()): {expression: \($0)}\n" }.joined(),
        ])
        var diagnostics: [Diagnostic] = []
        let read = try Project.read(project.folder, &diagnostics)
        guard diagnostics.isEmpty else { throw InvalidProject(diagnostics) }
        _ = try await Pipeline(
            read, data: data, provider: try TestProject.provider(), threads: 2
        ).publish(in: project.state) { _ in }
        return try await project.reopened()
    }
}

@Suite(
    "Reference 003: three pairs",
    .enabled(if: CardFile.isThere, "../shared/data/credit_card/CC_GENERAL.csv is not here"))
struct CardPairTests {
    @Test("r, its interval and ρ are those of numpy", arguments: CardFile.pairs.indices)
    func statistics(index: Int) async throws {
        let pair = CardFile.pairs[index]
        let found = try await CardFile.run.value.gate.correlation(
            x: pair.x.lowercased(), y: pair.y.lowercased(), filter: .init(), for: .local)
        #expect(found.rows == pair.rows && found.missing == 8950 - pair.rows)
        #expect(abs(try #require(found.pearson) - pair.r) < 1e-9)
        #expect(abs(try #require(found.spearman) - pair.rho) < 1e-9)
        let margin = 1.959963984540054 / Double(pair.rows - 3).squareRoot()
        let interval = try #require(found.interval)
        #expect(abs(interval.lowerBound - tanh(atanh(pair.r) - margin)) < 1e-9)
        #expect(abs(interval.upperBound - tanh(atanh(pair.r) + margin)) < 1e-9)
    }

    @Test("1 % of the customers hold 12 % of payments and 22 % of minimum payments")
    func concentration() async throws {
        let found = try await CardFile.run.value.gate.correlation(
            x: "payments", y: "minimum_payments", filter: .init(), for: .local)
        let shares = found.concentrations.map(\.share)
        #expect(abs(shares[0] - 0.12439063724742683) < 1e-9)
        #expect(abs(shares[1] - 0.21752089854455128) < 1e-9)
        #expect(found.ties.map(\.rows) == [1, 2])
    }
}
