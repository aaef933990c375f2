import ArgumentParser
import Columns
import Foundation
import Learning
import Query
import Reporting
import Runs
import Segmentation

struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what a published run holds.",
        discussion: """
              aurora show runs
              aurora show models Examples/credit-card --name customers
              aurora show segments Examples/credit-card --json
            """)

    enum Subject: String, ExpressibleByArgument, CaseIterable {
        case sources, models, measures, dimensions, segments, pages, runs
    }

    @Argument(help: "sources, models, measures, dimensions, segments, pages or runs.")
    var what: Subject

    @OptionGroup var project: ProjectOptions

    @Option(help: "Only the one of this name.")
    var name: String?

    func run() async throws {
        try await Execution.run(json: project.json) { [self] in
            let listing = try await listing()
            guard let name else { return show(listing.entries, as: listing.key) }
            let named = listing.entries.filter { $0.name == name }
            guard !named.isEmpty else {
                throw AuroraError(
                    "unknown_name", "there is no \(listing.key.dropLast()) '\(name)'",
                    hint: NearestName.hint(for: name, among: listing.entries.map(\.name)))
            }
            show(named, as: listing.key)
        }
    }

    private struct Entry {
        var name: String
        var json: JSON
        var text: String
    }

    private func show(_ entries: [Entry], as key: String) {
        if project.json {
            let document = JSON.object([.init(name: key, value: .array(entries.map(\.json)))])
            Terminal.print(document.text(indented: true))
        } else {
            Terminal.print(
                entries.isEmpty
                    ? "There are no \(key)." : entries.map(\.text).joined(separator: "\n"))
        }
    }

    private func listing() async throws -> (key: String, entries: [Entry]) {
        let state = project.stateFolder
        if what == .runs {
            let published = state.published?.lastPathComponent
            return ("runs", try state.history.map { id in try Self.run(id, in: state, published) })
        }
        let run = try await PublishedRun.current(state, try Engines.provider(threads: 1))
        return (what == .segments ? "segmentations" : what.rawValue, entries(of: run))
    }

    private func entries(of run: PublishedRun) -> [Entry] {
        let catalogue = run.gate.catalogue
        switch what {
        case .sources:
            return run.record.inputs.map { input in
                Entry(
                    name: input.source,
                    json: .object([
                        "name": .string(input.source), "file": .string(input.file),
                        "rows": JSON(input.rows), "bytes": JSON(input.bytes),
                        "sha256": .string(input.sha256), "synthetic": .bool(input.isSynthetic),
                    ]), text: "\(input.source): \(input.rows) rows of \(input.file)")
            }
        case .models: return run.tables.map { Self.model($0, run) }
        case .measures:
            return catalogue.measures.values.sorted { $0.name < $1.name }.map {
                Entry(
                    name: $0.name, json: Describe.measure($0),
                    text: "\($0.name) = \($0.text)  (\($0.model))")
            }
        case .dimensions:
            return catalogue.dimensions.values.sorted { $0.name < $1.name }.map {
                Entry(
                    name: $0.name, json: Describe.dimension($0),
                    text: "\($0.name) = \($0.text)  (\($0.model), \($0.type))")
            }
        case .segments: return run.segmentations.map { Self.segmentation($0) }
        case .pages:
            return run.project.pages.map { page in
                Entry(
                    name: page.name,
                    json: .object([
                        "name": .string(page.name), "title": .string(page.title),
                        "description": JSON(page.summary), "visuals": JSON(page.visuals.count),
                    ]), text: "\(page.name): \(page.title) (\(page.visuals.count) visuals)")
            }
        case .runs: return []
        }
    }

    private static func run(
        _ id: String, in state: StateFolder, _ published: String?
    ) throws -> Entry {
        let record = try RunRecord.read(state.runs.appending(path: id))
        let mark = id == published ? "  published" : ""
        return Entry(
            name: id, json: Describe.run(record), text: "\(id)  \(record.finished)\(mark)")
    }

    private static func model(_ table: Catalogue.Table, _ run: PublishedRun) -> Entry {
        let record = run.record.models.first { $0.name == table.name }
        let columns = table.schema.fields.map { field in
            JSON.object(["name": .string(field.name), "type": .string(field.type.description)])
        }
        let steps = record?.steps ?? []
        let text =
            [
                "\(table.name): \(record?.rows ?? 0) rows from \(record?.from ?? ""), key \(table.key)"
            ]
            + steps.map { "  " + Describe.text($0) }
            + [
                "  columns: "
                    + table.schema.fields.map { "\($0.name) \($0.type)" }.joined(separator: ", ")
            ]
        return Entry(
            name: table.name,
            json: .object([
                "name": .string(table.name), "from": JSON(record?.from), "rows": JSON(record?.rows),
                "key": .string(table.key), "columns": .array(columns),
                "steps": .array(steps.map { Describe.step($0) }),
            ]), text: text.joined(separator: "\n"))
    }

    private static func segmentation(_ result: SegmentationResult) -> Entry {
        let silhouette = result.silhouette
        let measured =
            silhouette.map {
                $0.isExact
                    ? "measured on all \($0.rows) rows"
                    : "measured on \($0.measured) of \($0.rows) rows, ± \($0.margin)"
            } ?? ""
        let rows: [[Value]] = result.segments.map {
            [
                .integer(Int64($0.id)), .text($0.name), .integer(Int64($0.size)),
                .text(String(Int(($0.share * 1000).rounded())).percent),
            ]
        }
        let indices = [
            "inertia \(result.inertia)",
            silhouette.map { "silhouette \($0.mean) (\(measured))" },
            result.daviesBouldin.map { "Davies-Bouldin \($0)" },
            result.calinskiHarabasz.map { "Calinski-Harabasz \($0)" },
        ].compactMap { $0 }
        let text =
            "\(result.name): \(result.algorithm), k = \(result.segments.count), \(result.rows) rows\n"
            + Terminal.table(["id", "name", "size", "share"], rows) + "\n"
            + indices.joined(separator: "\n")
        return Entry(name: result.name, json: result.json, text: text)
    }
}

extension String {
    /// Tenths of a per cent, as text: "412" is "41.2 %".
    fileprivate var percent: String { (count > 1 ? dropLast() : "0") + ".\(last ?? "0") %" }
}
