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
              aurora show model customers --steps
              aurora show lineage Examples/credit-card --name avg_balance
              aurora show segments Examples/credit-card --json
              aurora show quarantine --name customers
              aurora show comparisons --name demographic
              aurora show sql --name behaviour > behaviour.sql
              aurora show profile --name behaviour
              aurora show identity --name behaviour
              aurora show migration --name behaviour --from 1 --to 2
              aurora show customer --name behaviour --key C10001
            """)

    enum Subject: String, ExpressibleByArgument, CaseIterable {
        case sources, models, measures, dimensions, segments, pages, runs, lineage, quarantine,
            comparisons, profile, identity, migration, customer, sql

        /// One of them may be asked for by its singular.
        init?(argument: String) {
            guard let subject = Self(rawValue: argument) ?? Self(rawValue: argument + "s") else {
                return nil
            }
            self = subject
        }
    }

    @Argument(
        help: """
            sources, models, measures, dimensions, segments, pages, runs, lineage, quarantine, \
            comparisons, profile, identity, migration, customer or sql.
            """
    )
    var what: Subject

    @OptionGroup var project: ProjectOptions

    @Option(
        help: """
            Only the one of this name; for lineage a figure, or model.column; for quarantine a source; \
            for comparisons, profile, identity, migration, customer and sql a segmentation.
            """
    )
    var name: String?

    @Flag(help: "With models: what each step did, with examples of changed cells.")
    var steps = false

    @Option(help: "With migration: the earlier run (default: the one before the later).")
    var from: String?

    @Option(help: "With migration: the later run (default: the published one).")
    var to: String?

    @Option(help: "With customer: the customer, by the key of the segmentation's model.")
    var key: String?

    func validate() throws {
        if (what == .customer) != (key != nil) {
            throw ValidationError(
                key == nil ? "customer needs --key, which names one" : "--key goes with customer")
        }
        if what != .migration, from != nil || to != nil {
            throw ValidationError("--from and --to go with migration")
        }
    }

    func run() async throws {
        var command = self
        // `aurora show model customers`: a name, in the project of this folder.
        let holdsProject = FileManager.default.fileExists(
            atPath: project.folder.appending(path: "aurora.yaml").path)
        if name == nil, project.project != ".", project.state == nil, !holdsProject {
            (command.name, command.project.project) = (project.project, ".")
        }
        try await command.show()
    }

    private func show() async throws {
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

    struct Entry {
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
        if what == .migration { return (what.rawValue, try await migrations(in: state)) }
        let run = try await PublishedRun.current(state, try Engines.provider(threads: 1))
        if what == .quarantine {
            var entries: [Entry] = []
            for source in name.map({ [$0] }) ?? run.record.inputs.map(\.source) {
                entries.append(Self.quarantine(try await run.quarantine(of: source, for: .local)))
            }
            return (what.rawValue, entries)
        }
        if what == .comparisons {
            let comparisons = try await run.comparisons(with: name, for: .local)
            return (what.rawValue, comparisons.map { Self.comparison($0, name) })
        }
        if what == .customer { return (what.rawValue, [try await customer(of: run)]) }
        if what == .sql {
            let names = name.map { [$0] } ?? run.segmentations.map(\.name)
            return (what.rawValue, try names.map { try Self.sql($0, run) })
        }
        return (what == .segments ? "segmentations" : what.rawValue, try entries(of: run))
    }

    private func entries(of run: PublishedRun) throws -> [Entry] {
        let catalogue = run.gate.catalogue
        switch what {
        case .sources:
            return run.record.inputs.map { input in
                Entry(
                    name: input.source, json: Describe.source(input), text: Describe.text(input))
            }
        case .models: return run.tables.map { model($0, run) }
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
        case .lineage:
            let figures = Array(catalogue.measures.keys) + Array(catalogue.dimensions.keys)
            return try (name.map { [$0] } ?? figures.sorted()).map { figure in
                let lineage = try run.lineage(of: figure)
                return Entry(
                    name: figure, json: lineage.json(run.record),
                    text: Describe.text(lineage, run.record))
            }
        case .profile: return try profiles(of: run)
        case .identity: return try identities(of: run)
        case .runs, .quarantine, .comparisons, .migration, .customer, .sql: return []
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

    private func model(_ table: Catalogue.Table, _ run: PublishedRun) -> Entry {
        let record = run.record.models.first { $0.name == table.name }
        let columns = table.schema.fields.map { field in
            JSON.object(["name": .string(field.name), "type": .string(field.type.description)])
        }
        let recipe = record?.steps ?? []
        let title =
            "\(table.name): \(record?.rows ?? 0) rows from \(record?.from ?? ""), key \(table.key)"
        let story = recipe.enumerated().flatMap { index, step -> [String] in
            steps ? Describe.story(step, number: index + 1) : [Describe.text(step)]
        }
        let fields = table.schema.fields.map { "\($0.name) \($0.type)" }
        let lines =
            [title] + story.map { "  " + $0 } + ["  columns: " + fields.joined(separator: ", ")]
        return Entry(
            name: table.name,
            json: .object([
                "name": .string(table.name), "from": JSON(record?.from), "rows": JSON(record?.rows),
                "key": .string(table.key), "columns": .array(columns),
                "steps": .array(recipe.map { Describe.step($0) }),
            ]), text: lines.joined(separator: "\n"))
    }

    private static func quarantine(_ listing: QuarantineListing) -> Entry {
        let shown =
            listing.rows.count < listing.total ? ", the first \(listing.rows.count) of them" : ""
        let table = listing.total == 0 ? "" : "\n" + Terminal.table(listing.columns, listing.rows)
        return Entry(
            name: listing.source, json: listing.json,
            text: "\(listing.source): \(listing.total) rows were set aside\(shown)\(table)")
    }

    private static func sql(_ name: String, _ run: PublishedRun) throws -> Entry {
        let query = try run.scoringSQL(of: name)
        return Entry(
            name: name, json: .object(["name": .string(name), "sql": .string(query)]), text: query)
    }

    private static func comparison(
        _ comparison: SegmentationComparison, _ name: String?
    ) -> Entry {
        let (columns, rows) = comparison.shown
        return Entry(
            name: name ?? comparison.first, json: comparison.json,
            text: Terminal.table(columns, rows) + "\n" + comparison.text + "\n")
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
            result.fit?.inertia.map { "inertia \($0)" },
            silhouette.map { "silhouette \($0.mean) (\(measured))" },
            result.daviesBouldin.map { "Davies-Bouldin \($0)" },
            result.calinskiHarabasz.map { "Calinski-Harabasz \($0)" },
        ].compactMap { $0 }
        let text =
            "\(result.name): \(result.algorithm), k = \(result.groups.count), \(result.rows) rows\n"
            + Terminal.table(["id", "name", "size", "share"], rows) + "\n"
            + indices.joined(separator: "\n")
        return Entry(name: result.name, json: result.json, text: text)
    }
}

extension String {
    /// Tenths of a per cent, as text: "412" is "41.2 %".
    fileprivate var percent: String { (count > 1 ? dropLast() : "0") + ".\(last ?? "0") %" }
}
