package import Columns
import Learning
import Query
import Runs
import Segmentation

extension SegmentationView {
    /// What is in each segment of a segmentation: every column of its model, the facts that set a
    /// segment apart, and a paragraph made of them. In the form of docs/http-api.md.
    ///
    /// - Throws: `unknown_name`, `no_profile`.
    package func profile(named name: String) throws(AuroraError) -> JSON {
        let profile = try guardedProfile(named: name)
        let guarded = profile.guarded
        let result = guarded.result
        return .object([
            "run": .string(run.record.id), "name": .string(name), "label": .string(result.label),
            "model": .string(result.model), "rows": JSON(profile.rows),
            "rows_total": JSON(
                run.record.models.first { $0.name == result.model }?.rows ?? result.rows),
            "suppressed": JSON(guarded.hidden.count),
            "segments": .array(
                result.segments.enumerated().map { place, segment in
                    let isHidden = guarded.hidden.contains(place)
                    return .object([
                        "id": JSON(segment.id), "name": .string(segment.name),
                        "colour": JSON(place + 1), "is_outliers": .bool(segment.isOutliers),
                        "is_hidden": .bool(isHidden),
                        "size": isHidden ? .null : JSON(segment.size),
                        "share": isHidden ? .null : JSON(segment.share),
                        "story": ProfileStory(profile, of: place).phrase.json,
                        "facts": .array(profile.facts(of: place).map { profile.json($0) }),
                    ])
                }),
            "columns": .array(profile.columns.indices.map { profile.json(of: $0) }),
            "omitted": .array(
                profile.omitted.map {
                    .object([
                        "column": .string($0.column), "label": .string(guarded.label($0.column)),
                        "reason": .string($0.reason),
                    ])
                }), "columns_hidden": JSON(profile.hiddenColumns),
        ])
    }

    /// - Throws: `unknown_name`, `no_profile`.
    func guardedProfile(named name: String) throws(AuroraError) -> GuardedProfile {
        let result = try result(named: name)
        guard let profile = SegmentProfile.read(name, from: run.folder),
            profile.segments.map(\.id) == result.segments.map(\.id)
        else {
            throw AuroraError(
                "no_profile", "run \(run.record.id) kept no profile of '\(name)'",
                hint: "run the project once more")
        }
        return try GuardedProfile(profile, GuardedSegments(result, run), run, for: reader)
    }
}

extension GuardedProfile {
    func json(_ fact: ProfileFact) -> JSON {
        let column = columns[fact.column]
        return .object([
            "column": .string(column.name), "label": .string(guarded.label(column.name)),
            "level": JSON(fact.level.map { name(of: $0, column) }),
            "is_forming": .bool(column.isForming), "value": value(fact.value, column),
            "overall": value(fact.overall, column), "lift": JSON(fact.lift),
            "effect": JSON(fact.effect), "format": guarded.format(column.name),
        ])
    }

    func json(of place: Int) -> JSON {
        let column = columns[place]
        return .object([
            "name": .string(column.name), "label": .string(guarded.label(column.name)),
            "kind": .string(column.kind.rawValue), "is_forming": .bool(column.isForming),
            "strength": JSON(column.strength), "missing": JSON(column.missing),
            "format": guarded.format(column.name),
            "all": column.all.map { json($0, column) } ?? .null,
            "segments": .array(column.segments.map { $0.map { json($0, column) } ?? .null }),
            "levels": .array(levels(of: place)), "other_levels": JSON(column.otherLevels),
        ])
    }

    private func json(_ numbers: Numbers, _ column: Column) -> JSON {
        .object([
            "count": JSON(numbers.count), "mean": value(numbers.mean, column),
            "lower_quartile": value(numbers.lowerQuartile, column),
            "median": value(numbers.median, column),
            "upper_quartile": value(numbers.upperQuartile, column), "lift": JSON(numbers.lift),
            "effect": JSON(numbers.effect),
        ])
    }

    private func value(_ value: Double?, _ column: Column) -> JSON {
        guard let value, column.kind == .date else { return JSON(value) }
        return .string(Day.text(value))
    }

    private func levels(of place: Int) -> [JSON] {
        let column = columns[place]
        let facts = guarded.result.segments.indices.map { levels(of: place, in: $0) }
        return column.levels.compactMap { level -> JSON? in
            let own = facts.map { $0.first { $0.level == level.name } }
            // The no of a boolean is what its yes leaves.
            guard own.contains(where: { $0 != nil }) || !column.isBoolean else { return nil }
            return .object([
                "level": .string(name(of: level.name, column)), "count": JSON(level.all),
                "share": level.all.map { JSON(Double($0) / Double(rows)) } ?? .null,
                "segments": .array(
                    own.enumerated().map { segment, fact in
                        guard let fact else { return .null }
                        return .object([
                            "count": JSON(level.segments[segment]), "share": JSON(fact.value),
                            "lift": JSON(fact.lift), "effect": JSON(fact.effect),
                        ])
                    }),
            ])
        }
    }
}
