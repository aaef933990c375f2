import Columns
import Foundation
import Query
import Reporting
import Segmentation
import Synchronization
import TestProjects
import Testing

@Suite("One customer")
struct CustomerTests {
    private static let groups =
        "features: [{column: x, actionable: true}, {column: y}]\nk_means: {k: 3}\n"
        + "repeatability: 0\n"

    // Of the twelve customers of ``TestProject/customers``: centroids a (1/3, 1/3), b (20.4, 0.8) and
    // c (0.5, 20.5), means (8.75, 7.25), population variances 97.1875 and 88.1875.
    private static let variances = (x: 97.1875, y: 88.1875)

    /// The number of the segment, and the next one's, where scoring puts a customer with these values.
    private static func scored(
        _ values: KeyValuePairs<String, String>, in segmentation: String, of run: PublishedRun,
        _ project: TestProject
    ) async throws -> (segment: Int, runnerUp: Int?, margin: Double) {
        let header = values.map(\.key).joined(separator: ",")
        let row = values.map(\.value).joined(separator: ",")
        try project.write("\(header)\n\(row)\n", to: "changed.csv")
        let found = Mutex<(Int, Int?, Double)>((0, nil, .nan))
        _ = try await run.score(
            Scoring(segmentation, project.folder.appending(path: "changed.csv")), for: .local
        ) { (_, rows) throws(AuroraError) in
            found.withLock { $0 = (rows.segments[0], rows.runnersUp[0], rows.margins[0]) }
        }
        let told = found.withLock { $0 }
        return (told.0, told.1, told.2)
    }

    @Test("contributions by hand, in the order of their size, and their sum")
    func contributions() async throws {
        let project = try TestProject(segmentations: ["s": Self.groups])
        let run = try await project.run()
        let customer = try await run.customer("a1", of: "s", for: .local).explanation
        // b is 1, c is 2, a is 3.
        #expect(customer.segment == 3)
        #expect(customer.runnerUp == 1)
        #expect(customer.isBorderline == false)
        #expect(customer.features.map(\.column) == ["x", "y"])
        let byHand = [
            2 * (1.0 / 3 - 20.4) * (0 - 8.75) / Self.variances.x,
            2 * (1.0 / 3 - 0.8) * (0 - 7.25) / Self.variances.y,
        ]
        let found = customer.features.compactMap(\.contribution)
        for (value, expected) in zip(found, byHand) { #expect(abs(value - expected) < 1e-12) }
        let margin = try #require(customer.attribution)
        #expect(abs(found.reduce(0, +) - (margin.customer - margin.baseline)) < 1e-12)
        let distances = (
            own: 1.0 / 9 / Self.variances.x + 1.0 / 9 / Self.variances.y,
            next: 20.4 * 20.4 / Self.variances.x + 0.64 / Self.variances.y
        )
        #expect(abs(margin.customer - (distances.next - distances.own)) < 1e-12)
        let distance = try #require(customer.distance)
        #expect(abs(distance - distances.own.squareRoot()) < 1e-12)
        let x = customer.features[0]
        #expect(x.value == .double(0))
        #expect(abs((x.segment ?? 0) - 1.0 / 3) < 1e-12)
        #expect(abs((x.runnerUp ?? 0) - 20.4) < 1e-12)
        #expect(abs((x.overall ?? 0) - 8.75) < 1e-12)
    }

    @Test(
        "the boundary by hand; scored there, a customer is as near to both, and beyond it in the other"
    )
    func boundary() async throws {
        let project = try TestProject(segmentations: ["s": Self.groups])
        let run = try await project.run()
        let customer = try await run.customer("a1", of: "s", for: .local)
        let way = try #require(customer.explanation.boundaries.first)
        #expect(customer.explanation.boundaries.count == 1)
        #expect(customer.explanation.refusals.isEmpty)
        #expect(way.segment == 1)
        #expect(way.changes.map(\.column) == ["x"])
        let byHand =
            (20.4 + 1.0 / 3) / 2
            + Self.variances.x / (2 * (20.4 - 1.0 / 3)) * (0.64 - 1.0 / 9) / Self.variances.y
        let to = way.changes[0].to
        #expect(abs(to - byHand) < 1e-10)
        #expect(customer.sentences.contains { $0.hasPrefix("The nearest boundary") })
        let there = try await Self.scored(["x": "\(to)", "y": "0"], in: "s", of: run, project)
        #expect(there.margin < 1e-12)
        for (x, segment) in [(to - 1e-6, 3), (to + 1e-6, 1)] {
            let scored = try await Self.scored(
                ["x": "\(x)", "y": "0"], in: "s", of: run, project)
            #expect(scored.segment == segment)
        }
    }

    @Test("linked features change by the same share, or not at all")
    func linked() async throws {
        let both = "{column: x, actionable: true, linked: [y]}, {column: y, actionable: true}"
        let project = try TestProject(segmentations: [
            "s": Self.groups.replacing("{column: x, actionable: true}, {column: y}", with: both),
            "half": Self.groups.replacing("{column: y}", with: "{column: y, linked: [x]}"),
        ])
        let run = try await project.run()
        let way = try #require(
            try await run.customer("b5", of: "s", for: .local).explanation.boundaries.first)
        #expect(way.changes.map(\.column) == ["x", "y"])
        // On the line s · (20, 2) the margin between b and a is linear in s.
        let (a, b) = ((x: 1.0 / 3, y: 1.0 / 3), (x: 20.4, y: 0.8))
        let share =
            ((b.x * b.x - a.x * a.x) / Self.variances.x + (b.y * b.y - a.y * a.y) / Self.variances.y)
            / (2 * (20 * (b.x - a.x) / Self.variances.x + 2 * (b.y - a.y) / Self.variances.y))
        #expect(way.segment == 3)
        #expect(abs(way.changes[0].to - 20 * share) < 1e-9)
        #expect(abs(way.changes[1].to - 2 * share) < 1e-9)
        let nothing = try await run.customer("a1", of: "s", for: .local).explanation
        #expect(nothing.boundaries.isEmpty)
        #expect(nothing.refusals.map(\.reason) == [.noShare])
        let fixed = try await run.customer("b5", of: "half", for: .local).explanation
        #expect(fixed.boundaries.isEmpty)
        #expect(fixed.refusals.map(\.reason) == [.linked])
        #expect(fixed.refusals.map(\.columns) == [["x", "y"]])
    }

    @Test("sums are exact and boundaries hold through transforms, tails, blocks and components")
    func transformed() async throws {
        let text = """
            features:
              - {column: x, transform: yeo_johnson, winsorise: [0.05, 0.95], actionable: true, block: m}
              - {column: y, transform: yeo_johnson, scale: robust, actionable: true, block: m, weight: 2}
              - {column: gap, missing: median, scale: min_max}
              - {column: colour, as: famd}
            blocks: {balance: equal_variance}
            components: {count: 3}
            k_means: {k: 4, restarts: 2}
            repeatability: 0
            """
        let project = try TestProject(
            segmentations: ["s": text], customers: ScoringTests.customers,
            files: ScoringTests.model)
        let run = try await project.run()
        var (crossed, explained) = (0, 0)
        for index in 0..<60 {
            let key = "c\(1000 + index)"
            let customer = try await run.customer(key, of: "s", for: .local).explanation
            let margin = try #require(customer.attribution)
            let sum = customer.features.compactMap(\.contribution).reduce(0, +)
            #expect(abs(sum - (margin.customer - margin.baseline)) < 1e-9)
            explained += 1
            for way in customer.boundaries where crossed < 12 {
                let row = try await project.sql(
                    "SELECT x, y, COALESCE(CAST(gap AS TEXT), ''), colour FROM customers "
                        + "WHERE id = '\(key)'"
                )[0].split(separator: " ", omittingEmptySubsequences: false).map(String.init)
                let (x, y) = (try #require(Double(row[0])), try #require(Double(row[1])))
                let (change, isX) = (way.changes[0], way.changes[0].column == "x")
                #expect(change.from == (isX ? x : y))
                var found: [Int] = []
                for share in [1 - 1e-6, 1 + 1e-6] {
                    let value = change.from + (change.to - change.from) * share
                    let scored = try await Self.scored(
                        [
                            "x": isX ? "\(value)" : row[0], "y": isX ? row[1] : "\(value)",
                            "gap": row.count > 3 ? row[2] : "", "colour": row[row.count - 1],
                        ], in: "s", of: run, project)
                    found.append(scored.segment)
                }
                #expect(found.last == way.segment)
                #expect(found.first != way.segment)
                crossed += 1
            }
        }
        #expect(explained == 60)
        #expect(crossed == 12)
    }

    @Test("what each method can say")
    func methods() async throws {
        let project = try ScoringTests.project()
        let run = try await project.run()
        for result in run.segmentations {
            for key in ["c1000", "c1013", "z1"] {
                let view = try await run.customer(key, of: result.name, for: .local)
                let label = try await project.sql(
                    "SELECT \"\(result.name)\" FROM customers WHERE id = '\(key)'")
                #expect(["\(view.explanation.segment)"] == label, "\(result.name) of \(key)")
                let isExact = ["k_means", "famd"].contains(result.algorithm)
                let isOutside = view.explanation.segment == 0
                #expect(
                    (view.explanation.attribution != nil) == (isExact && !isOutside),
                    "\(result.name) of \(key)")
                #expect(
                    (view.explanation.unexplained == .outside)
                        == (isOutside && result.frozen != nil))
                #expect(view.sentences.allSatisfy { $0.hasSuffix(".") })
            }
        }
        let red = try await run.customer("z1", of: "rules", for: .local)
        #expect(red.sentences.first?.contains("third > 10") == true)
        #expect(red.explanation.features.map(\.column) == ["third", "colour", "gap"])
        let dense = try await run.customer("c1000", of: "dbscan", for: .local)
        #expect(dense.explanation.unexplained == .noCentroids)
        #expect(dense.explanation.isBorderline == nil)
        #expect(dense.sentences.contains { $0.contains("no exact attribution for DBSCAN") })
        let mixed = try await run.customer("c1000", of: "famd", for: .local).explanation
        #expect(mixed.features.count == 3)
        let colour = try #require(mixed.features.first { $0.column == "colour" })
        #expect(colour.value == .text("red"))
        #expect(colour.contribution != nil)
        #expect((colour.overall ?? 0) > 0 && (colour.overall ?? 2) < 1)
    }

    @Test("who may not see customers gets nothing; unknown keys and names are told")
    func refused() async throws {
        let project = try TestProject(segmentations: ["s": Self.groups])
        let run = try await project.run()
        let reader = Reader(name: "ann", rights: [.aggregates])
        for (key, name, who, code) in [
            ("a1", "s", reader, "not_permitted"), ("zz", "s", reader, "not_permitted"),
            ("zz", "s", Reader.local, "unknown_customer"), ("a1", "t", .local, "unknown_name"),
            ("a1' OR '1'='1", "s", .local, "unknown_customer"),
        ] {
            #expect(await Self.refusal(key, name, who, run) == code)
        }
    }

    private static func refusal(
        _ key: String, _ name: String, _ reader: Reader, _ run: PublishedRun
    ) async -> String? {
        do throws(AuroraError) {
            _ = try await run.customer(key, of: name, for: reader)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("of hidden columns nothing is told, nor what would give them away")
    func hidden() async throws {
        let settings =
            "type: project/v1\nname: P\nprivacy:\n  hidden: [y]\n  identifying: [id, x]\n"
        let measures = "type: measures/v1\nof: customers\nmeasures: {n: {expression: count(*)}}\n"
        let project = try TestProject(
            segmentations: ["s": Self.groups],
            files: ["aurora.yaml": settings, "measures/customers.yaml": measures])
        let run = try await project.run()
        let view = try await run.customer("a1", of: "s", for: .local)
        #expect(view.featuresHidden == 1)
        #expect(view.explanation.features.map(\.column) == ["x"])
        #expect(view.explanation.attribution == nil)
        #expect(view.explanation.distance == nil)
        #expect(view.explanation.boundaries.isEmpty)
        #expect(!view.json.text().contains("\"y\""))
        try project.write(settings.replacing("[y]", with: "[id]"), to: "aurora.yaml")
        let keyless = try await project.run()
        #expect(await Self.refusal("a1", "s", .local, keyless) == "not_permitted")
    }
}
