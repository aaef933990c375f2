import Columns
import Foundation
import Learning
import Reporting
import Runs
import Segmentation

/// How a segmentation stays the same over time, as text and as JSON.
extension Describe {
    static func json(_ report: MigrationReport) throws -> JSON {
        .encoded(String(decoding: try JSONEncoder.stable.encode(report), as: UTF8.self))
    }

    static func text(_ report: MigrationReport) -> String {
        func run(_ run: MigrationReport.Run) -> String {
            run.id + (run.asOf.map { " (\($0))" } ?? "")
        }
        var lines = [
            "\(report.name): from run \(run(report.from)) to run \(run(report.to))",
            "  \(count(report.customers)) customers are in both; \(count(report.joined)) are new, "
                + "\(count(report.gone)) are gone.",
            "  \(count(report.stayed)) stayed in their segment.",
            "  \(count(report.moved)) moved: they crossed a boundary of the earlier model by more "
                + "than margins usually change"
                + (report.wobble.map { " (\(threeDigits($0)) on the model's scale)." } ?? "."),
            "  \(count(report.borderline)) are borderline: they crossed one, but not by more than "
                + "that.",
            "  \(count(report.redrawn)) were redrawn: they did not cross any, and only the new fit "
                + "puts them elsewhere.",
        ]
        if report.stayed == nil || report.moved == nil || report.borderline == nil
            || report.redrawn == nil || report.certain.cells.joined().contains(nil)
        {
            lines.append("  – stands where so few customers are that the project hides them.")
        }
        lines.append("Who moved for certain, from each segment (rows) to each (columns):")
        lines.append(matrix(report.certain, report.segments))
        lines.append("What two reports show, with what is borderline or redrawn:")
        lines.append(matrix(report.seen, report.segments))
        return lines.joined(separator: "\n")
    }

    private static func matrix(
        _ matrix: MigrationReport.Matrix, _ segments: [MigrationReport.Segment]
    ) -> String {
        func cell(_ count: Int?) -> Value { count.map { .integer(Int64($0)) } ?? .missing }
        var rows = segments.indices.map { index -> [Value] in
            [.text("\(segments[index].id) \(segments[index].name)")]
                + matrix.cells[index].map(cell) + (matrix.gone.map { [cell($0[index])] } ?? [])
        }
        if let joined = matrix.joined {
            rows.append(
                [.text("new")] + joined.map(cell) + (matrix.gone == nil ? [] : [.text("")]))
        }
        let header = [""] + segments.map { "\($0.id)" } + (matrix.gone == nil ? [] : ["gone"])
        return Terminal.table(header, rows)
    }

    private static func count(_ count: Int?) -> String { count.map { "\($0)" } ?? "–" }

    private static func threeDigits(_ value: Double) -> String {
        "\((value * 1000).rounded() / 1000)"
    }
}

extension Describe {
    /// - Parameter hidesFew: whether so many of so many would tell of a few customers.
    static func identity(
        _ identity: SegmentIdentity?, of result: SegmentationResult,
        _ hidesFew: (Int, Int) -> Bool
    ) -> JSON {
        guard let matching = identity?.matching else {
            return .object([
                "name": .string(result.name), "segments": .array([]), "gone": .array([]),
                "splits": .array([]), "merges": .array([]),
            ])
        }
        let names = Dictionary(
            result.groups.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
        func flows(_ flows: [IdentityMatching.Flow]) -> JSON {
            .array(
                flows.filter { !hidesFew($0.rows, matching.commonRows) }.map {
                    .object([
                        "id": JSON($0.id), "customers": JSON($0.rows), "share": JSON($0.share),
                    ])
                })
        }
        func branches(_ branches: [IdentityMatching.Branch]) -> JSON {
            .array(
                branches.map { .object(["id": JSON($0.id), "segments": flows($0.flows)]) })
        }
        return .object([
            "name": .string(result.name), "common_customers": JSON(matching.commonRows),
            "segments": .array(
                matching.groups.map { group in
                    let isHidden = hidesFew(group.overlap, group.rows)
                    return .object([
                        "id": JSON(group.id), "name": JSON(names[group.id]),
                        "kept": .bool(group.isKept), "nearest": JSON(group.nearest),
                        "overlap": isHidden ? .null : JSON(group.overlap),
                        "jaccard": isHidden ? .null : JSON(group.jaccard),
                    ])
                }),
            "gone": .array(
                matching.gone.map {
                    .object([
                        "id": JSON($0.id), "name": JSON(identity?.names[$0.id]),
                        "went_to": flows($0.flows),
                    ])
                }),
            "splits": branches(matching.splits), "merges": branches(matching.merges),
        ])
    }

    static func text(
        _ identity: SegmentIdentity?, of result: SegmentationResult,
        _ hidesFew: (Int, Int) -> Bool
    ) -> String {
        guard let identity else {
            return "\(result.name): nothing to follow: there is no fit before, or it is the same."
        }
        let matching = identity.matching
        let names = Dictionary(
            result.groups.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 }
        ).merging(identity.names) { now, _ in now }
        func named(_ id: Int) -> String { "\(id) \(names[id] ?? "Segment \(id)")" }
        func list(_ flows: [IdentityMatching.Flow]) -> String {
            flows.filter { !hidesFew($0.rows, matching.commonRows) }
                .map { "\(percent($0.share)) in \(named($0.id))" }.joined(separator: ", ")
        }
        var lines = [
            "\(result.name): the last model's segments beside the new ones, over "
                + "\(matching.commonRows) customers of this run"
        ]
        lines += matching.groups.map { group in
            let overlap = group.jaccard.map { ", \(percent($0)) in common" } ?? ""
            if group.isKept { return "  \(named(group.id)): kept\(overlap)" }
            let nearest = group.nearest.map { ": most like \(named($0))" } ?? ""
            return "  \(named(group.id)): new\(nearest)\(overlap)"
        }
        lines += matching.gone.map { "  \(named($0.id)): gone: \(list($0.flows))" }
        lines += matching.splits.map { "  \(named($0.id)): split: \(list($0.flows))" }
        lines += matching.merges.map { branch in
            let parts = branch.flows.map { "\(percent($0.share)) of \(named($0.id))" }
            return "  \(named(branch.id)): merged from \(parts.joined(separator: ", "))"
        }
        return lines.joined(separator: "\n")
    }

    private static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded())
        return "\(tenths / 10).\(tenths % 10) %"
    }
}
