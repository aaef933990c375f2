import Columns
import Foundation
import Runs
import TestProjects
import Testing

@Suite("Models")
struct ModelTests {
    static let source = [
        "data.csv": "id,balance,region\n2,20,b\n1,10,a\n3,30,\n",
        "sources/data.yaml": "type: source/v1\ncsv: {file: data.csv}\n",
    ]

    static func project(_ files: [String: String]) throws -> TestProject {
        try TestProject(source.merging(files) { $1 })
    }

    @Test("a model of a model, whatever the order of their files")
    func modelOfModel() async throws {
        let project = try Self.project([
            "models/a_last.yaml": """
            type: model/v1
            from: z_first
            key: id
            steps:
              - filter: {keep: doubled > 20}
            """,
            "models/z_first.yaml": """
            type: model/v1
            from: data
            key: id
            steps:
              - derive: {column: doubled, as: balance * 2}
            """,
        ])
        let record = try await project.publish()
        #expect(record.models.map(\.name) == ["z_first", "a_last"])
        #expect(record.models.map(\.from) == ["data", "z_first"])
        #expect(record.models.map(\.rows) == [3, 2])
        #expect(try await project.sql("SELECT id, doubled FROM a_last") == ["2 40", "3 60"])
        let tables = record.outputs.keys.filter { $0.hasPrefix("tables/") }
        #expect(tables.sorted() == ["tables/a_last", "tables/z_first"])
    }

    @Test("a table lies in the order of its key")
    func order() async throws {
        let project = try Self.project([
            "models/m.yaml": "type: model/v1\nfrom: data\nkey: id\n"
        ])
        try await project.publish()
        #expect(try await project.sql("SELECT id FROM m") == ["1", "2", "3"])
    }

    @Test("an unknown column is told at its line and column, inside an expression too")
    func unknownColumn() async throws {
        let mistakes = try await Self.project([
            "models/m.yaml": """
            type: model/v1
            from: data
            key: id
            steps:
              - derive: {column: x, as: balance + 1}
              - derive:
                  column: y
                  as: abs(balance) + balanse
            """
        ]).mistakes()
        #expect(mistakes.map(\.code) == ["unknown_column"])
        #expect(mistakes.map(\.place.description) == ["models/m.yaml:8:26"])
        #expect(mistakes.first?.message == "model 'm' at this step has no column 'balanse'")
        #expect(mistakes.first?.hint == "did you mean 'balance'?")
    }

    @Test("models that are made from each other")
    func cycle() async throws {
        let mistakes = try await Self.project([
            "models/a.yaml": "type: model/v1\nfrom: b\nkey: id\n",
            "models/b.yaml": "type: model/v1\nfrom: c\nkey: id\n",
            "models/c.yaml": "type: model/v1\nfrom: a\nkey: id\n",
            "models/fine.yaml": "type: model/v1\nfrom: data\nkey: id\n",
        ]).mistakes()
        #expect(mistakes.map(\.code) == ["cyclic_models", "cyclic_models", "cyclic_models"])
        #expect(
            mistakes.map(\.place.description)
                == ["models/a.yaml:2:7", "models/b.yaml:2:7", "models/c.yaml:2:7"])
        #expect(mistakes.first?.hint?.contains("a, b, c") == true)
    }

    @Test("a model that is made from itself")
    func selfMade() async throws {
        let mistakes = try await Self.project([
            "models/a.yaml": "type: model/v1\nfrom: a\nkey: id\n"
        ]).mistakes()
        #expect(mistakes.map(\.code) == ["cyclic_models"])
    }

    @Test("what a model names and is not there")
    func unknownNames() async throws {
        let mistakes = try await Self.project([
            "models/m.yaml": """
            type: model/v1
            from: dta
            key: id
            references: {regions: region}
            """
        ]).mistakes()
        #expect(mistakes.map(\.code).sorted() == ["unknown_model", "unknown_source"])
        #expect(mistakes.contains { $0.place.description == "models/m.yaml:2:7" })
        #expect(mistakes.contains { $0.place.description == "models/m.yaml:4:14" })
        #expect(mistakes.contains { $0.hint == "did you mean 'data'?" })
    }

    @Test("a model with the name of a source")
    func nameTaken() async throws {
        let mistakes = try await Self.project([
            "models/data.yaml": "type: model/v1\nfrom: data\nkey: id\n"
        ]).mistakes()
        #expect(mistakes.map(\.code).contains("name_taken"))
    }

    @Test("mistakes of several models come all at once, and not twice")
    func allAtOnce() async throws {
        let mistakes = try await Self.project([
            "data2.csv": "id,x\n1,2,3\n",
            "sources/other.yaml": "type: source/v1\ncsv: {file: data2.csv}\n",
            "models/a.yaml": "type: model/v1\nfrom: data\nkey: idd\n",
            "models/b.yaml": """
            type: model/v1
            from: data
            key: region
            """,
            "models/c.yaml": "type: model/v1\nfrom: a\nkey: id\n",
            "models/d.yaml": "type: model/v1\nfrom: other\nkey: nothing\n",
        ]).mistakes()
        #expect(
            mistakes.map(\.code) == ["ragged_rows", "unknown_column", "key_not_unique"])
    }
}
