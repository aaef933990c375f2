import Columns
import DemoBank
import Engine
import Foundation
import Learning
import Pipeline
import Reporting
import Runs
import Segmentation
import Workspace

/// The folder of a demo: the project's text, and the bank's files in `data/`.
struct DemoFolder {
    let url: URL
    let bank: SyntheticBank

    var data: URL { url.appending(path: "data") }
    private var truth: URL { data.appending(path: "TRUTH.json") }
    var state: StateFolder { StateFolder(url.appending(path: ".aurora")) }

    /// Copies the demo's project where there is none yet; what is there may have been edited and
    /// stays.
    /// - Throws: `demo_missing`, `not_a_demo`, `cannot_write`.
    func addProject(from home: URL?) throws(AuroraError) {
        let files = FileManager.default
        guard !files.fileExists(atPath: url.appending(path: "aurora.yaml").path) else {
            if files.fileExists(atPath: truth.path) { return }
            throw AuroraError(
                "not_a_demo", "\(url.path) holds a project, and no demo's data with it",
                hint: "choose another folder with --output")
        }
        guard let original = home?.appending(path: "Examples/demo-bank"),
            let paths = files.subpaths(atPath: original.path)
        else {
            throw AuroraError(
                "demo_missing", "Examples/demo-bank is not beside the program",
                hint: "set AURORA_HOME to Aurora's folder")
        }
        let texts = paths.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.sorted()
        do {
            // The project's file comes last: without it, it is copied again.
            for path in texts.filter({ $0 != "aurora.yaml" }) + ["aurora.yaml"] {
                let copy = url.appending(path: path)
                try files.createDirectory(
                    at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(contentsOf: original.appending(path: path)).write(to: copy)
            }
        } catch {
            throw AuroraError(
                "cannot_write", "can't write the demo's project to '\(url.path)'",
                cause: error.localizedDescription, hint: "choose another folder with --output")
        }
    }

    /// Whether the bank's files are there, complete, as this program would write them.
    var hasData: Bool {
        struct Truth: Decodable {
            struct File: Decodable {
                var name: String
                var bytes: Int
            }
            var edition: Int
            var customers: Int
            var months: Int
            var seed: UInt64
            var files: [File]
        }
        guard let text = try? Data(contentsOf: truth),
            let truth = try? JSONDecoder().decode(Truth.self, from: text),
            truth.edition == SyntheticBank.edition,
            truth.customers == bank.customers, truth.months == bank.months, truth.seed == bank.seed
        else { return false }
        let day = try? String(
            contentsOf: data.appending(path: SyntheticBank.asOfFile), encoding: .utf8)
        guard day == bank.asOf + "\n" else { return false }
        return truth.files.allSatisfy { file in
            let path = data.appending(path: file.name).path
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            return attributes?[.size] as? Int == file.bytes
        }
    }

    /// Makes the bank's files where they are not there.
    /// - Returns: whether they were made.
    func addData() throws -> Bool {
        if hasData { return false }
        _ = try Generate.write(bank, to: data.path)
        return true
    }

    /// The published run's record, if nothing has changed since: neither the project's text nor the
    /// program.
    func currentRecord(of project: Project) -> RunRecord? {
        guard let folder = state.published, let record = try? RunRecord.read(folder),
            record.project == project.folder.texts, record.versions["aurora"] == Version.current
        else { return nil }
        return record
    }

    /// How well the published segmentation recovers the planted segments.
    /// - Returns: the adjusted Rand index; nil where the project has been changed so that it has no
    ///   segmentation 'behaviour' of 'customers' any more.
    func recovered(_ provider: any EngineProvider) async throws -> Double? {
        guard let run = state.published else { return nil }
        let published = try await PublishedRun.current(state, provider)
        guard
            published.segmentations.contains(where: {
                $0.name == "behaviour" && $0.model == "customers"
            })
        else { return nil }
        let engine = try await provider.published(
            at: run.appending(path: "data.duckdb").path, readers: 1)
        defer { engine.close() }
        let rows = try await engine.query(
            "SELECT customer_id, behaviour FROM customers ORDER BY customer_id")
        return try PlantedSegments(in: data).adjustedRandIndex(of: rows)
    }
}

extension DemoFolder {
    /// What scikit-learn makes of the same features; nil for another bank than the one that it was
    /// computed on, and where the published project makes others of the bank than the shipped one.
    func reference(from home: URL?) throws(AuroraError) -> BankReference? {
        guard let original = home?.appending(path: "Examples/demo-bank"),
            let record = try state.published.map(RunRecord.read)
        else { return nil }
        let reference = try BankReference(in: original)
        var ignored: [Diagnostic] = []
        let shipped = try Project.read(original, &ignored)
        let published = try Project.parse(record.project)
        guard reference.applies(to: bank), Self.features(shipped) == Self.features(published) else {
            return nil
        }
        return reference
    }

    /// All that decides the features and what is done with them, but for the names of groups.
    private static func features(_ project: Project) -> [String] {
        let texts = project.folder.texts.sorted { $0.key < $1.key }
            .filter { $0.key.hasPrefix("sources/") || $0.key.hasPrefix("models/") }
        let behaviour = project.segmentations.first { $0.name == "behaviour" }
        return texts.flatMap { [$0.key, $0.value] } + [behaviour?.decisive ?? ""]
    }
}

extension PlantedSegments {
    /// - Parameter rows: customers' numbers, and their segments from 1.
    func adjustedRandIndex(of rows: Batch) throws(AuroraError) -> Double {
        var found: [Int32] = []
        var planted: [Int32] = []
        for row in 0..<rows.rowCount {
            let values = rows.row(row)
            guard let customer = values[0].doubleValue.map({ Int($0) }),
                let segment = values[1].doubleValue, let truth = segments[customer]
            else { continue }
            planted.append(truth)
            found.append(Int32(segment))
        }
        return try AdjustedRandIndex.measure(planted, found)
    }
}
