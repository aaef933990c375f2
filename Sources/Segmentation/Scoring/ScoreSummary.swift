package import Columns

/// How the rows of a table fell to segments, and how many of them are unlike the training rows.
package struct ScoreSummary: Sendable {
    package let result: SegmentationResult
    package let measure: ScoreMeasure
    package private(set) var rows = 0
    /// What was found of the file's cells.
    package var ofCells: [Notice] = []
    private var sizes: [Int: Int] = [:]
    private var remarks: [String: [ScoredRows.Remark.Standing: Int]] = [:]
    private var remarkedRows = 0

    init(_ result: SegmentationResult) {
        self.result = result
        measure = ScoreMeasure(result)
    }

    mutating func add(_ scored: ScoredRows) {
        rows += scored.count
        for id in scored.segments { sizes[id, default: 0] += 1 }
        remarkedRows += scored.remarks.count
        for remark in scored.remarks.values.joined() {
            remarks[remark.column, default: [:]][remark.standing, default: 0] += 1
        }
    }

    /// What pages call a segment; a run without such rows has no name for 0.
    package func name(of id: Int) -> String {
        result.segments.first { $0.id == id }?.name
            ?? (id == FrozenSegments.outlierID
                ? (result.frozen == nil ? "None" : "Outliers") : "Segment \(id)")
    }

    /// How many of these rows each segment has, by number; 0, for rows that belong to none, last and
    /// only where there are any.
    package var segments: [(id: Int, name: String, rows: Int, share: Double)] {
        let ids = result.groups.map(\.id).sorted() + (sizes[0] == nil ? [] : [0])
        return ids.map { id in
            let size = sizes[id] ?? 0
            return (id, name(of: id), size, rows == 0 ? 0 : Double(size) / Double(rows))
        }
    }

    /// For each column with remarkable values how many rows have them, in the order of the columns'
    /// names.
    package var notices: [Notice] {
        var notices = ofCells
        for (column, counts) in remarks.sorted(by: { $0.key < $1.key }) {
            let (below, above) = (counts[.below] ?? 0, counts[.above] ?? 0)
            if below + above > 0 {
                notices.append(
                    Notice(
                        "outside_training",
                        "'\(column)' is outside of the training rows' range in \(below + above) of "
                            + "\(rows) rows: \(below) below, \(above) above"))
            }
            if let unseen = counts[.unseen] {
                notices.append(
                    Notice(
                        "unseen_level",
                        "'\(column)' has a level that no training row has in \(unseen) of \(rows) "
                            + "rows"))
            }
            if let missing = counts[.missing] {
                notices.append(
                    Notice(
                        "scored_without",
                        "'\(column)' is missing in \(missing) of \(rows) rows"
                            + (result.frozen == nil
                                ? "" : " and was filled as the segmentation says")))
            }
        }
        return notices
    }

    /// What is told besides the rows themselves.
    package var json: [JSON.Member] {
        [
            .init(name: "segmentation", value: .string(result.name)),
            .init(name: "model", value: .string(result.model)),
            .init(name: "measure", value: .string(measure.rawValue)),
            .init(name: "rows", value: JSON(rows)),
            .init(
                name: "segments",
                value: .array(
                    segments.map {
                        .object([
                            "id": JSON($0.id), "name": .string($0.name), "rows": JSON($0.rows),
                            "share": JSON($0.share),
                        ])
                    })),
            .init(name: "notices", value: .array(notices.map(\.json))),
        ]
    }

    /// A row as it is told.
    package func json(_ scored: ScoredRows, row: Int) -> JSON {
        .object([
            "row": JSON(scored.first + row), "key": scored.keys?[row].json ?? .null,
            "segment": JSON(scored.segments[row]),
            "segment_name": .string(name(of: scored.segments[row])),
            "distance": JSON(scored.distances[row]), "runner_up": JSON(scored.runnersUp[row]),
            "runner_up_name": JSON(scored.runnersUp[row].map { name(of: $0) }),
            "margin": JSON(scored.margins[row]),
            "notices": .array(
                (scored.remarks[row] ?? []).map {
                    .object([
                        "column": .string($0.column), "standing": .string($0.standing.rawValue),
                    ])
                }),
        ])
    }
}
