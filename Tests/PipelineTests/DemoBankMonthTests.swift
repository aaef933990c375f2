import Columns
import DemoBank
import Foundation
import Learning
import Query
import Reporting
import Runs
import Segmentation
import TestProjects
import Testing

/// The demo as it ships, and the bank's delivery of a month later, run in the same project.
@Suite("Examples/demo-bank a month later", .serialized)
struct DemoBankMonthTests {
    private struct Months: Sendable {
        var project: TestProject
        var before: PublishedRun
        var after: PublishedRun
        var migration: SegmentMigration
        var score: MoverScore
    }

    private actor Demo {
        static let shared = Demo()
        private var task: Task<Months, any Error>?

        var value: Months {
            get async throws {
                let task = task ?? Task { try await Self.make() }
                self.task = task
                return try await task.value
            }
        }

        private static func make() async throws -> Months {
            let home = TestProject.home.appending(path: "Examples/demo-bank")
            let project = try TestProject([:])
            for path in FileManager.default.subpaths(atPath: home.path) ?? []
            where path.hasSuffix(".yaml") {
                try project.write(Data(contentsOf: home.appending(path: path)), to: path)
            }
            let data = project.folder.appending(path: "data", directoryHint: .isDirectory)
            var runs: [PublishedRun] = []
            for months in [24, 25] {
                let bank = try SyntheticBank(customers: 10_000, months: months, seed: 1)
                _ = try bank.write(to: data.path) { _ in }
                runs.append(try await project.run(threads: 2))
            }
            let migration = try await runs[1].movements(
                of: "behaviour", since: runs[0], for: .local, threads: 2)
            let told = migration.movement.outcomes.indices.map { index in
                (
                    customer: Int(migration.key(index).doubleValue ?? -1),
                    hasMoved: migration.movement.outcomes[index] == .moved
                )
            }
            let score = MoverScore(
                try PlantedSegments(in: data), told: told,
                from: runs[0].record.asOf ?? "", to: runs[1].record.asOf ?? "", window: 6)
            return Months(
                project: project, before: runs[0], after: runs[1], migration: migration,
                score: score)
        }
    }

    @Test("every segment keeps its number and its name")
    func identity() async throws {
        let months = try await Demo.shared.value
        #expect(months.before.record.asOf == "2024-12-31")
        #expect(months.after.record.asOf == "2025-01-31")
        let segments = months.after.segmentations[0].segments
        #expect(segments.map(\.id) == Array(1...6))
        #expect(segments.map(\.name) == PlantedSegments.names)
        let matching = try #require(try months.after.identity(of: "behaviour")).matching
        #expect(matching.groups.allSatisfy { $0.isKept && ($0.jaccard ?? 0) > 0.85 })
        #expect(matching.gone.isEmpty && matching.splits.isEmpty && matching.merges.isEmpty)
    }

    @Test("the numbers that a run published are those of its frozen model")
    func labels() async throws {
        let months = try await Demo.shared.value
        let sizes = Dictionary(
            grouping: months.migration.labels.old + months.migration.gone, by: { $0 }
        ).mapValues(\.count)
        for segment in months.before.segmentations[0].segments {
            #expect(sizes[Int32(segment.id)] == segment.size)
        }
    }

    @Test("planted movers are found, and the others are not told as moved")
    func movers() async throws {
        let score = try await Demo.shared.value.score
        #expect(score.planted > 25)
        #expect(try #require(score.recall) > 0.35, "\(score)")
        #expect(try #require(score.precision) > 0.3, "\(score)")
        #expect(try #require(score.falseAlarms) < 0.01, "\(score)")
    }
}
