import Columns
import Learning
import Query
import Runs
import Segmentation
import Workspace

/// How customers flow from the segments of the run before to those of this one.
struct Migration: SegmentationChart {
    static let name = "migration"
    static let summary =
        "flows of customers from the segments of the run before to those of this one"
    static let usualSize = (width: 12, height: 6)

    let segmentation: Located<String>
    let usualTitle: String? = "From run to run"

    init(_ values: FieldValues) { segmentation = values.required("segmentation") }

    /// Of the two runs: no filter applies.
    func data(
        in run: PublishedRun, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        let name = segmentation.value
        let now = try run.segmentation(name)
        guard let before = try await run.flows(of: name, for: reader) else {
            return .object(
                try frame(now, run, suppressed: 0, rows: []) + [
                    .init(name: "from_run", value: .null)
                ])
        }
        let shown = try before.flows.shown(through: run.gate, to: reader)
        let names = Self.names(before.segments, now)
        let seen = Set(shown.flows.flatMap { [$0.from, $0.to] }.compactMap { $0 })
        let rows = shown.flows.map { flow in
            JSON.array(
                [
                    .string(Self.kind(flow)), JSON(flow.from.flatMap { names[$0] }),
                    JSON(flow.to.flatMap { names[$0] }), JSON(flow.customers),
                ] + Self.outcomes.map { JSON(flow.outcomes[$0] ?? nil) })
        }
        return .object(
            try frame(now, run, suppressed: shown.suppressed, rows: rows) + [
                .init(name: "from_run", value: Self.json(before.from)),
                .init(name: "to_run", value: Self.json(run.asMigrationRun)),
                .init(
                    name: "segments",
                    value: .array(
                        names.filter { seen.contains($0.key) }.sorted { $0.key < $1.key }.map {
                            id, name in
                            let place = now.segments.firstIndex { $0.id == id }
                            return .object([
                                "name": .string(name), "colour": JSON(place.map { $0 + 1 }),
                            ])
                        })),
                .init(
                    name: "outcomes",
                    value: .object(
                        Movement.Outcome.allCases.map {
                            .init(name: $0.rawValue, value: JSON(shown.outcomes[$0] ?? nil))
                        })),
            ])
    }

    private static let outcomes: [Movement.Outcome] = [.moved, .borderline, .redrawn]

    private func frame(
        _ result: SegmentationResult, _ run: PublishedRun, suppressed: Int, rows: [JSON]
    ) throws(AuroraError) -> [JSON.Member] {
        let total = run.record.models.first { $0.name == result.model }?.rows ?? result.rows
        let columns = ["flow", "from", "to", "customers"] + Self.outcomes.map(\.rawValue)
        return [
            .init(name: "columns", value: .array(columns.map { .string($0) })),
            .init(name: "rows", value: .array(rows)),
            .init(name: "rows_used", value: JSON(result.rows)),
            .init(name: "rows_total", value: JSON(total)),
            .init(name: "suppressed", value: JSON(suppressed)),
        ]
    }

    /// What a file says of a flow, where one of its ends may be missing.
    private static func kind(_ flow: MigrationFlows.Flow) -> String {
        if flow.from == nil { return "new" }
        if flow.to == nil { return "gone" }
        return flow.from == flow.to ? "same" : "changed"
    }

    /// A name for each segment of either run; one that is gone yields its name to one that has it now.
    private static func names(
        _ before: [(id: Int, name: String)], _ now: SegmentationResult
    ) -> [Int: String] {
        var names = Dictionary(now.segments.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
        let taken = Set(names.values)
        for (id, name) in before where names[id] == nil {
            names[id] = taken.contains(name) ? "\(name) (\(id))" : name
        }
        // Customers that belong to no segment.
        let none = FrozenSegments.outlierID
        if names[none] == nil { names[none] = "No segment" }
        return names
    }

    private static func json(_ run: MigrationReport.Run) -> JSON {
        .object(["id": .string(run.id), "as_of": JSON(run.asOf)])
    }
}
