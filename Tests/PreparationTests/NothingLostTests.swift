import Columns
import Engine
import Foundation
import Preparation
import Runs
import Reporting
import TestProjects
import Testing
import Workspace

/// Rows of which some can't be split into columns.
private struct ListedRows: SourceReader {
    static let name = "listed"
    static let summary = ""
    static let fields: [Field] = []

    enum Row {
        case split(id: Int, x: String, boss: Int?)
        case broken
    }

    let rows: [Row]

    init(_ rows: [Row]) { self.rows = rows }
    init(_ values: FieldValues) { rows = [] }

    var origin: Located<String> { Located("rows", at: .init(file: "rows")) }

    func open(_ context: inout SourceContext) async throws(AuroraError) -> RawTable? {
        var split = "SELECT '0' AS id, '0' AS x, '0' AS boss, 0 AS place WHERE FALSE"
        var broken = "SELECT 0 AS \"row\", '' AS reason, '' AS text WHERE FALSE"
        for (index, row) in rows.enumerated() {
            switch row {
            case .split(let id, let x, let boss):
                let boss = boss.map { "'\($0)'" } ?? "NULL"
                split += " UNION ALL SELECT '\(id)', '\(x)', \(boss), \(index)"
            case .broken:
                broken += " UNION ALL SELECT \(index + 1), 'too few values', 'line \(index + 1)'"
            }
        }
        try await context.intake.execute(
            "CREATE TABLE split AS SELECT id, x, boss FROM (\(split)) ORDER BY place")
        return RawTable(
            relation: "split",
            schema: Schema([.init("id", .text), .init("x", .text), .init("boss", .text)]),
            files: [], broken: "(\(broken))")
    }
}

/// The same numbers for the same seed.
private struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

@Suite("Rows that are read are kept or set aside, never both and never neither")
struct NothingLostTests {
    private static func rows(seed: UInt64) -> [ListedRows.Row] {
        var numbers = SeededNumbers(state: seed)
        let count = Int.random(in: 1...40, using: &numbers)
        return (0..<count).map { _ in
            guard Int.random(in: 0..<5, using: &numbers) > 0 else { return .broken }
            let values = ["1", "2", "3", "x", "300"]
            let boss = Int.random(in: 0..<(3 * count), using: &numbers)
            return .split(
                id: Int.random(in: 0..<(3 * count), using: &numbers),
                x: values[Int.random(in: 0..<values.count, using: &numbers)],
                boss: boss < count * 2 ? boss : nil)
        }
    }

    /// The numbers of the rows that have to be set aside, found row by row.
    private static func expected(_ rows: [ListedRows.Row]) -> Set<Int> {
        var aside: Set<Int> = []
        var ids: [Int: Int] = [:]
        for case .split(let id, _, _) in rows { ids[id, default: 0] += 1 }
        for (index, row) in rows.enumerated() {
            switch row {
            case .broken: aside.insert(index)
            case .split(let id, let x, _):
                if x == "x" || x == "300" || (ids[id] ?? 0) > 1 { aside.insert(index) }
            }
        }
        while true {
            var kept: Set<Int> = []
            for (index, row) in rows.enumerated() where !aside.contains(index) {
                if case .split(let id, _, _) = row { kept.insert(id) }
            }
            let orphans = rows.indices.filter { index in
                guard case .split(_, _, let boss?) = rows[index] else { return false }
                return !aside.contains(index) && !kept.contains(boss)
            }
            if orphans.isEmpty { return Set(aside.map { $0 + 1 }) }
            aside.formUnion(orphans)
        }
    }

    @Test("over random rows, with rows that can't be split in between", arguments: 0..<25)
    func partition(seed: Int) async throws {
        let rows = Self.rows(seed: UInt64(seed))
        let project = try TestProject(
            csv: "id,x,boss\n1,1,1\n",
            types: ["x: {type: integer, misfits: quarantine}", "id: integer", "boss: integer"],
            rules: [
                "range: {column: x, max: 120}", "unique: {columns: [id]}",
                "refers: {column: boss, to: data, key: id}",
            ])
        var diagnostics: [Diagnostic] = []
        let read = try Project.read(project.folder, &diagnostics)
        var source = read.recipes.sources[0]
        source.reader = ListedRows(rows)
        let provider = try TestProject.provider(threads: 1 + seed % 2)
        let intake = try await provider.intake(
            at: project.folder.appending(path: "staged.duckdb").path)
        let staging = Staging(
            intake: intake, data: project.folder, scratch: project.folder,
            settings: read.settings, parser: try await provider.parser())
        let staged = try #require(try await staging.stage(source, &diagnostics))
        let input = try #require(
            try await staging.finish([staged], &diagnostics).first?.input, "\(diagnostics)")
        #expect(input.rows + input.quarantined == rows.count)
        let expected = Self.expected(rows)
        #expect(input.quarantined == expected.count)
        let kept = try await intake.query("SELECT id FROM data ORDER BY rowid")
        let keptIDs = rows.enumerated().compactMap { index, row -> Value? in
            guard case .split(let id, _, _) = row, !expected.contains(index + 1) else { return nil }
            return .integer(Int64(id))
        }
        #expect((0..<kept.rowCount).map { kept.columns[0][$0] } == keptIDs)
        guard !expected.isEmpty else { return }
        let aside = try await intake.query(
            "SELECT \"row\", id, x, text, reason FROM \"data:quarantine\" ORDER BY 1")
        #expect((0..<aside.rowCount).map { aside.columns[0][$0].integerValue } == expected.sorted())
        for row in 0..<aside.rowCount {
            let values = aside.row(row)
            switch rows[(values[0].integerValue ?? 0) - 1] {
            case .broken: #expect(values[3] == .text("line \(values[0])"))
            case .split(let id, let x, _):
                #expect(values[1] == .text(String(id)) && values[2] == .text(x))
            }
            #expect(values[4].textValue?.isEmpty == false)
        }
    }

    @Test("a value that stops the run is told with its row among all that were read")
    func stoppingRow() async throws {
        let project = try TestProject(csv: "id,x,boss\n1,1,1\n", types: ["x: integer"])
        var diagnostics: [Diagnostic] = []
        let read = try Project.read(project.folder, &diagnostics)
        var source = read.recipes.sources[0]
        source.reader = ListedRows([
            .broken, .split(id: 1, x: "1", boss: nil), .broken, .broken,
            .split(id: 2, x: "x", boss: nil), .broken, .split(id: 3, x: "y", boss: nil),
        ])
        let provider = try TestProject.provider()
        let intake = try await provider.intake(
            at: project.folder.appending(path: "staged.duckdb").path)
        let staging = Staging(
            intake: intake, data: project.folder, scratch: project.folder,
            settings: read.settings, parser: try await provider.parser())
        let staged = try await staging.stage(source, &diagnostics)
        #expect(staged == nil)
        #expect(diagnostics.map { String($0.message.prefix(18)) } == ["row 5, column 'x':"])
    }
}
