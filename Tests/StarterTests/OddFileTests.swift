import Columns
import Foundation
import Runs
import Starter
import TestProjects
import Testing

@Suite("Projects from odd files run with nothing to edit")
struct OddFileTests {
    @Test("30 columns that are all text: no groups, and the page says why")
    func texts() async throws {
        let header = (1...30).map { "word \($0)" }.joined(separator: ",")
        var draws = Draws(1)
        let rows = (0..<200).map { _ in
            (0..<30).map { _ in "kind \(["a", "b", "c", "d"][draws.below(4)])" }
                .joined(separator: ",")
        }
        let drafted = try await Drafted(["words.csv": ([header] + rows).joined(separator: "\n")])
        #expect(drafted.project.groups == nil)
        let page = try drafted.text("pages/overview.yaml")
        #expect(page.contains("no column that says how much, how often or how long"))
        #expect(!drafted.project.files.contains { $0.hasPrefix("segments/") })
        try await drafted.run()
    }

    @Test("two columns")
    func twoColumns() async throws {
        let rows = (0..<120).map { "C\(1000 + $0),\($0 * 37 % 101).50" }
        let drafted = try await Drafted([
            "two.csv": (["client,balance"] + rows).joined(separator: "\n")
        ])
        #expect(drafted.project.tables[0].key.name == "client")
        #expect(drafted.project.whyNone?.contains("only one column") == true)
        #expect(try drafted.stated("measures/customers.yaml").contains(#"sum("balance")"#))
        try await drafted.run()
    }

    @Test("one row")
    func oneRow() async throws {
        let drafted = try await Drafted(["one.csv": "id,name,balance\n7,Ada King,12.50\n"])
        #expect(drafted.project.whyNone?.contains("1 row") == true)
        let record = try await drafted.run()
        #expect(record.models.map(\.rows) == [1])
    }

    @Test("no row is an error, and leaves nothing behind")
    func noRow() async throws {
        do {
            _ = try await Drafted(["none.csv": "id,balance\n"])
            Issue.record("a project of nothing")
        } catch let error as AuroraError {
            #expect(["table_empty", "no_rows"].contains(error.code))
        } catch let problem as InvalidProject {
            #expect(problem.diagnostics.first?.code == "no_rows")
        }
    }

    @Test("500 columns")
    func manyColumns() async throws {
        var draws = Draws(2)
        let header = "id," + (1...499).map { "amount_\($0)" }.joined(separator: ",")
        let rows = (0..<60).map { row in
            "\(row + 1),"
                + (1...499).map { _ in "\(draws.below(100_000)).25" }
                .joined(separator: ",")
        }
        let drafted = try await Drafted(["wide.csv": ([header] + rows).joined(separator: "\n")])
        #expect(drafted.project.tables[0].key.name == "id")
        #expect((3...8).contains(drafted.features.count))
        #expect(!drafted.features.contains("id"))
        try await drafted.run()
    }

    @Test("semicolons and decimal commas")
    func commas() async throws {
        var draws = Draws(3)
        let rows = (0..<300).map { row -> String in
            let isRich = row % 3 == 0
            let balance = (isRich ? 90_000 : 900) + draws.below(800)
            return "\(row + 1);\(balance),\(10 + draws.below(90));\(draws.below(40));"
                + "\(20 + draws.below(60))"
        }
        let text = (["Kunde;Saldo;Buchungen;Alter"] + rows).joined(separator: "\n")
        let drafted = try await Drafted(["konten.csv": text])
        #expect(drafted.role("Kunde") == .identifier)
        #expect(drafted.role("Saldo") == .money)
        #expect(try drafted.text("aurora.yaml").contains("locale: de-DE"))
        #expect(drafted.project.groups != nil)
        try await drafted.run()
    }

    @Test("rows that nothing tells apart are numbered")
    func noKey() async throws {
        var draws = Draws(4)
        let rows = (0..<100).map { _ in
            "\(["North", "South"][draws.below(2)]),\(draws.below(9)),\(draws.below(7))"
        }
        let text = (["region,visits,calls"] + rows).joined(separator: "\n")
        let drafted = try await Drafted(["visits.csv": text])
        #expect(drafted.project.tables[0].key.form == .rowNumber)
        let record = try await drafted.run()
        #expect(record.models.map(\.rows) == [100])
    }

    @Test("names that YAML and SQL would take for something else")
    func hostileNames() async throws {
        var draws = Draws(5)
        let header = ##""id","group","order: by #1","it's ""quoted""","limit","-","0","# amount""##
        let rows = (0..<90).map { row in
            ["C\(row + 100)", "yes no null".split(separator: " ")[draws.below(3)].description]
                + (0..<6).map { _ in "\(draws.below(5000))" }
        }.map { $0.joined(separator: ",") }
        let drafted = try await Drafted([
            "odd: name #1.csv": ([header] + rows).joined(separator: "\n")
        ])
        try await drafted.run()
    }

    @Test("a folder that holds something is refused")
    func refused() async throws {
        let drafted = try await Drafted(["one.csv": "id,name\n7,Ada\n8,Bo\n"])
        let starter = try Starter(TestProject.provider(), threads: 1)
        let file = drafted.folder.deletingLastPathComponent().appending(path: "one.csv")
        do {
            _ = try await starter.write([file], to: drafted.folder)
            Issue.record("it was overwritten")
        } catch let error as AuroraError {
            #expect(error.code == "project_exists")
        }
        #expect(try drafted.text("aurora.yaml").hasPrefix("type: project/v1"))
    }

    @Test("the same files give the same project, whatever the number of threads")
    func repeats() async throws {
        var draws = Draws(6)
        let rows = (0..<500).map { row in
            "\(row + 1),\(draws.below(90_000)),\(draws.below(50)),\(draws.below(70) + 18)"
        }
        let text = (["id,balance,visits,age"] + rows).joined(separator: "\n")
        let drafted = try await Drafted(["same.csv": text])
        let again = drafted.folder.deletingLastPathComponent().appending(path: "again")
        let file = drafted.folder.deletingLastPathComponent().appending(path: "same.csv")
        let project = try await Starter(TestProject.provider(threads: 1), threads: 1)
            .write([file], to: again)
        #expect(project.files == drafted.project.files)
        for path in project.files {
            let text = try String(contentsOf: again.appending(path: path), encoding: .utf8)
            let first = try drafted.text(path)
            #expect(text == first, "\(path)")
        }
    }
}
