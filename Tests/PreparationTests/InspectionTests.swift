import Columns
import Engine
import Foundation
import Preparation
import Runs
import TestProjects
import Testing

extension Inspection {
    /// Inspects a file as `aurora inspect` does.
    static func of(_ url: URL) async throws -> Inspection {
        var diagnostics: [Diagnostic] = []
        let kind = try #require(SourceKind.forFile(url))
        let reader = try #require(kind.reader(of: url, [], &diagnostics))
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "aurora-inspect-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let engine = try await TestProject.provider().intake(at: ":memory:")
        defer { engine.close() }
        let inspection = try await Inspection.of(
            reader, kind, options: [("file", url.lastPathComponent)],
            data: url.deletingLastPathComponent(), scratch: folder, intake: engine, &diagnostics)
        return try #require(inspection, "\(diagnostics)")
    }

    static func of(csv: String) async throws -> Inspection {
        let project = try TestProject(["data.csv": csv])
        return try await of(project.folder.appending(path: "data.csv"))
    }

    func column(_ name: String) throws -> InspectedColumn {
        try #require(columns.first { $0.name == name })
    }
}

@Suite("Inspecting a file")
struct InspectionTests {
    /// 40 rows with something of everything.
    static let csv: String = {
        let rows = (1...40).map { row in
            let day = row < 10 ? "0\(row)" : "\(row % 28 + 1)"
            let gender = row == 7 ? "Femal" : row == 8 ? "F" : row % 2 == 0 ? "Female" : "Male"
            let date = row == 3 ? "01-01-1900" : "\(day)-0\(row % 9 + 1)-2020"
            let age = row == 5 ? "-1" : row == 6 ? "177" : "\(20 + row)"
            return "C\(1000 + row),\(date),\"$\(row),000.50\",\(gender),\(age),"
                + "\(row == 9 ? "?" : "x\(row % 3)"),\(row)/0\(row % 9 + 1)/20,yes,\(row) "
        }
        return "id,opened,balance,gender,age,kind,when,flag,padded\n"
            + (rows + [rows[0]]).joined(separator: "\n") + "\n"
    }()

    @Test("counts rows, copies, missing and different values")
    func counts() async throws {
        let inspection = try await Inspection.of(csv: Self.csv)
        #expect(inspection.rows == 41)
        #expect(inspection.duplicateRows == 1)
        #expect(try inspection.column("gender").distinct == 4)
        #expect(try inspection.column("balance").missing == 0)
    }

    @Test("says how sure it is, and why")
    func confidence() async throws {
        let inspection = try await Inspection.of(csv: Self.csv)
        let opened = try inspection.column("opened")
        #expect(opened.reading.type == .date)
        #expect(opened.confidence == .certain)
        #expect(opened.reason.contains("impossible with day and month the other way"))
        #expect(try inspection.column("balance").confidence == .likely)
        let ambiguous = try await Inspection.of(csv: "d\n01-02-2020\n03-04-2021\n").column("d")
        #expect(ambiguous.confidence == .unsure)
        #expect(ambiguous.proposal?.setting == "{format: \"%d-%m-%Y\"}")
    }

    @Test("tells what is odd")
    func oddities() async throws {
        let inspection = try await Inspection.of(csv: Self.csv)
        func odd(_ name: String) throws -> String {
            try inspection.column(name).oddities.joined(separator: "; ")
        }
        #expect(try odd("opened").contains("1 values on 1900-01-01"))
        #expect(try odd("age").contains("2 values no age of a person"))
        #expect(try odd("age").contains("-1 where nothing else is negative"))
        #expect(try odd("kind").contains("1 values '?', which may stand for missing"))
        #expect(try odd("flag").contains("constant"))
        #expect(try odd("padded").contains("41 values with spaces"))
        #expect(try odd("gender") == "")
    }

    @Test("proposes missing values as the file writes them")
    func missing() async throws {
        let inspection = try await Inspection.of(
            csv: "lat,n,card\n0.000,-1.0,4.11E+15\n-35.280,5.0,5.5E+15\n")
        #expect(try inspection.column("lat").proposal?.missing == ["0.000"])
        #expect(try inspection.column("n").proposal?.missing == ["-1.0"])
        let card = try inspection.column("card").oddities.joined()
        #expect(card.contains("2 values like 4.11E+15: a spreadsheet has lost their last digits"))
    }

    @Test("proposes levels that mean the same, and applies nothing")
    func mappings() async throws {
        let inspection = try await Inspection.of(csv: Self.csv)
        let gender = try inspection.column("gender")
        #expect(
            gender.mappings.map { "\($0.from) → \($0.to)" } == ["F → Female", "Femal → Female"])
        #expect(
            inspection.steps == "  - map: {column: gender, values: {F: Female, Femal: Female}}\n")
        #expect(gender.distinct == 4)
    }

    @Test("shows shapes and common levels, never a single customer's value")
    func masked() async throws {
        let inspection = try await Inspection.of(csv: Self.csv)
        #expect(try inspection.column("id").examples == ["A9999"])
        #expect(try inspection.column("id").levels.isEmpty)
        #expect(!inspection.text.contains("C1001"))
        #expect(!inspection.json.text().contains("C1001"))
        let levels = try inspection.column("gender").levels.map(\.text)
        #expect(levels == ["Male", "Female"])
    }

    @Test("the proposed source file reads the same types, and what it calls missing as missing")
    func proposal() async throws {
        let inspection = try await Inspection.of(csv: Self.csv)
        let project = try TestProject([
            "data.csv": Self.csv, "sources/data.yaml": inspection.sourceFile,
            "models/m.yaml":
                "type: model/v1\nfrom: data\nkey: id\nsteps:\n  - filter: {keep: id <> 'C1001'}\n",
        ])
        let types = try await project.types()
        for column in inspection.columns where column.name != "kind" {
            #expect(types[column.name] == column.reading.type, "\(column.name)")
        }
        #expect(
            try await project.sql("SELECT count(opened), count(kind), count(age) FROM m")
                == ["38 38 38"])
    }

    @Test(
        "the kind of source by the file's name",
        arguments: [("a.csv", "csv"), ("a.TSV", "csv"), ("a.dat", "csv")])
    func kinds(name: String, kind: String) throws {
        let project = try TestProject([name: "a,b\n1,2\n"])
        #expect(SourceKind.forFile(project.folder.appending(path: name))?.name == kind)
    }

    @Test("no kind reads what is not there")
    func noKind() {
        #expect(SourceKind.forFile(URL(filePath: "/nonexistent/a.csv")) == nil)
    }
}

@Suite("Levels that seem to mean the same")
struct LevelMappingTests {
    struct Example: Sendable {
        var levels: [(String, Int)]
        var expected: [String]
    }

    static let examples = [
        Example(
            levels: [
                ("Female", 2037), ("Male", 1872), ("U", 88), ("F", 1), ("M", 1), ("Femal", 1),
            ],
            expected: ["F → Female", "Femal → Female", "M → Male"]),
        Example(
            levels: [
                ("NSW", 2054), ("VIC", 939), ("QLD", 838), ("New South Wales", 86),
                ("Victoria", 82),
            ],
            expected: ["New South Wales → NSW", "Victoria → VIC"]),
        Example(
            levels: [("Gold", 50), ("gold", 3), (" Gold", 2), ("GOLD ", 1)],
            expected: [" Gold → Gold", "GOLD  → Gold", "gold → Gold"]),
        Example(levels: [("M", 500), ("F", 480)], expected: []),
        Example(levels: [("CA", 90), ("TX", 80), ("ME", 70), ("Mexico", 6)], expected: []),
        Example(levels: [("High", 100), ("Higher", 3), ("Low", 90), ("Lower", 2)], expected: []),
        Example(levels: [("A", 50), ("B", 40), ("C", 9), ("Average", 2)], expected: []),
        Example(levels: [("Technician III", 100), ("Technician II", 4)], expected: []),
        Example(levels: [("$60K - $80K", 1000), ("$40K - $60K", 5)], expected: []),
        Example(levels: [("Level 1", 100), ("Level 2", 1)], expected: []),
        Example(
            levels: [("Manufacturing", 799), ("Manufactoring", 2)],
            expected: ["Manufactoring → Manufacturing"]),
        Example(levels: [("Austria", 900), ("Australia", 10)], expected: []),
        Example(
            levels: [("Graduate", 3000), ("Post-Graduate", 100), ("Undergraduate", 90)],
            expected: []),
    ]

    @Test("are proposed with the rarer becoming the commoner", arguments: examples)
    func proposals(example: Example) async throws {
        let values = example.levels.flatMap { level in
            Array(repeating: "\"\(level.0)\"", count: level.1)
        }
        let inspection = try await Inspection.of(csv: "x\n" + values.joined(separator: "\n") + "\n")
        let found = try inspection.column("x").mappings.map { "\($0.from) → \($0.to)" }
        #expect(found.sorted() == example.expected.sorted())
    }
}
