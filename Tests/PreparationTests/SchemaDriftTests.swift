import Columns
import Runs
import TestProjects
import Testing

@Suite("What is another in a source than it was in the last run")
struct SchemaDriftTests {
    static let csv = "id,income,town,since\n1,10.5,Ulm,2020-01-01\n2,20.5,Bonn,2020-02-01\n"

    /// The drift that a run of `now` tells after one of `before`.
    private func drift(
        from before: String = csv, to now: String, types: [String] = []
    ) async throws -> [String] {
        let project = try TestProject(csv: before)
        try await project.publish()
        try project.write(now, to: "data.csv")
        if !types.isEmpty {
            try project.write(
                "type: source/v1\ncsv:\n  file: data.csv\ncolumns:\n"
                    + types.map { "  \($0)\n" }.joined(), to: "sources/data.yaml")
        }
        let record = try await project.publish()
        #expect(record.notices.allSatisfy { $0.about == "source 'data'" })
        return record.notices.filter { $0.code == "schema_drift" }.map(\.message)
    }

    @Test("the first run has nothing to compare with, and the same file no drift")
    func same() async throws {
        let first = try await TestProject(csv: Self.csv).publish()
        #expect(first.notices.isEmpty)
        #expect(try await drift(to: Self.csv) == [])
        #expect(try await drift(to: Self.csv + "3,1.5,Köln,2020-03-01\n") == [])
    }

    @Test(
        "a column that is gone and a new one that looks like it",
        arguments: [
            ("income", "yearly_income"), ("income", "Income"), ("income", "incone"),
            // Nothing but its type and its place between the same neighbours speaks for it.
            ("income", "earned"), ("town", "place"),
        ])
    func renamed(old: String, new: String) async throws {
        let drift = try await drift(to: Self.csv.replacing(old, with: new))
        #expect(
            drift == [
                "column '\(old)' is gone; '\(new)' is new and looks like it: use '\(new)' in the "
                    + "recipe, or have the source exported with '\(old)'"
            ])
    }

    @Test("a renamed column is found at another place by its name")
    func moved() async throws {
        let drift = try await drift(
            to: "income_eur,id,town,since\n10.5,1,Ulm,2020-01-01\n20.5,2,Bonn,2020-02-01\n")
        #expect(
            drift.map { $0.hasPrefix("column 'income' is gone; 'income_eur' is new") } == [true])
    }

    @Test("a new column of another kind is not taken for one that is gone")
    func missing() async throws {
        let drift = try await drift(
            to: "id,town,since,active\n1,Ulm,2020-01-01,true\n2,Bonn,2020-02-01,false\n")
        #expect(drift.count == 2)
        #expect(
            drift.first?.hasPrefix("column 'income' is gone, and no new one looks like it") == true)
        #expect(drift.last?.hasPrefix("column 'active' is new") == true)
    }

    @Test("of two new columns the one that looks more like it")
    func closest() async throws {
        let drift = try await drift(
            to: "id,outcome,income_net,town,since\n1,1.5,10.5,Ulm,2020-01-01\n"
                + "2,2.5,20.5,Bonn,2020-02-01\n")
        #expect(
            drift.map { String($0.prefix(48)) } == [
                "column 'income' is gone; 'income_net' is new and",
                "column 'outcome' is new: use it in the recipe, o",
            ])
    }

    @Test("a column of another type, unless the author states its type")
    func retyped() async throws {
        let now = Self.csv.replacing("10.5", with: "ten")
        let drift = try await drift(to: now)
        #expect(
            drift.map { $0.hasPrefix("column 'income' is text now and was decimal(18,1)") } == [
                true
            ])
        #expect(try await self.drift(to: now, types: ["income: text"]) == [])
    }

    @Test("a number of rows that has changed by more than half")
    func rows() async throws {
        func csv(_ rows: Int) -> String { "id\n" + (1...rows).map { "\($0)\n" }.joined() }
        for same in [5, 15] {
            #expect(try await drift(from: csv(10), to: csv(same)) == [])
        }
        for other in [4, 16] {
            let drift = try await drift(from: csv(10), to: csv(other))
            #expect(
                drift.map { $0.hasPrefix("\(other) rows were read, but 10 in the last run") } == [
                    true
                ])
        }
    }

    @Test(
        "whoever names the column that is gone is told what it is called now",
        arguments: [
            (
                "models/m.yaml",
                "type: model/v1\nfrom: data\nkey: id\nsteps:\n  - filter: {keep: income > 3}\n"
            ),
            (
                "sources/data.yaml",
                "type: source/v1\ncsv:\n  file: data.csv\ncolumns:\n  income: double\n"
            ),
            (
                "sources/data.yaml",
                "type: source/v1\ncsv:\n  file: data.csv\nexpect:\n  - required: {columns: [income]}\n"
            ),
        ])
    func explained(path: String, text: String) async throws {
        let project = try TestProject(csv: Self.csv)
        try project.write(text, to: path)
        try await project.publish()
        try project.write(Self.csv.replacing("income", with: "earned_income"), to: "data.csv")
        let mistake = try await project.onlyMistake()
        #expect(mistake.code == "unknown_column")
        #expect(
            mistake.hint
                == "source 'data' had it in the last run; 'earned_income' is new and looks like it")
    }
}
