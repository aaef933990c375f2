import Columns
import Foundation
import Preparation
import Reporting
import Runs
import TestProjects
import Testing
import Workspace

/// The documentation of sources and recipes is true: what it shows is read and run, and it leaves
/// out no kind and no key.
@Suite("Documented sources and steps")
struct DocumentedStepsTests {
    /// A page of `docs/`.
    struct Page {
        let text: String
        /// The examples that are whole files: fenced blocks with a path behind the language.
        let files: [String: String]

        init(_ name: String) throws {
            let url = TestProject.home.appending(path: "docs/\(name)")
            text = try String(contentsOf: url, encoding: .utf8)
            let block = #/(?s)^```(?:csv|yaml) (?<path>\S+)\n(?<text>.*?)^```$/#
                .anchorsMatchLineEndings()
            files = Dictionary(
                text.matches(of: block).map { (String($0.path), String($0.output.text)) }
            ) { first, _ in
                Issue.record("docs/\(name) holds two files of the same path")
                return first
            }
        }

        /// The rows of tables that begin with a kind: | `kind` | … |
        func rows(of part: String) -> [String: String] {
            let row = #/^\| `(?<kind>[a-z_]+)`( †)? \|.*\|.*\|$/#.anchorsMatchLineEndings()
            return Dictionary(part.matches(of: row).map { (String($0.kind), String($0.output.0)) })
            {
                first, _ in first
            }
        }

        /// The part below a heading, up to the next one.
        func section(_ heading: String) -> String? {
            guard let start = text.range(of: "\n\(heading)\n") else { return nil }
            let rest = text[start.upperBound...]
            return String(rest[..<(rest.range(of: "\n## ")?.lowerBound ?? rest.endIndex)])
        }
    }

    /// The keys that a text shows as code: `keep`, or {by: …, keep: first}.
    static func shows(_ key: String, _ text: String) -> Bool {
        text.contains("`\(key)`") || text.contains("\(key):")
    }

    /// The keys of the maps that a value may hold.
    static func keys(in type: FieldType) -> [String] {
        switch type {
        case .object(let fields), .shorthand(_, let fields): fields.map(\.name)
        case .list(let element), .map(let element): keys(in: element)
        default: []
        }
    }

    @Test("every kind of step is documented with all its keys")
    func steps() throws {
        let page = try Page("recipes.md")
        let steps = try #require(page.section("## All steps"))
        let rows = page.rows(of: steps)
        // Names and fields first: the compiler can't expect anything of a kind itself.
        let kinds = StepKinds.all.map { (name: $0.name, fields: $0.fields) }
        for (name, fields) in kinds {
            guard let row = rows[name] else {
                Issue.record("docs/recipes.md lacks the step '\(name)'")
                continue
            }
            guard case .fields(let fields) = fields else { continue }
            for field in fields where field.name != "column" && field.name != "columns" {
                #expect(Self.shows(field.name, row), "'\(field.name)' of '\(name)'")
            }
            for key in fields.flatMap({ Self.keys(in: $0.type) }) {
                #expect(Self.shows(key, steps), "'\(key)' in '\(name)'")
            }
        }
        #expect(Set(kinds.map(\.name)).isSuperset(of: rows.keys))
    }

    @Test("every example of a step and of a model runs as it stands")
    func examples() async throws {
        let page = try Page("recipes.md")
        let project = try TestProject(page.files)
        for path in page.files.keys where path.hasSuffix(".csv") {
            let source = "type: source/v1\ncsv: {file: \(path)}\n"
            try project.write(source, to: "sources/\(path.dropLast(4)).yaml")
        }
        let example = #/\| `(?<step>[a-z_]+: .*)` \|$/#
        for (kind, row) in page.rows(of: try #require(page.section("## All steps"))) {
            let step = try #require(row.firstMatch(of: example)?.step, "\(kind) has an example")
            let from = row.contains("†") ? "transactions" : "customers"
            let key = ["aggregate": "customer", "pivot": "customer", "unpivot": "row"][kind]
            // Rows that were columns need a key of their own.
            let more =
                kind == "unpivot" ? "  - derive: {column: row, as: 'concat(id, figure)'}\n" : ""
            try project.write(
                "type: model/v1\nfrom: \(from)\nkey: \(key ?? "id")\nsteps:\n  - \(step)\n\(more)",
                to: "models/only_\(kind).yaml")
        }
        #expect(try await project.mistakes() == [])
        // What the page says of a day is told.
        let notices = try await project.publish(reusing: true).notices
        #expect(notices.contains { $0.code == "as_of_mismatch" })
    }

    @Test("every kind of source is documented with all its keys, and every example is read")
    func sources() throws {
        let page = try Page("sources.md")
        for kind in SourceKind.all {
            guard let section = page.section("## \(kind.name)") else {
                Issue.record("docs/sources.md lacks the kind '\(kind.name)'")
                continue
            }
            for field in kind.fields {
                #expect(Self.shows(field.name, section), "'\(field.name)' of '\(kind.name)'")
            }
            #expect(page.files.values.contains { $0.contains("\n\(kind.name):") })
        }
        let files = try TestProject(page.files)
        var diagnostics: [Diagnostic] = []
        let project = try withExtendedLifetime(files) {
            try Project.read(files.folder, &diagnostics)
        }
        #expect(diagnostics == [])
        #expect(project.recipes.sources.count == page.files.count)
    }

    @Test("every kind of rule is documented with all its keys, and shown in an example")
    func rules() throws {
        let page = try Page("sources.md")
        let rows = page.rows(of: page.text)
        for (name, fields) in ContractKinds.all.map({ (name: $0.name, fields: $0.fields) }) {
            guard let row = rows[name] else {
                Issue.record("docs/sources.md lacks the rule '\(name)'")
                continue
            }
            for field in fields {
                #expect(Self.shows(field.name, row), "'\(field.name)' of '\(name)'")
            }
            #expect(
                page.files.values.contains { $0.contains("- \(name):") },
                "an example of '\(name)'")
        }
    }
}
