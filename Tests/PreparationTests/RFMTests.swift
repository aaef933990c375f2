import Columns
import Runs
import TestProjects
import Testing

@Suite("Steps: rfm")
struct RFMTests {
    @Test("quintiles of ten different values, the most recent highest")
    func quintiles() async throws {
        let lines = (1...10).map { "\($0),\($0 * 10),\($0),\($0).5\n" }.joined()
        let project = try TestProject(
            tables: ["data": "id,days,times,spent\n" + lines],
            steps: ["rfm: {recency: days, frequency: times, monetary: spent}"])
        let record = try await project.publish()
        #expect(
            try await project.sql("SELECT rfm FROM m ORDER BY id")
                == ["511", "511", "422", "422", "333", "333", "244", "244", "155", "155"])
        #expect(
            record.step(0).fitted == [
                "recency": "90, 70, 50, 30", "frequency": "2, 4, 6, 8",
                "monetary": "2.5, 4.5, 6.5, 8.5",
            ])
        #expect(record.step(0).columnsAdded == ["r", "f", "m", "rfm"])
    }

    @Test("equal values have equal scores, and scores that nobody gets are told")
    func ties() async throws {
        let times = [1, 1, 1, 1, 1, 1, 2, 3, 4, 5]
        let lines = times.enumerated().map { "\($0 + 1),\(100 - $1),\($1),\($1)\n" }.joined()
        let project = try TestProject(
            tables: ["data": "id,days,times,spent\n" + lines],
            steps: ["rfm: {recency: days, frequency: times, monetary: spent}"])
        let record = try await project.publish()
        let f = try await project.sql("SELECT f FROM m ORDER BY id")
        // Edges 1, 1, 1, 3: six customers stay below all of them.
        #expect(f == ["1", "1", "1", "1", "1", "1", "4", "4", "5", "5"])
        #expect(try await project.sql("SELECT r FROM m ORDER BY id") == f)
        #expect(record.step(0).fitted["frequency"] == "1, 1, 1, 3")
        #expect(
            record.step(0).facts.contains(
                "frequency: so many customers have the same value that some scores are not given"))
    }

    static let rows = """
        client,day,amount
        1,2024-03-30,10.00
        1,2024-01-01,20.00
        2,2024-03-01,5.00
        4,2024-04-02,999.00

        """

    @Test("summed up from transactions; who has none has no scores, and the future does not count")
    func transactions() async throws {
        let project = try TestProject(
            tables: ["data": "id\n1\n2\n3\n4\n", "rows": Self.rows],
            steps: [
                "rfm: {from: rows, key: client, match: id, date: day, amount: amount, scores: 2}"
            ], asOf: "2024-03-31")
        let record = try await project.publish()
        #expect(
            try await project.sql("SELECT * FROM m ORDER BY id") == [
                "1 1 2 30.00 2 2 2 222", "2 30 1 5.00 1 1 1 111", "3 – 0 0.00 – – – –",
                "4 – 0 0.00 – – – –",
            ])
        #expect(record.step(0).fitted["recency"] == "30")
        #expect(
            record.step(0).facts.prefix(2) == [
                "3 of 4 rows of 'rows' were used", "2 rows have none that counts",
            ])
        #expect(record.notices.map(\.code) == ["after_as_of"])
        #expect(record.step(0).lineage["m"] == ["id", "rows.client", "rows.day", "rows.amount"])
    }

    @Test(
        "what can't be scored",
        arguments: [
            ("rfm: {recency: id}", "rfm_basis"), ("rfm: {}", "rfm_basis"),
            ("rfm: {recency: id, frequency: id, monetary: name}", "not_a_number"),
            ("rfm: {recency: id, frequency: id, monetary: none}", "unknown_column"),
            (
                "rfm: {from: rows, key: client, match: id, date: day, amount: day}", "not_a_number"
            ),
            (
                "rfm: {from: rows, key: client, match: id, date: day, amount: amount, "
                    + "as_of: 2000-01-01}", "no_values"
            ),
            (
                "rfm: {from: rows, key: client, match: id, date: day, amount: amount, "
                    + "recency: id}", "rfm_basis"
            ),
        ])
    func mistakes(step: String, code: String) async throws {
        let project = try TestProject(
            tables: ["data": "id,name\n1,Ann\n", "rows": Self.rows], steps: [step],
            asOf: "2024-03-31")
        #expect(try await project.onlyMistake().code == code)
    }

    @Test("one customer has the lowest scores")
    func one() async throws {
        let project = try TestProject(
            tables: ["data": "id,a,b,c\n1,2,3,4\n2,,3,4\n"],
            steps: ["rfm: {recency: a, frequency: b, monetary: c}"])
        #expect(try await project.rows("rfm") == ["111", "–"])
    }
}
