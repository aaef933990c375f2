import Columns
import Foundation
import Pipeline
import Reporting
import Runs
import Segmentation
import Synchronization
import TestProjects
import Testing

@Suite("What nothing has changed is taken over from earlier runs")
struct ReuseTests {
    private static let model = """
        type: model/v1
        from: data
        key: id
        steps:
          - impute: {column: x, with: median}
          - derive: {column: y, as: x * 2}
          - flag: {column: is_large, when: y > 30}
        """

    private func project() throws -> TestProject {
        try TestProject([
            "data.csv": "id,x\n1,10\n2,\n3,30\n4,20\n",
            "sources/data.yaml": "type: source/v1\ncsv: {file: data.csv}\n",
            "models/m.yaml": Self.model,
            "models/of_m.yaml": "type: model/v1\nfrom: m\nkey: id\n",
        ])
    }

    private func memory(of project: TestProject) -> URL {
        project.state.memory.appending(path: "steps.json")
    }

    /// Marks what is remembered of each step, so that a record tells what was taken over.
    private func mark(_ project: TestProject) throws {
        let url = memory(of: project)
        let text = try String(contentsOf: url, encoding: .utf8)
        let marked = text.replacing("\"summary\" : \"", with: "\"summary\" : \"REMEMBERED ")
        try Data(marked.utf8).write(to: url)
    }

    private func remembered(_ record: RunRecord) -> [Bool] {
        record.models.flatMap(\.steps).map { $0.summary.hasPrefix("REMEMBERED") }
    }

    @Test("a changed step is worked out anew with whatever follows it, the steps before are not")
    func changedStep() async throws {
        let project = try project()
        try await project.publish(reusing: true)
        try mark(project)
        try project.write(Self.model.replacing("x * 2", with: "x * 3"), to: "models/m.yaml")
        let record = try await project.publish(reusing: true)
        #expect(remembered(record) == [true, false, false])
        #expect(
            try await project.sql("SELECT y FROM m ORDER BY id") == [
                "30", "60", "90", "60",
            ])
    }

    /// The stages of a run that takes over what it can, and its record.
    private func stages(of project: TestProject) async throws -> ([String], RunRecord) {
        let seen = Mutex<[String]>([])
        let record = try await project.pipeline().publish(in: project.state, reusing: true) {
            stage in
            seen.withLock { $0.append(stage.stage) }
        }
        return (seen.withLock { $0 }, record)
    }

    @Test("a segmentation of which only names have changed is taken over, and equals a fresh one")
    func renamed() async throws {
        let project = try project()
        let segments = """
            type: segment/v1
            model: m
            features: [column: x, column: y]
            k_means: {k: 2}

            """
        try project.write(segments, to: "segments/groups.yaml")
        #expect(try await stages(of: project).0.contains("Segmenting: groups"))
        try project.write(segments + "label: L\nnames: [Low, High]\n", to: "segments/groups.yaml")
        let (seen, record) = try await stages(of: project)
        #expect(!seen.contains("Segmenting: groups"))
        let names = try await project.reopened().segmentations[0].segments.map(\.name)
        #expect(names == ["Low", "High"])
        let fresh = try await project.publish(reusing: false)
        #expect(fresh.outputs == record.outputs)
        try project.write(segments.replacing("k: 2", with: "k: 3"), to: "segments/groups.yaml")
        #expect(try await stages(of: project).0.contains("Segmenting: groups"))
        try project.write("id,x\n1,10\n2,\n3,30\n4,21\n", to: "data.csv")
        #expect(try await stages(of: project).0.contains("Segmenting: groups"))
    }

    @Test("another layout, comment or order of keys changes nothing")
    func layout() async throws {
        let project = try project()
        try await project.publish(reusing: true)
        try mark(project)
        let text = Self.model
            .replacing(
                "{column: y, as: x * 2}", with: "\n      # twice\n      as: x * 2\n      column: y"
            )
            .replacing("key: id", with: "key: id\ndescription: A model.")
        try project.write(text.replacing("x * 2", with: "'x * 2'"), to: "models/m.yaml")
        let record = try await project.publish(reusing: true)
        #expect(record.models[0].steps.count == 3)
        #expect(try await project.sql("SELECT y FROM m WHERE id = 1") == ["20"])
    }

    /// Marks where each staged source comes from, so that a record tells what was taken over.
    private func markSources(_ project: TestProject) throws {
        let url = project.state.memory.appending(path: "sources.json")
        let text = try String(contentsOf: url, encoding: .utf8)
        try Data(text.replacing("\"file\" : \"", with: "\"file\" : \"REMEMBERED ").utf8)
            .write(to: url)
    }

    private func remembered(sources record: RunRecord) -> [String] {
        record.inputs.filter { $0.file.hasPrefix("REMEMBERED") }.map(\.source)
    }

    @Test("a changed file is read anew with those that rules tie to it, the others are not")
    func changedSource() async throws {
        let owners = "id,x\n1,10\n2,20\n"
        let project = try TestProject([
            "alone.csv": "id\n1\n2\n", "owners.csv": owners, "things.csv": "id,owner\n1,1\n2,2\n",
            "sources/alone.yaml": "type: source/v1\ncsv: {file: alone.csv}\n",
            "sources/owners.yaml": "type: source/v1\ncsv: {file: owners.csv}\n",
            "sources/things.yaml": """
            type: source/v1
            csv: {file: things.csv}
            expect:
              - refers: {column: owner, to: owners, key: id}
            """,
            "models/thing_list.yaml": "type: model/v1\nfrom: things\nkey: id\n",
            "models/lone_list.yaml": "type: model/v1\nfrom: alone\nkey: id\n",
        ])
        try await project.publish(reusing: true)
        try markSources(project)
        #expect(
            remembered(sources: try await project.publish(reusing: true))
                == ["alone", "owners", "things"])
        try project.write(owners.replacing("2,20", with: "3,20"), to: "owners.csv")
        let record = try await project.publish(reusing: true)
        #expect(remembered(sources: record) == ["alone"])
        #expect(record.inputs.map(\.source) == ["alone", "owners", "things"])
        #expect(try await project.sql("SELECT id FROM thing_list") == ["1"])
        #expect(try await project.sql("SELECT count(*) FROM lone_list") == ["2"])
        #expect(record.outputs == (try await project.publish(reusing: false)).outputs)
        try markSources(project)
        try project.write("id\n1\n", to: "alone.csv")
        #expect(
            remembered(sources: try await project.publish(reusing: true)) == ["owners", "things"])
        #expect(try await project.sql("SELECT id FROM thing_list") == ["1"])
    }

    @Test(
        "the outputs are those of a fresh run, whatever was changed between",
        arguments: [
            ("data.csv", "1,10", "1,11"), ("data.csv", "id,x", "id,x"),
            ("models/m.yaml", "median", "mean"), ("models/m.yaml", "y > 30", "y > 40"),
            ("models/m.yaml", "is_large", "large"),
            ("sources/data.yaml", "file: data.csv}", "file: data.csv, missing: ['10']}"),
            ("aurora.yaml", "name: Test", "name: Test\nas_of: 2020-01-01"),
        ])
    func likeFresh(path: String, old: String, new: String) async throws {
        let project = try project()
        try await project.publish(reusing: true)
        let url = project.folder.appending(path: path)
        let text = try String(contentsOf: url, encoding: .utf8)
        try project.write(text.replacing(old, with: new), to: path)
        let reused = try await project.publish(reusing: true)
        let fresh = try await project.publish(reusing: false)
        #expect(reused.outputs == fresh.outputs)
        #expect(
            reused.models.flatMap(\.steps).map(\.cellsChanged)
                == fresh.models.flatMap(\.steps).map(\.cellsChanged))
        #expect(reused.notices == fresh.notices)
        #expect(reused.models.map(\.fingerprint) == fresh.models.map(\.fingerprint))
    }

    @Test(
        "a memory that is damaged is thrown away",
        arguments: ["steps.json", "steps.duckdb", "sources.json", "sources.duckdb"])
    func damaged(file: String) async throws {
        let project = try project()
        let first = try await project.publish(reusing: true)
        try Data("not what it was".utf8).write(to: project.state.memory.appending(path: file))
        #expect(try await project.publish(reusing: true).outputs == first.outputs)
        #expect(try await project.publish(reusing: true).outputs == first.outputs)
    }

    @Test("what no run needs any more is let go")
    func unused() async throws {
        let project = try project()
        try await project.publish(reusing: true)
        let before = try Data(contentsOf: memory(of: project))
        try project.write(Self.model.replacing("x * 2", with: "x * 3"), to: "models/m.yaml")
        try await project.publish(reusing: true)
        try project.write(Self.model, to: "models/m.yaml")
        try await project.publish(reusing: true)
        #expect(try Data(contentsOf: memory(of: project)) == before)
    }

    @Test("verifying takes nothing over")
    func verification() async throws {
        let project = try project()
        let record = try await project.publish(reusing: true)
        try mark(project)
        let verification = try await project.pipeline().verify(record, in: project.state) {
            _, _, _ in
        }
        #expect(verification.isRepeated)
    }
}
