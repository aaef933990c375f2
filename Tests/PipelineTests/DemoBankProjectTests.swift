import Columns
import DemoBank
import Foundation
import Kernels
import Learning
import Query
import Runs
import Segmentation
import TestProjects
import Testing

/// The demo as it ships: 10,000 customers, 24 months, seed 1.
@Suite("Examples/demo-bank finds what was planted", .serialized)
struct DemoBankProjectTests {
    /// The bank's files and the project's run on them; made once for all tests.
    private actor Demo {
        static let shared = Demo()
        private var task: Task<(ReferenceRun, PlantedSegments, Data), any Error>?

        var value: (run: ReferenceRun, planted: PlantedSegments, truth: Data) {
            get async throws {
                let task =
                    task
                    ?? Task {
                        let folder = try TestProject([:])
                        defer { withExtendedLifetime(folder) {} }
                        let data = folder.folder.appending(
                            path: "data", directoryHint: .isDirectory)
                        let bank = try SyntheticBank(customers: 10_000, months: 24, seed: 1)
                        _ = try bank.write(to: data.path) { _ in }
                        let run = try await ReferenceRun(
                            TestProject.home.appending(path: "Examples/demo-bank"), data)
                        let truth = try Data(contentsOf: data.appending(path: "TRUTH.json"))
                        return (run, try PlantedSegments(in: data), truth)
                    }
                self.task = task
                return try await task.value
            }
        }
    }

    private struct Truth: Decodable {
        struct Segment: Decodable {
            var name: String
            var stillThere: Int
        }
        var segments: [Segment]
        var dirt: [String: Int]
        var left: Int
    }

    private static func truth() async throws -> Truth {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Truth.self, from: await Demo.shared.value.truth)
    }

    /// Planted and found segments of each customer, in the order of the customers' numbers.
    private static func labels() async throws -> (planted: [Int32], found: [Int32]) {
        let (run, planted, _) = try await Demo.shared.value
        let rows = try await run.sql(
            "SELECT customer_id, behaviour FROM customers ORDER BY customer_id")
        var labels: (planted: [Int32], found: [Int32]) = ([], [])
        for row in rows {
            let numbers = row.split(separator: " ").compactMap { Int($0) }
            labels.planted.append(try #require(planted.segments[numbers[0]]))
            labels.found.append(Int32(numbers[1] - 1))
        }
        return labels
    }

    // Written by `Scripts/demo-reference DATA` on what `aurora generate --output DATA` writes; to be
    // renewed with the bank.
    private static func reference() throws -> BankReference {
        try BankReference(in: TestProject.home.appending(path: "Examples/demo-bank"))
    }

    @Test("the reference is that of the demo as it ships, and of no other bank")
    func applies() throws {
        let reference = try Self.reference()
        #expect(reference.scikitLearn.wholeMatch(of: /\d+\.\d+\.\d+/) != nil)
        for (customers, months, seed, applies) in [
            (10_000, 24, 1 as UInt64, true), (9_999, 24, 1, false), (10_000, 25, 1, false),
            (10_000, 24, 2, false),
        ] {
            let bank = try SyntheticBank(customers: customers, months: months, seed: seed)
            #expect(reference.applies(to: bank) == applies, "\(bank)")
        }
    }

    @Test("planted segments are recovered as well as by scikit-learn's K-Means")
    func recovered() async throws {
        let labels = try await Self.labels()
        #expect(labels.planted.count == 9761)
        let index = try AdjustedRandIndex.measure(labels.planted, labels.found)
        let reference = try Self.reference()
        #expect(index >= reference.adjustedRandIndex - 0.01, "\(index)")
        #expect(index < 0.95, "the segments no longer overlap: \(index)")
    }

    @Test("each segment has the name of the planted one that it mostly holds")
    func names() async throws {
        let labels = try await Self.labels()
        let result = try await Demo.shared.value.run.segmentation("behaviour")
        #expect(result.segments.map(\.name) == PlantedSegments.names)
        for segment in PlantedSegments.names.indices {
            let held = zip(labels.planted, labels.found).filter { $1 == segment }
            let right = held.count { $0.0 == segment }
            #expect(right * 2 > held.count, "\(PlantedSegments.names[segment])")
        }
    }

    // The reference is scikit-learn's silhouette_score of features that are not rounded to four
    // decimals.
    @Test("the planted segments overlap: their exact silhouette lies between 0.2 and 0.4")
    func silhouette() async throws {
        let labels = try await Self.labels()
        let rows = try await Demo.shared.value.run.sql(
            """
            SELECT ln(1 + spending_6m), digital_share, travel_share, ln(1 + withdrawals_6m),
                ln(1 + deposits), utilisation, products
            FROM customers ORDER BY customer_id
            """)
        let values = rows.map { $0.split(separator: " ").compactMap { Double($0) } }
        #expect(values.allSatisfy { $0.count == 7 })
        let raw = Matrix(values)
        let scaled = try Preprocessing((1...7).map { "feature \($0)" }).fit(raw).apply(raw)
        let silhouette = try #require(
            try Silhouette.measure(
                scaled, labels: labels.planted, groups: 6,
                options: .init(exactUpTo: 20_000), work: Work(threads: 2)))
        #expect(silhouette.isExact)
        #expect((0.2...0.4).contains(silhouette.mean))
        let reference = try Self.reference().silhouetteOfPlantedSegments
        #expect(abs(silhouette.mean - reference) < 1e-4, "\(silhouette.mean)")
    }

    @Test("what is wrong with the files is found as often as it was planted")
    func dirt() async throws {
        let run = try await Demo.shared.value.run
        let truth = try await Self.truth()
        func dirt(_ name: String) throws -> Int { try #require(truth.dirt[name]) }
        let transactions = try run.input("raw_transactions")
        #expect(
            try transactions.quarantined == dirt("transactions with an impossible date"))
        for (model, what) in [
            ("everyone", "customers standing twice"),
            ("transactions", "transactions standing twice"),
        ] {
            let steps = try run.model(model).steps
            let step = try #require(steps.first { $0.kind == "deduplicate" })
            #expect(try step.rowsIn - step.rowsOut == dirt(what))
        }
        let income = try run.step("impute", of: "income", in: "everyone")
        #expect(try income.cellsChanged["income"] == dirt("income missing"))
        let left = try await run.sql("SELECT count(*) FROM everyone WHERE has_left")
        #expect(left == ["\(truth.left)"])
        let ages = try await run.sql("SELECT count(*) FROM everyone WHERE age IS NULL")
        #expect(try ages == ["\(dirt("birth date impossible"))"])
        let there = truth.segments.reduce(0) { $0 + $1.stillThere }
        #expect(try run.model("customers").rows == there)
    }

    @Test("planted effects show in the project's figures, and non-effects don't")
    func effects() async throws {
        let run = try await Demo.shared.value.run
        let states = try await run.table("attrition", by: "state").rows
        let rates = states.map { ($0[0].description, $0[1].doubleValue ?? .nan) }
        #expect(rates.count == 8)
        #expect(rates.max { $0.1 < $1.1 }?.0 == "Dunreach")
        let consents = try await run.sql(
            """
            SELECT behaviour, avg(CAST(marketing_consent AS INTEGER)),
                avg(CAST(gender = 'Female' AS INTEGER))
            FROM customers GROUP BY behaviour ORDER BY 2 DESC
            """)
        let parts = consents.map { $0.split(separator: " ").compactMap { Double($0) } }
        #expect(PlantedSegments.names[Int(parts[0][0]) - 1] == "Digital natives")
        #expect(parts.allSatisfy { abs($0[2] - 0.5) < 0.08 }, "\(parts)")
    }

    @Test("everything is labelled synthetic, and no notice is unexpected")
    func notices() async throws {
        let run = try await Demo.shared.value.run
        #expect(run.record.isSynthetic)
        #expect(
            Set(run.record.notices.map(\.code)) == ["misfits_missing", "rows_quarantined"])
    }
}
