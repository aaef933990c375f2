import Columns
import Query
import Reporting
import TestProjects
import Testing

@Suite("Two segmentations of the same customers")
struct ComparisonsTests {
    /// Forty customers in four kinds: x splits them one way, y another, z as x does but for two.
    static func project(privacy: String = "") throws -> TestProject {
        let rows = (0..<40).map { row -> String in
            let (x, y) = (row % 2, row / 2 % 2)
            let z = row < 2 ? 1 - x : x
            return "k\(row),\(x),\(y),\(z)"
        }
        func rules(_ column: String) -> String {
            "type: segment/v1\nmodel: customers\n"
                + "rules: {segments: [{name: low \(column), when: \(column) = 0}], "
                + "otherwise: high \(column)}\n"
        }
        return try TestProject([
            "aurora.yaml": "type: project/v1\nname: Test\n" + privacy,
            "customers.csv": "id,x,y,z\n" + rows.joined(separator: "\n") + "\n",
            "sources/file.yaml": "type: source/v1\ncsv: {file: customers.csv}\n",
            "models/customers.yaml": "type: model/v1\nfrom: file\nkey: id\n",
            "segments/by_x.yaml": rules("x"), "segments/by_y.yaml": rules("y"),
            "segments/by_z.yaml": rules("z"),
        ])
    }

    @Test("agree, or have nothing to do with each other")
    func pairs() async throws {
        let run = try await Self.project().run()
        let all = try await run.comparisons(with: nil, for: .local)
        #expect(
            all.map { [$0.first, $0.second] } == [
                ["by_x", "by_y"], ["by_x", "by_z"], ["by_y", "by_z"],
            ])
        let none = try #require(all.first)
        #expect(none.words == "no relation found")
        #expect(
            none.shown.rows.map { $0.dropFirst().map(\.description) } == [
                ["10", "10"], ["10", "10"],
            ])
        let same = all[1].json
        #expect(same["words"] == "strongly related")
        #expect(same["counts"]?.text() == "[[19,1],[1,19]]")
        // With both margins 20 and 20 V is (19 · 19 − 1 · 1) / (20 · 20).
        let v = try #require(Double(same["cramers_v"]?.text() ?? ""))
        #expect(abs(v - 0.9) < 1e-12)
        #expect(same["notable"]?.elements.count == 4)
        #expect(try await run.comparisons(with: "by_y", for: .local).count == 2)
    }

    @Test("are not compared where small cells are hidden")
    func privacy() async throws {
        let run = try await Self.project(privacy: "privacy: {smallest_cell: 3}\n").run()
        let pairs = try await run.comparisons(with: "by_x", for: .local)
        #expect(pairs.map(\.second) == ["by_y"])
    }
}
