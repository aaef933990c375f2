import Columns
import Query
import Reporting
import Runs
import TestProjects

/// People in groups of known size, asked for through a gate that hides groups of fewer than 5.
struct Crowd: Sendable {
    struct Group: Sendable, Hashable {
        var trial = 0
        var a: String
        var b = "x"
        var amount = 1.0
        var count: Int
    }

    static let smallest = 5

    /// Sees aggregates only.
    static let analyst = Reader(name: "analyst", rights: [.aggregates])

    let project: TestProject
    let gate: Gate

    init(_ groups: [Group], smallest: Int = Self.smallest) async throws {
        var lines = "id,trial,a,b,amount\n"
        var id = 0
        for group in groups {
            for _ in 0..<group.count {
                id += 1
                lines += "\(id),\(group.trial),\(group.a),\(group.b),\(group.amount)\n"
            }
        }
        project = try TestProject([
            "aurora.yaml":
                "type: project/v1\nname: Crowd\nprivacy: {smallest_cell: \(smallest)}\n",
            "people.csv": lines,
            "sources/people_file.yaml": "type: source/v1\ncsv: {file: people.csv}\n",
            "models/people.yaml": "type: model/v1\nfrom: people_file\nkey: id\n",
            "measures/people.yaml": """
            type: measures/v1
            of: people
            measures:
              people: {expression: count(*)}
              total: {expression: sum(amount)}
            dimensions:
              trial: {expression: trial}
              a: {expression: a}
              b: {expression: b}
              amount: {expression: amount}
              twice: {expression: amount * 2}
            """,
        ])
        gate = try await project.run().gate
    }

    init(_ counts: KeyValuePairs<String, Int>) async throws {
        try await self.init(counts.map { Group(a: $0.key, count: $0.value) })
    }

    /// Measures by dimensions of the people of one trial, or under any other filter.
    func table(
        _ measures: [String] = ["people"], by dimensions: [String], trial: Int? = nil,
        filter: FilterContext = .init()
    ) async throws -> FigureTable {
        var filter = filter
        if let trial {
            filter.selections.append(
                .init(dimension: "trial", .values([.integer(Int64(trial))])))
        }
        return try await gate.answer(
            FigureQuery(measures: measures, by: dimensions, filter: filter), for: Self.analyst)
    }

    static func only(_ a: String...) -> FilterContext {
        FilterContext(selections: [.init(dimension: "a", .values(a.map { .text($0) }))])
    }
}
