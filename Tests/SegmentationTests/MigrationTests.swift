import Columns
import Foundation
import Kernels
import Learning
import Query
import Reporting
import Runs
import Segmentation
import TestProjects
import Testing

@Suite("Migration between two runs")
struct MigrationTests {
    /// Two published runs of one project, and the project, whose folder goes with it.
    private struct Runs {
        var project: TestProject
        var before: PublishedRun
        var after: PublishedRun

        init(
            _ segmentation: String = TestProject.groups, from: String = TestProject.customers,
            to: String, files: [String: String] = [:], between: [String: String] = [:]
        ) async throws {
            project = try TestProject(
                segmentations: ["s": segmentation], customers: from, files: files)
            let first = try await project.publish()
            for (path, text) in between { try project.write(text, to: path) }
            try project.write(to, to: "customers.csv")
            let second = try await project.publish()
            before = try await Self.open(first, of: project)
            after = try await Self.open(second, of: project)
        }

        private static func open(
            _ record: RunRecord, of project: TestProject
        ) async throws -> PublishedRun {
            try await PublishedRun(project.state.run(record.id), TestProject.provider())
        }

        func report(for reader: Reader = .local) async throws -> MigrationReport {
            try await after.migration(of: "s", since: before, for: reader)
        }

        func movements() async throws -> SegmentMigration {
            try await after.movements(of: "s", since: before, for: .local)
        }
    }

    /// The twelve customers a month later: all sway a little, b5 is among the c now, c4 is gone and
    /// d1 is new.
    private static let later = """
        id,x,y,name,active,same,gap
        a1,0.1,0,Ann,true,7,1
        a2,1,0.1,Bob,true,7,
        a3,0,1.2,Cid,false,7,3
        b1,20.1,0,Dot,true,7,4
        b2,21,0.2,Eve,true,7,5
        b3,20.2,1,Fay,false,7,6
        b4,21,1.1,Gus,true,7,7
        b5,1,20,Hal,true,7,8
        c1,0.1,20,Ida,true,7,9
        c2,1,20.1,Jim,false,7,10
        c3,0.2,21,Kay,true,7,11
        d1,0.5,0.5,Liz,true,7,
        """

    @Test("who stayed, who moved, who is new, who is gone")
    func counts() async throws {
        let runs = try await Runs(to: Self.later)
        let report = try await runs.report()
        #expect(report.segments.map(\.id) == [1, 2, 3])
        #expect(report.heads == [11, 1, 1])
        #expect(
            report.outcomes == [10, 1, 0, 0])
        // b is 1, c is 2 and a is 3.
        #expect(report.certain.cells == [[4, 1, 0], [0, 3, 0], [0, 0, 3]])
        #expect(report.real.cells == report.certain.cells)
        #expect(report.refit.cells == [[4, 0, 0], [0, 4, 0], [0, 0, 3]])
        #expect(report.seen.cells == report.certain.cells)
        #expect(report.seen.joined == [0, 0, 1])
        #expect(report.seen.gone == [0, 1, 0])
        #expect(report.from.id == runs.before.record.id)
        #expect(report.identity?.kept == [1, 2, 3])
        let again = try JSONDecoder().decode(
            MigrationReport.self, from: JSONEncoder.stable.encode(report))
        #expect(again == report)
        let movements = try await runs.movements()
        let moved = movements.movement.outcomes.indices.filter {
            movements.movement.outcomes[$0] == .moved
        }
        #expect(moved.map { movements.key($0).description } == ["b5"])
    }

    @Test("a move back is told by the later run's model")
    func backwards() async throws {
        let runs = try await Runs(to: Self.later)
        let report = try await runs.before.migration(of: "s", since: runs.after, for: .local)
        #expect(report.heads == [11, 1, 1])
        #expect(report.certain.cells == [[4, 0, 0], [1, 3, 0], [0, 0, 3]])
        #expect(report.identity == nil)
    }

    @Test("a run beside itself: everybody stayed")
    func same() async throws {
        let runs = try await Runs(to: TestProject.customers)
        let report = try await runs.report()
        #expect(report.outcomes == [12, 0, 0, 0])
        #expect(report.wobble == 0)
        #expect(report.heads == [12, 0, 0])
    }

    @Test("margins are those of CentroidGeometry, and of the limit of outliers")
    func margins() async throws {
        let far =
            TestProject.squares([("a", 9, 0, 0), ("b", 12, 20, 0), ("c", 10, 0, 20)])
            + "z1,27,4,Zoe,true,7,1\n"
        let runs = try await Runs(
            TestProject.groups + "outliers: {beyond: 4}\n", from: far, to: far)
        let movements = try await runs.movements()
        let frozen = try #require(try runs.before.segmentation("s").frozen)
        let rows = try await runs.project.sql("SELECT x, y FROM customers ORDER BY id")
        let raw = Matrix(rows.map { $0.split(separator: " ").compactMap { Double($0) } })
        let matrix = try frozen.preprocessing.apply(raw)
        let geometry = try CentroidGeometry(centroids: frozen.model.centroids)
        var inside = 0
        for row in 0..<matrix.rows {
            let distances = geometry.distances(matrix.row(row))
            let own = try #require(distances.indices.min { distances[$0] < distances[$1] })
            let boundary = try #require(geometry.boundaryDistance(matrix.row(row), own: own))
            let limit = frozen.outliers?.limits[own] ?? .infinity
            let toLimit = limit - distances[own].squareRoot()
            let isOutside = movements.labels.old[row] == 0
            #expect(isOutside == (toLimit < 0))
            let expected = isOutside ? -toLimit : min(boundary, toLimit)
            #expect(abs(movements.margins.old[row] - expected) < 1e-12, "row \(row)")
            inside += isOutside ? 0 : 1
        }
        #expect(movements.margins.new == movements.margins.old)
        #expect(inside == 31)
    }

    @Test("methods without planes have the difference of their two smallest distances")
    func otherMethods() async throws {
        let runs = try await Runs(
            "features: [{column: x}, {column: y}]\ngaussian_mixture: {k: 2}\n", to: Self.later)
        let movements = try await runs.movements()
        let frozen = try #require(try runs.before.segmentation("s").frozen)
        let raw = Matrix([[0, 0]])
        let distances = try frozen.model.distances(
            frozen.preprocessing.apply(raw), work: Work()
        ).row(0).sorted()
        #expect(abs(movements.margins.old[0] - (distances[1] - distances[0])) < 1e-9)
        #expect(movements.movement.summary.rows == 11)
    }

    @Test("small cells are hidden, and nothing gives them away")
    func privacy() async throws {
        let runs = try await Runs(
            to: Self.later,
            files: [
                "aurora.yaml": "type: project/v1\nname: Test\nprivacy: {smallest_cell: 3}\n"
            ])
        let report = try await runs.report()
        #expect(report.moved == nil)
        // How many customers there are is no secret, so ten who stayed would tell of one who moved.
        #expect(report.stayed == nil)
        #expect(report.certain.cells[0][1] == nil)
        #expect(report.real.cells[0][1] == nil && report.real.cells[0][0] == nil)
        #expect(report.seen.joined?[2] == nil)
        #expect(report.customers == 11)
    }

    @Test("readers see what they have a right to")
    func rights() async throws {
        let runs = try await Runs(to: Self.later)
        let aggregates = Reader(name: "Ann", rights: [.aggregates])
        #expect(try await runs.report(for: aggregates).moved == 1)
        let nobody = Reader(name: "Bob", rights: [])
        var error = await #expect(throws: AuroraError.self) {
            try await runs.report(for: nobody)
        }
        #expect(error?.code == "not_permitted")
        error = await #expect(throws: AuroraError.self) {
            try await runs.after.movements(of: "s", since: runs.before, for: aggregates)
        }
        #expect(error?.code == "not_permitted")
    }

    @Test(
        "what can't be compared is refused",
        arguments: [
            ("no_common_rows", later.replacing("\n", with: "\nq"), [:]),
            (
                "feature_gone", later,
                [
                    "models/customers.yaml":
                        "type: model/v1\nfrom: customer_file\nkey: id\nsteps: [select: {drop: [y]}]\n",
                    "segments/s.yaml":
                        "type: segment/v1\nmodel: customers\nfeatures: [{column: x}]\nk_means: {k: 3}\n",
                ]
            ),
        ] as [(String, String, [String: String])])
    func refused(code: String, later: String, between: [String: String]) async throws {
        let runs = try await Runs(to: later, between: between)
        let error = await #expect(throws: AuroraError.self) { try await runs.report() }
        #expect(error?.code == code, "\(error?.description ?? "")")
    }

    @Test("stated segments have no model that could be held fast")
    func stated() async throws {
        let runs = try await Runs(
            "rules: {segments: [{name: near, when: x < 10}], otherwise: far}\n",
            to: Self.later)
        let error = await #expect(throws: AuroraError.self) { try await runs.report() }
        #expect(error?.code == "segments_stated", "\(error?.description ?? "")")
        let unknown = await #expect(throws: AuroraError.self) {
            try await runs.after.migration(of: "t", since: runs.before, for: .local)
        }
        #expect(unknown?.code == "unknown_name")
    }
}

extension MigrationReport {
    /// Customers in both runs, in the later only, in the earlier only.
    fileprivate var heads: [Int] { [customers, joined, gone] }
    /// Stayed, moved, borderline, redrawn.
    fileprivate var outcomes: [Int?] { [stayed, moved, borderline, redrawn] }
}
