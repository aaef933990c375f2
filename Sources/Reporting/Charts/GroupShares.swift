import Columns
import Learning
import Query
import Segmentation

/// The groups of a segmentation, with what each holds of a measure.
struct GroupShares: Sendable {
    let profile: GroupProfile
    /// The measure of each group; nil where there is none, or privacy hides it.
    let values: [Double?]
    /// That of all rows; nil where it is no sum, or a group's is negative: there are no shares then.
    let total: Double?

    init(profile: GroupProfile, values: [Double?], total: Double?) {
        self.profile = profile
        self.values = values
        self.total = total
    }

    /// - Parameters:
    ///   - measure: nil for sizes only.
    ///   - dimensions: what the profile compares.
    init(
        _ segmentation: String, _ measure: String?, comparing dimensions: [String] = [],
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) {
        let profile = try await gate.groups(
            by: segmentation, comparing: dimensions, filter: filter, for: reader)
        var values: [Double?] = profile.groups.map { _ in nil }
        var total: Double?
        if let measure, profile.rowsUsed != nil {
            let table = try await gate.answer(
                FigureQuery(measures: [measure], by: [segmentation], filter: filter), for: reader)
            for row in table.rows {
                guard let place = profile.groups.firstIndex(where: { $0.value == row[0] }) else {
                    continue
                }
                values[place] = row[1].doubleValue
            }
            if gate.catalogue.measures[measure]?.isAdditive == true {
                let whole = try await gate.answer(
                    FigureQuery(measures: [measure], filter: filter), for: reader)
                total = whole.rows.first?.first?.doubleValue
            }
        }
        let isWhole = (total ?? 0) > 0 && values.allSatisfy { ($0 ?? 0) >= 0 }
        self.init(profile: profile, values: values, total: isWhole ? total : nil)
    }

    var groups: [GroupProfile.Group] { profile.groups }

    /// A group's share of the customers; nil where privacy hides it.
    func share(_ group: Int) -> Double? {
        guard let used = profile.rowsUsed, used > 0 else { return nil }
        return groups[group].rows.map { Double($0) / Double(used) }
    }

    /// A group's share of the measure.
    func valueShare(_ group: Int) -> Double? {
        guard let total, groups[group].rows != nil else { return nil }
        return values[group].map { $0 / total }
    }

    /// What every kind about groups answers: a row for each of them, and how many rows there are.
    func members(_ segmentation: String, _ measure: String?) -> [JSON.Member] {
        let figures = groups.indices.map { group -> JSON in
            var row = [groups[group].value.json, JSON(groups[group].rows), JSON(share(group))]
            if measure != nil {
                row += [
                    JSON(groups[group].rows == nil ? nil : values[group]), JSON(valueShare(group)),
                ]
            }
            return .array(row)
        }
        let columns =
            [segmentation, "rows", "share"] + (measure.map { [$0, "value_share"] } ?? [])
        return [
            .init(name: "columns", value: .array(columns.map { .string($0) })),
            .init(name: "rows", value: .array(figures)),
        ] + profile.members
    }
}

extension GroupProfile {
    var members: [JSON.Member] {
        [
            .init(name: "rows_used", value: JSON(rowsUsed)),
            .init(name: "rows_total", value: JSON(rowsTotal)),
            .init(name: "suppressed", value: JSON(suppressed)),
        ]
    }
}

/// What "About" tells besides: terms and words.
struct AboutEntry {
    var term: String
    var words: String

    static func json(_ entries: [AboutEntry]) -> JSON {
        .array(entries.map { .array([.string($0.term), .string($0.words)]) })
    }
}

extension GroupProfile {
    /// Why dimensions are not compared, for "About".
    func omissionEntries(_ label: (String) -> String) -> [AboutEntry] {
        guard !omissions.isEmpty else { return [] }
        let words = omissions.map { "\(label($0.dimension)) (\($0.reason))" }
        return [AboutEntry(term: "Not compared", words: words.joined(separator: ", "))]
    }
}

extension PublishedRun {
    /// How a segmentation was made, for "About".
    func details(of segmentation: String) -> [AboutEntry] {
        guard let result = segmentations.first(where: { $0.name == segmentation }) else {
            return []
        }
        var entries = [
            AboutEntry(
                term: "Method", words: "\(result.methodName), k = \(result.groups.count)"),
            AboutEntry(term: "Features", words: result.formedBy.joined(separator: ", ")),
        ]
        if let silhouette = result.silhouette?.mean {
            let strength =
                switch silhouette {
                case 0.7...: "strong"
                case 0.5...: "reasonable"
                case 0.25...: "weak, as usual for customers' behaviour"
                default: "none to speak of"
                }
            let rounded = (silhouette * 100).rounded() / 100
            entries.append(
                AboutEntry(term: "Silhouette", words: "\(rounded): separation is \(strength)"))
        }
        return entries
    }
}
