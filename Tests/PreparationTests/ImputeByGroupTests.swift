import Columns
import Runs
import TestProjects
import Testing

@Suite("Step: impute, by group")
struct ImputeByGroupTests {
    static let csv = """
        id,x,region,name
        1,1,a,p
        2,3,a,p
        3,,a,q
        4,10,b,
        5,,b,r
        6,,c,r
        7,7,,q
        8,,,

        """

    @Test(
        "each group has its own statistic; a group without values takes that of all",
        arguments: [
            ("median", ["1", "3", "2", "10", "10", "5", "7", "7"], "5"),
            (
                "mean",
                [
                    "1.000000", "3.000000", "2.000000", "10.000000", "10.000000", "5.250000",
                    "7.000000", "7.000000",
                ], "5.250000"
            ),
            ("mode", ["1", "3", "1", "10", "10", "1", "7", "7"], "1"),
        ])
    func groups(method: String, filled: [String], overall: String) async throws {
        let project = try TestProject(
            csv: Self.csv, steps: ["impute: {column: x, with: \(method), by: region}"])
        let record = try await project.publish()
        let step = record.step(0)
        #expect(try await project.sql("SELECT x FROM m ORDER BY id") == filled)
        #expect(step.fitted["x"] == overall)
        #expect(
            Set(step.fitted.keys) == ["x", "x of region a", "x of region b", "x of region –"])
        #expect(step.cellsChanged == ["x": 4])
        #expect(step.lineage == ["x": ["x", "region"]])
        #expect(step.summary == "missing x set to the \(method) of their region")
        #expect(
            record.notices.map(\.message) == [
                "1 values of x are of groups without any value and became the \(method) of all"
            ])
    }

    @Test("groups of several columns, over some rows, filled in some")
    func several() async throws {
        let project = try TestProject(
            csv: Self.csv,
            steps: [
                "impute: {column: x, with: median, by: [region, name], over: x < 10, where: id < 8}"
            ])
        let record = try await project.publish()
        // Over x < 10 are 1 and 3 of (a, p) and 7 of (–, q): nobody else's group is known.
        #expect(
            try await project.sql("SELECT x FROM m ORDER BY id")
                == ["1", "3", "3", "10", "3", "3", "7", "–"])
        #expect(
            record.step(0).fitted == [
                "x": "3", "x of region a, name p": "2", "x of region –, name q": "7",
            ])
        #expect(record.notices.map(\.code) == ["group_without_values"])
    }

    @Test("several columns are filled at once; texts by their mode")
    func columns() async throws {
        let project = try TestProject(
            csv: Self.csv, steps: ["impute: {columns: [name, region], with: mode}"])
        let step = try await project.publish().step(0)
        #expect(
            try await project.sql("SELECT name, region FROM m ORDER BY id") == [
                "p a", "p a", "q a", "p b", "r b", "r c", "q a", "p a",
            ])
        #expect(step.fitted == ["name": "p", "region": "a"])
        #expect(step.cellsChanged == ["name": 2, "region": 2])
        #expect(step.lineage == ["name": ["name"], "region": ["region"]])
    }

    @Test("one group with a half makes decimals of all")
    func types() async throws {
        let project = try TestProject(
            csv: "id,x,g\n1,1,a\n2,2,a\n3,,a\n4,4,b\n5,,b\n",
            steps: ["impute: {column: x, with: median, by: [g]}"])
        #expect(try await project.types()["x"] == .decimal(precision: 18, scale: 1))
        let step = try await project.publish().step(0)
        #expect(
            try await project.sql("SELECT x FROM m ORDER BY id")
                == ["1.0", "2.0", "1.5", "4.0", "4.0"])
        #expect(step.facts == ["x was integer and is decimal(18,1) now"])
        // The median of all three is whole, and told so.
        #expect(step.fitted["x"] == "2")
    }

    @Test("numbers too long for 18 digits get more")
    func wide() async throws {
        let project = try TestProject(
            csv: "id,x\n1,100000000000000000\n2,100000000000000001\n3,\n",
            types: ["x: integer"], steps: ["impute: {column: x, with: median}"])
        #expect(try await project.types()["x"] == .decimal(precision: 38, scale: 1))
        #expect(
            try await project.sql("SELECT x FROM m WHERE id = 3") == ["100000000000000000.5"])
    }

    @Test("values of hidden columns are told by their shape")
    func hidden() async throws {
        let project = try TestProject(
            csv: Self.csv, steps: ["impute: {column: x, with: mode, by: region}"])
        try project.write(
            "type: project/v1\nname: Test\nprivacy: {hidden: [region]}\n", to: "aurora.yaml")
        let keys = try await project.publish().step(0).fitted.keys.sorted()
        #expect(keys == ["x", "x of region a", "x of region a (2)", "x of region –"])
    }

    @Test("a thousand groups at most, values with quotes among them")
    func many() async throws {
        func project(_ groups: Int) throws -> TestProject {
            let lines = (1...groups).map { "\($0),\($0),g'\($0)\n\($0 + 5000),,g'\($0)\n" }.joined()
            return try TestProject(
                csv: "id,x,g\n" + lines, steps: ["impute: {column: x, with: mean, by: g}"])
        }
        let fine = try project(1000)
        try await fine.publish()
        #expect(try await fine.sql("SELECT count(*) FROM m WHERE x = id % 5000") == ["2000"])
        let mistake = try await project(1001).onlyMistake()
        #expect(mistake.code == "too_many_groups")
        #expect(mistake.place.description == "models/m.yaml:5:41")
    }
}
