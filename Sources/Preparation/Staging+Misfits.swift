import Columns
import Engine
import Foundation
import Workspace

/// Values that are not of the type that the author states.
extension Staging {
    /// False with diagnostics where a value that can't be read stops the run.
    func readsAsStated(
        _ staged: StagedSource, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> Bool {
        var isSound = true
        for name in staged.misfits {
            guard let setting = staged.spec[column: name], setting.misfits == .stop,
                let reading = staged.readings.first(where: { $0.column == name }),
                let failure = try await failure(reading, setting, staged)
            else { continue }
            diagnostics.append(failure)
            isSound = false
        }
        return isSound
    }

    /// The first value that can't be read.
    private func failure(
        _ reading: ColumnReading, _ setting: ColumnSetting, _ staged: StagedSource
    ) async throws(AuroraError) -> Diagnostic? {
        guard let isMisfit = reading.isMisfit(dialect) else { return nil }
        let name = dialect.quoted(reading.column)
        let answer = try await intake.query(
            """
            SELECT count(*) OVER (), position, \(name) FROM (
                SELECT row_number() OVER () AS position, \(name) FROM \(staged.raw.relation))
            WHERE \(isMisfit) ORDER BY position LIMIT 1
            """)
        guard answer.rowCount > 0 else { return nil }
        let values = answer.row(0)
        let row = try await row(ofPosition: values[1].integerValue ?? 0, in: staged)
        let shape = Redaction.shape(of: values[2].textValue ?? "")
        let file = staged.raw.files.first?.url.path ?? staged.spec.path
        return Diagnostic(
            "wrong_value", at: .init(file: file),
            "row \(row), column '\(reading.column)': a value like '\(shape)' is not of type "
                + "\(reading.type) (\(values[0]) such rows)",
            hint: "in \(setting.column.place) state another type, or list what stands for missing "
                + "values")
    }

    /// What is told of cells that became missing because they can't be read.
    func misfitsMadeMissing(_ staged: StagedSource) async throws(AuroraError) -> [Notice] {
        var notices: [Notice] = []
        for reading in staged.readings
        where staged.misfits.contains(reading.column)
            && staged.spec[column: reading.column]?.misfits == .missing
        {
            guard let isMisfit = reading.isMisfit(dialect) else { continue }
            let name = dialect.quoted(reading.column)
            let shapes = ShapeCounts()
            try await intake.stream(
                """
                SELECT \(name), count(*) FROM \(staged.raw.relation)
                WHERE \(isMisfit) GROUP BY \(name)
                """
            ) { batch throws(AuroraError) in shapes.add(batch) }
            notices.append(
                Notice(
                    "misfits_missing",
                    "\(shapes.total) values of \(reading.column) are not of type "
                        + "\(reading.type) and became missing; they look like "
                        + shapes.commonest(3).map { "'\($0.shape)' (\($0.count))" }
                        .joined(separator: ", ")))
        }
        return notices
    }
}

/// How often which shape of text occurs. Batches arrive one after another.
private final class ShapeCounts: @unchecked Sendable {
    private(set) var total = 0
    private var counts: [String: Int] = [:]

    /// - Parameter batch: texts, and how often each occurs.
    func add(_ batch: Batch) {
        for row in 0..<batch.rowCount {
            let count = batch.columns[1][row].integerValue ?? 0
            counts[Redaction.shape(of: batch.columns[0][row].textValue ?? ""), default: 0] += count
            total += count
        }
    }

    func commonest(_ limit: Int) -> [(shape: String, count: Int)] {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit)
            .map { ($0.key, $0.value) }
    }
}
