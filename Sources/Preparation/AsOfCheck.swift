package import Columns
package import Engine
package import Runs
import Workspace

/// Notices rows that are told by attributes of another time: the age that a customer has today says
/// nothing about the customer of ten years ago.
package struct AsOfCheck {
    private let engine: any Engine

    package init(_ engine: any Engine) { self.engine = engine }

    /// Days by which rows may differ from the day that the referred model describes.
    private static let tolerance = 366

    /// Compares the rows' own dates with the day that each referred model describes.
    ///
    /// - Returns: nil with a diagnostic where the date column is none.
    package func notices(
        for model: ModelSpec, schema: Schema, among models: [ModelSpec],
        _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> [RunRecord.Caveat] {
        guard let date = model.date else { return [] }
        guard let field = schema[date.value] else {
            diagnostics.append(
                Diagnostic(
                    "unknown_column", at: date.place,
                    "model '\(model.name)' has no column '\(date.value)'",
                    hint: NearestName.hint(for: date.value, among: schema.names)))
            return []
        }
        guard field.type.isTemporal, field.type != .time else {
            diagnostics.append(
                Diagnostic(
                    "not_a_date", at: date.place,
                    "'\(field.name)' is \(field.type), but a date is expected",
                    hint: "parse it in a step before, or name another column"))
            return []
        }
        var caveats: [RunRecord.Caveat] = []
        for (referred, _) in model.references {
            guard let asOf = models.first(where: { $0.name == referred.value })?.asOf?.value else {
                continue
            }
            if let notice = try await notice(model, date.value, referred.value, asOf) {
                caveats.append(.init(notice, about: "model '\(model.name)'"))
            }
        }
        return caveats
    }

    private func notice(
        _ model: ModelSpec, _ date: String, _ referred: String, _ asOf: CalendarDate
    ) async throws(AuroraError) -> Notice? {
        let dialect = engine.dialect
        let day = "CAST(\(dialect.quoted(date)) AS \(dialect.typeName(.date)))"
        let bounds = [-Self.tolerance, Self.tolerance].map { shift in
            dialect.literal(.date(days: Int32(asOf.daysSince1970 + shift)))
        }
        let row = try await engine.query(
            """
            SELECT count(*) FILTER (WHERE \(day) NOT BETWEEN \(bounds[0]) AND \(bounds[1])),
                count(\(day)), min(\(day)), max(\(day)) FROM \(dialect.quoted(model.name))
            """
        ).row(0)
        guard let far = row[0].integerValue, far > 0 else { return nil }
        return Notice(
            "as_of_mismatch",
            "\(far) of \(row[1]) rows are of another time (\(row[2]) to \(row[3])) than '\(referred)', "
                + "which describes \(asOf): what changes with time, like an age, is not what it was "
                + "then; compute it at the row's date")
    }
}
