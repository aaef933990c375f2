import Columns
import Engine
import Foundation
import Kernels
import Query
import Reporting
import Runs
import Segmentation
import Synchronization
import TestProjects
import Testing

@Suite("Scoring")
struct ScoringTests {
    /// Sixty customers around three places, two far from all, with a category and a number that has
    /// no exact decimals.
    static let customers: String = {
        var lines = ["id,x,y,colour,gap"]
        for index in 0..<60 {
            let (x, y) = [(0.0, 0.0), (40.0, 3.0), (5.0, 50.0)][index % 3]
            let (dx, dy) = (Double(index * 7 % 11) / 2, Double(index * 5 % 13) / 3)
            let colour = ["red", "blue", "green"][index * index % 3]
            lines.append(
                "c\(String(1000 + index)),\(x + dx),\(y + dy),\(colour),"
                    + (index % 9 == 4 ? "" : "\(index)"))
        }
        lines += ["z1,400,400,red,3", "z2,-300,200,blue,4"]
        return lines.joined(separator: "\n") + "\n"
    }()

    static let model = [
        "models/customers.yaml": """
        type: model/v1
        from: customer_file
        key: id
        steps:
          - derive: {column: third, as: x / 3}
          - derive: {column: r, as: CASE WHEN x > 20 THEN 5 ELSE 1 END}
          - derive: {column: f, as: CASE WHEN y > 20 THEN 4 ELSE 2 END}
          - derive: {column: m, as: CASE WHEN y > 2 THEN 3 ELSE 1 END}
        """,
        "measures/customers.yaml": """
        type: measures/v1
        of: customers
        measures: {customers: {expression: count(*)}}
        """,
    ]

    static let methods = [
        "k_means": "features: [{column: third}, {column: y}]\nk_means: {k: 3, restarts: 2}\n",
        "outliers":
            "features: [{column: x}, {column: y}]\nk_means: {k: 3, start: [c1000, c1001, c1002]}\n"
            + "outliers: {beyond: 3}\n",
        "filled":
            "features: [{column: x, transform: yeo_johnson}, {column: gap, missing: median}]\n"
            + "k_means: {k: 4, restarts: 2}\ncomponents: {count: 2}\n",
        "k_prototypes":
            "features: [{column: third}, {column: y}, {column: colour}]\nk_prototypes: {k: 3, restarts: 2}\n",
        "famd":
            "features: [{column: third}, {column: y}, {column: colour}]\nfamd: {k: 3, restarts: 2}\n",
        "gaussian_mixture":
            "features: [{column: x}, {column: third}, {column: y}]\n"
            + "gaussian_mixture: {k: 3, covariance: diagonal, restarts: 2}\n",
        "dbscan":
            "features: [{column: third}, {column: y}]\ndbscan: {eps: 0.2, minimum_points: 4}\n",
        "agglomerative": "features: [{column: third}, {column: y}]\nagglomerative: {k: 3}\n",
        "rules":
            "rules: {segments: [{name: far, when: third > 10 AND colour = 'red'}, "
            + "{name: gaps, when: gap IS NULL}]}\n",
        "rfm": "rfm: {}\n",
        "tiers": "tiers: {column: third, parts: 4}\n",
        "a_grid":
            "grid: {rows: {segmentation: outliers}, columns: {column: y, shares: [0.5]}}\n",
    ]

    static func project() throws -> TestProject {
        try TestProject(
            segmentations: methods.mapValues {
                $0.hasPrefix("features:") ? $0 + "repeatability: 0\n" : $0
            }, customers: customers, files: model)
    }

    /// What scoring tells of a file, row by row.
    private final class Scores: Sendable {
        let rows = Mutex<[(key: String, segment: Int, distance: Double, json: String)]>([])

        func add(_ summary: ScoreSummary, _ scored: ScoredRows) {
            rows.withLock { rows in
                for row in 0..<scored.count {
                    rows.append(
                        (
                            scored.keys?[row].description ?? "", scored.segments[row],
                            scored.distances[row], summary.json(scored, row: row).text()
                        ))
                }
            }
        }
    }

    private static func score(
        _ run: PublishedRun, _ segmentation: String, _ file: URL, to output: Scoring.Output? = nil,
        for reader: Reader = .local, atMost mostRows: Int? = nil
    ) async throws -> (summary: ScoreSummary, scores: Scores) {
        let scores = Scores()
        var scoring = Scoring(segmentation, file)
        scoring.mostRows = mostRows
        let summary = try await run.score(scoring, for: reader, to: output) {
            (summary, scored) throws(AuroraError) in scores.add(summary, scored)
        }
        return (summary, scores)
    }

    @Test("the training rows get the run's segments, by every method and from every kind of file")
    func trainingRows() async throws {
        let project = try Self.project()
        let run = try await project.run()
        #expect(run.segmentations.count == Self.methods.count)
        for format in TableFormat.allCases {
            let file = project.folder.appending(path: "again.\(format.rawValue)")
            _ = try await run.export("customers", to: file, as: format, for: .local)
            for result in run.segmentations {
                let name = result.name
                let (summary, scores) = try await Self.score(run, name, file)
                let labels = try await project.sql(
                    "SELECT id, \"\(name)\" FROM customers ORDER BY id")
                let scored = scores.rows.withLock { $0.map { "\($0.key) \($0.segment)" } }
                #expect(scored == labels, "\(name) from \(format)")
                let sizes = summary.segments.map(\.rows)
                #expect(sizes == result.segments.map(\.size), "\(name) from \(format)")
                #expect(
                    !summary.notices.contains { $0.code == "outside_training" },
                    "\(name): no training row is outside of the training rows' range")
            }
        }
        let outliers = try #require(run.segmentations.first { $0.name == "outliers" })
        #expect(outliers.segments.contains { $0.isOutliers })
        let noise = try #require(run.segmentations.first { $0.name == "dbscan" })
        #expect(noise.segments.contains { $0.isOutliers })
    }

    @Test("no row's score depends on how many are looked at together")
    func parts() async throws {
        let project = try Self.project()
        let run = try await project.run()
        let folder = try #require(project.state.published)
        let provider = try TestProject.provider()
        for result in run.segmentations {
            var answers: Set<[String]> = []
            for rowsAtOnce in [1, 7, 1000] {
                let copy = project.folder.appending(path: "\(UUID().uuidString).duckdb")
                try FileManager.default.copyItem(
                    at: folder.appending(path: "data.duckdb"), to: copy)
                let engine = try await provider.intake(at: copy.path)
                defer { engine.close() }
                let table = try #require(run.tables.first)
                let scorer = try await SegmentScorer(
                    result, among: run.segmentations, of: table,
                    recipe: run.record.models[0].columns, in: engine,
                    parser: try await provider.parser(), work: Work(), rowsAtOnce: rowsAtOnce)
                let scores = Scores()
                var diagnostics: [Diagnostic] = []
                _ = try await scorer.score(
                    "customers", table.schema, key: true, at: .init(file: "x"), &diagnostics
                ) { (summary, scored) async throws(AuroraError) -> Void in
                    scores.add(summary, scored)
                }
                #expect(diagnostics.isEmpty)
                answers.insert(scores.rows.withLock { $0.map(\.json) })
            }
            #expect(answers.count == 1, "\(result.name)")
        }
    }

    @Test("distance and margin are differences of distances to centroids")
    func distances() async throws {
        let project = try TestProject(
            segmentations: [
                "s": "features: [{column: x}, {column: y}]\nscale: none\n"
                    + "k_means: {k: 3, start: [c1, a1, b1]}\norder: start\nrepeatability: 0\n"
            ])
        let run = try await project.run()
        try project.write("x,y\n10,0.5\n-5,30\n", to: "new.csv")
        let (summary, scores) = try await Self.score(
            run, "s", project.folder.appending(path: "new.csv"))
        // Centroids: c (0.5, 20.5), a (1/3, 1/3), b (20.4, 0.8).
        let (own, next) = (
            (pow(10 - 1.0 / 3, 2) + pow(0.5 - 1.0 / 3, 2)).squareRoot(),
            (pow(10.4, 2) + pow(0.3, 2)).squareRoot()
        )
        let rows = scores.rows.withLock { $0 }
        #expect(rows.map(\.segment) == [2, 1])
        #expect(abs(rows[0].distance - own) < 1e-12)
        let scored = rows[0].json
        #expect(scored.hasPrefix(#"{"row":1,"key":null,"segment":2,"segment_name":"Segment 2","#))
        #expect(scored.contains(#""runner_up":3,"runner_up_name":"Segment 3","#))
        let margin = try #require(
            scored.firstMatch(of: /"margin":([0-9.e-]+)/).flatMap { Double($0.1) })
        #expect(abs(margin - (next - own)) < 1e-12)
        #expect(rows[1].json.contains(#"{"column":"x","standing":"below"}"#))
        #expect(rows[1].json.contains(#"{"column":"y","standing":"above"}"#))
        #expect(summary.measure == .distance)
        #expect(summary.notices.map(\.code) == ["outside_training", "outside_training"])
    }

    @Test("levels never seen and missing values are told, or refused with count and first row")
    func unlike() async throws {
        let project = try Self.project()
        let run = try await project.run()
        try project.write(
            "id,third,y,colour,x,gap\nn1,1,1,mauve,3,\nn2,2,2,red,6,8\nn3,3,3,mauve,9,\n",
            to: "new.csv")
        let file = project.folder.appending(path: "new.csv")
        let codes = await #expect(throws: InvalidProject.self) {
            try await Self.score(run, "k_prototypes", file)
        }
        #expect(codes?.diagnostics.map(\.code) == ["unseen_level"])
        #expect(codes?.diagnostics.first?.message.contains("the first is row 1") == true)
        let (mixed, rows) = try await Self.score(run, "famd", file)
        #expect(mixed.notices.map(\.code) == ["unseen_level"])
        #expect(mixed.notices[0].message.contains("in 2 of 3 rows"))
        #expect(!rows.rows.withLock { $0.map(\.json).joined() }.contains("mauve"))
        let (filled, _) = try await Self.score(run, "filled", file)
        #expect(filled.notices.map(\.code) == ["scored_without"])
        try project.write("third,y\n1,1\n2,\n3,\n", to: "new.csv")
        let problem = await #expect(throws: InvalidProject.self) {
            try await Self.score(run, "k_means", file)
        }
        let message = problem?.diagnostics.first?.message ?? ""
        #expect(problem?.diagnostics.map(\.code) == ["missing_values"])
        #expect(message.contains("'y' is missing in 2 of 3 rows, the first is row 2"))
    }

    @Test("columns that lack are told all at once, with the nearest name and the recipe's step")
    func lacking() async throws {
        let project = try Self.project()
        let run = try await project.run()
        try project.write("x,yy,color\n1,2,red\n", to: "new.csv")
        let problem = await #expect(throws: InvalidProject.self) {
            try await Self.score(run, "famd", project.folder.appending(path: "new.csv"))
        }
        let diagnostics = try #require(problem?.diagnostics)
        #expect(diagnostics.map(\.code) == ["column_missing", "column_missing", "column_missing"])
        let hints = diagnostics.map { $0.hint ?? "" }
        #expect(hints[0].contains("step 1 of the recipe makes it, from 'x'"), "\(hints)")
        #expect(hints[1].contains("'yy'") && hints[2].contains("'color'"), "\(hints)")
    }

    @Test("values that are not of the model's type are counted, never shown")
    func wrongType() async throws {
        let project = try Self.project()
        let run = try await project.run()
        try project.write("third,y\n1,1\nsecret,2\n", to: "new.csv")
        let problem = await #expect(throws: InvalidProject.self) {
            try await Self.score(run, "k_means", project.folder.appending(path: "new.csv"))
        }
        #expect(problem?.diagnostics.map(\.code) == ["wrong_value"])
        let text = problem.map { "\($0.diagnostics)" } ?? ""
        #expect(text.contains("1 of 2 rows, the first is row 2") && !text.contains("secret"))
    }

    @Test("scores are written as a table; a hidden key and all other columns stay out of it")
    func output() async throws {
        let project = try TestProject(
            segmentations: ["s": TestProject.groups + "repeatability: 0\n"],
            files: [
                "aurora.yaml": "type: project/v1\nname: T\nprivacy: {hidden: [id]}\n",
                "measures/customers.yaml":
                    "type: measures/v1\nof: customers\nmeasures: {n: {expression: count(*)}}\n",
            ])
        let run = try await project.run()
        let file = project.folder.appending(path: "customers.csv")
        let output = project.folder.appending(path: "scores.csv")
        let (summary, scores) = try await Self.score(run, "s", file, to: .init(output, .csv))
        #expect(summary.rows == 12)
        #expect(scores.rows.withLock { $0.allSatisfy { $0.key.isEmpty } })
        let lines = try String(contentsOf: output, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 13)
        #expect(
            lines[0]
                == "row,key,segment,segment_name,distance,runner_up,runner_up_name,margin,notices")
        #expect(lines[1].hasPrefix("1,,3,Segment 3,"))
        #expect(!lines.joined().contains("Ann") && !lines.joined().contains("a1"))
    }

    @Test("only readers with the right to see customers; unknown segmentations are named")
    func rights() async throws {
        let project = try TestProject(
            segmentations: ["groups": TestProject.groups + "repeatability: 0\n"])
        let run = try await project.run()
        let file = project.folder.appending(path: "customers.csv")
        let ann = Reader(name: "ann", rights: [.aggregates])
        let refused = await #expect(throws: AuroraError.self) {
            try await Self.score(run, "groups", file, for: ann)
        }
        #expect(refused?.code == "not_permitted")
        let unknown = await #expect(throws: AuroraError.self) {
            try await Self.score(run, "group", file)
        }
        #expect(unknown?.code == "unknown_name")
        #expect(unknown?.hint?.contains("'groups'") == true)
        let many = await #expect(throws: AuroraError.self) {
            try await Self.score(run, "groups", file, atMost: 11)
        }
        #expect(many?.code == "too_many_rows")
    }
}
