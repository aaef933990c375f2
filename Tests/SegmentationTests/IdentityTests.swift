import Columns
import Foundation
import Learning
import Reporting
import Runs
import Segmentation
import TestProjects
import Testing

extension TestProject {
    /// Customers in squares around centres: a name, how many, and where.
    static func squares(_ groups: [(name: String, count: Int, x: Double, y: Double)]) -> String {
        let rows = groups.flatMap { group in
            (0..<group.count).map { index in
                let (x, y) = (group.x + Double(index % 3) / 2, group.y + Double(index / 3) / 2)
                return "\(group.name)\(index),\(x),\(y),N,true,7,1"
            }
        }
        return (["id,x,y,name,active,same,gap"] + rows).joined(separator: "\n") + "\n"
    }

    /// Brings another delivery and runs the project on it.
    func run(on customers: String) async throws -> PublishedRun {
        try write(customers, to: "customers.csv")
        return try await run()
    }
}

@Suite("Segments keep their numbers from run to run")
struct IdentityTests {
    private static let first = TestProject.squares([
        ("a", 3, 0, 0), ("b", 9, 20, 0), ("c", 6, 0, 20),
    ])

    private static func segments(_ run: PublishedRun) -> [Int: Int] {
        Dictionary(
            run.segmentations[0].segments.map { ($0.id, $0.size) }, uniquingKeysWith: { $1 })
    }

    @Test("also where another one is the largest now")
    func sizesSwap() async throws {
        let project = try TestProject(
            segmentations: ["s": TestProject.groups], customers: Self.first)
        let first = try await project.run()
        #expect(Self.segments(first) == [1: 9, 2: 6, 3: 3])
        #expect(try first.identity(of: "s") == nil)
        let second = try await project.run(
            on: TestProject.squares([("a", 12, 0, 0), ("b", 9, 20, 0), ("c", 7, 0, 20)]))
        #expect(Self.segments(second) == [1: 9, 2: 7, 3: 12])
        let matching = try #require(try second.identity(of: "s")).matching
        #expect(matching.groups.map(\.isKept) == [true, true, true])
        #expect(matching.gone.isEmpty && matching.splits.isEmpty && matching.merges.isEmpty)
        // The columns of customers hold the permanent numbers, too.
        #expect(
            try await project.sql(
                "SELECT s FROM customers WHERE id IN ('a0', 'b0', 'c0') ORDER BY id")
                == ["3", "1", "2"])
    }

    @Test("a new segment gets a number that none ever had, though an old one is gone")
    func newNumber() async throws {
        let four = "features: [{column: x}, {column: y}]\nk_means: {k: 4, restarts: 20}\n"
        let project = try TestProject(
            segmentations: ["s": four],
            customers: TestProject.squares([
                ("a", 6, 0, 0), ("b", 9, 20, 0), ("c", 8, 0, 20), ("d", 7, 20, 20),
            ]))
        #expect(Self.segments(try await project.run()) == [1: 9, 2: 8, 3: 7, 4: 6])
        // e is nearest to b by the last model; d has nobody left.
        let run = try await project.run(
            on: TestProject.squares([
                ("a", 6, 0, 0), ("b", 9, 20, 0), ("c", 8, 0, 20), ("e", 5, 36, -16),
            ]))
        #expect(Self.segments(run) == [1: 9, 2: 8, 4: 6, 5: 5])
        let result = run.segmentations[0]
        #expect(result.highestID == 5)
        let matching = try #require(try run.identity(of: "s")).matching
        #expect(matching.groups.filter { !$0.isKept }.map(\.id) == [5])
        #expect(matching.gone.map(\.id) == [3])
        #expect(matching.splits.map(\.id) == [1])
    }

    @Test("a segment that comes back after it was gone is new")
    func comesBack() async throws {
        let three = TestProject.squares([("a", 6, 0, 0), ("b", 9, 20, 0), ("c", 8, 0, 20)])
        let project = try TestProject(
            segmentations: ["s": TestProject.groups], customers: three)
        _ = try await project.run()
        try project.write(
            "type: segment/v1\nmodel: customers\nfeatures: [{column: x}, {column: y}]\n"
                + "k_means: {k: 2}\n", to: "segments/s.yaml")
        let two = try await project.run(
            on: TestProject.squares([("b", 9, 20, 0), ("c", 8, 0, 20)]))
        #expect(Self.segments(two) == [1: 9, 2: 8])
        try project.write(
            "type: segment/v1\nmodel: customers\n" + TestProject.groups, to: "segments/s.yaml")
        #expect(Self.segments(try await project.run(on: three)) == [1: 9, 2: 8, 4: 6])
    }
}
