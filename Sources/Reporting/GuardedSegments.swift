import Columns
import Learning
import Query
import Segmentation
import Workspace

/// A segmentation's segments without what a reader may not learn of few customers or of a column
/// that nobody gets.
struct GuardedSegments {
    let result: SegmentationResult
    /// Places of segments whose size is not told; nor is anything else that describes them.
    let hidden: Set<Int>
    let smallest: Int
    private let labels: [String: (label: String, format: FigureFormat?)]
    /// Features that nothing is told of.
    private let unseen: Set<String>

    init(_ result: SegmentationResult, _ run: PublishedRun) {
        self.result = result
        smallest = run.project.settings.privacy.smallestCell
        hidden = run.gate.hiddenGroups(result.segments.map { ($0.name, $0.size) })
        let names = Set(result.formedBy + (result.explanation?.features.map(\.name) ?? []))
        unseen = names.filter { run.isHidden($0, of: result.model) }
        var labels: [String: (label: String, format: FigureFormat?)] = [:]
        for dimension in run.gate.catalogue.dimensions.values.sorted(by: { $0.name < $1.name })
        where dimension.model == result.model && labels[dimension.text] == nil {
            labels[dimension.text] = (dimension.label, dimension.format)
        }
        self.labels = labels
    }

    // MARK: Features

    var features: [JSON] {
        (result.explanation?.features ?? []).filter { !unseen.contains($0.name) }.map {
            .object([
                "name": .string($0.name), "label": .string(label($0.name)),
                "is_category": .bool($0.isCategory), "strength": JSON($0.strength),
            ])
        }
    }

    var featuresHidden: Int { unseen.count }

    func label(_ column: String) -> String {
        if let label = labels[column]?.label { return label }
        let words = column.replacing("_", with: " ")
        // Capitals throughout are a database's way of writing, not a name's.
        let isShouted = words.count > 4 && words == words.uppercased()
        return words.prefix(1).uppercased()
            + String(isShouted ? words.lowercased().dropFirst() : words.dropFirst())
    }

    func figureFormat(_ column: String) -> FigureFormat? { labels[column]?.format }

    func format(_ column: String) -> JSON { figureFormat(column)?.json ?? .null }

    /// Whether nothing is told of a feature.
    func isUnseen(_ feature: String) -> Bool { unseen.contains(feature) }

    /// Findings that name neither a column nor a segment that is not told of.
    var findings: [Learning.Finding] {
        let secret = Array(unseen) + hidden.map { result.segments[$0].name }
        return (result.evidence?.findings ?? []).filter { finding in
            !secret.contains { finding.message.contains($0) }
        }
    }

    // MARK: Segments

    var segments: [JSON] {
        let groups = result.groups
        return result.segments.enumerated().map { place, segment in
            let isHidden = hidden.contains(place)
            let group = groups.firstIndex { $0.id == segment.id }
            let explained = group.flatMap { index in
                result.explanation.flatMap {
                    $0.groups.indices.contains(index) ? $0.groups[index] : nil
                }
            }
            let statement = segment.isOutliers || explained != nil ? nil : segment.rule
            return .object([
                "id": JSON(segment.id), "name": .string(segment.name), "colour": JSON(place + 1),
                "is_outliers": .bool(segment.isOutliers), "is_hidden": .bool(isHidden),
                "size": isHidden ? .null : JSON(segment.size),
                "share": isHidden ? .null : JSON(segment.share),
                "silhouette": isHidden ? .null : JSON(segment.silhouette),
                "repeatable": isHidden
                    ? .null : result.repeatability(of: segment.id).map { $0.json } ?? .null,
                "traits": .array(isHidden ? [] : traits(explained, of: segment)),
                "rule": isHidden ? .null : rule(explained?.rule),
                "statement": isHidden || !unseen.isEmpty ? .null : JSON(statement),
                "suggested_name": isHidden || !unseen.isEmpty
                    ? .null : JSON(explained?.suggestedName),
            ])
        }
    }

    private func traits(
        _ group: SegmentExplanation.Group?, of segment: SegmentationResult.Segment
    ) -> [JSON] {
        (group?.traits ?? []).filter { trait in
            guard !unseen.contains(trait.feature) else { return false }
            guard trait.level != nil else { return true }
            // Neither the level's customers here nor all others of it may be few.
            let own = (trait.value * Double(segment.size)).rounded()
            let all = (trait.overall * Double(result.rows)).rounded()
            return !isFew(own) && !isFew(all - own)
        }.map {
            .object([
                "column": .string($0.feature), "label": .string(label($0.feature)),
                "level": JSON($0.level), "value": JSON($0.value), "overall": JSON($0.overall),
                "effect": JSON($0.effect), "format": format($0.feature),
            ])
        }
    }

    private func rule(_ rule: SurrogateTree.Rule?) -> JSON {
        guard let rule, !rule.parts.isEmpty else { return .null }
        let conditions = rule.parts.flatMap(\.conditions)
        let tellsFew =
            rule.parts.contains { isFew(Double($0.rows)) }
            // A level that is one of several may be that of a single customer.
            || smallest > 1 && conditions.contains { ($0.levels?.count ?? 1) > 1 }
        guard !tellsFew, !conditions.contains(where: { unseen.contains($0.name) }) else {
            return .null
        }
        return .object([
            "coverage": JSON(rule.coverage), "precision": JSON(rule.precision),
            "parts": .array(
                rule.parts.map { part in .array(part.conditions.map { json($0) }) }),
        ])
    }

    private func json(_ condition: SurrogateTree.Condition) -> JSON {
        let levels = result.levels(of: condition.name)
        return .object([
            "column": .string(condition.name), "label": .string(label(condition.name)),
            "at_least": JSON(condition.atLeast), "below": JSON(condition.below),
            "levels": condition.levels.map { codes in
                .array(
                    codes.map { code in
                        guard let levels, levels.indices.contains(code) else { return .null }
                        return .string(levels[code])
                    })
            } ?? .null, "format": format(condition.name),
        ])
    }

    /// Whether so many customers are few, and not none.
    func isFew(_ rows: Double) -> Bool { rows > 0 && rows < Double(smallest) }
}

extension ClusterwiseJaccard.Group {
    /// The badge with what stands behind it.
    var json: JSON {
        .object([
            "badge": JSON(badge), "reading": JSON(reading?.rawValue), "mean": JSON(mean),
            "recovered": JSON(recovered), "dissolved": JSON(dissolved),
            "replicates": JSON(replicates),
        ])
    }
}

extension PublishedRun {
    /// Whether a column of a model is one that no reader gets or that names customers, or is made
    /// from one that no reader gets.
    ///
    /// What is made from a key, like a sum of a customer's bookings, does not name the customer.
    ///
    /// - Parameter withIdentifying: false where the reader may see who a customer is.
    func isHidden(
        _ column: String, of model: String, withIdentifying: Bool = true
    ) -> Bool {
        let privacy = project.settings.privacy
        func isListed(_ column: String, _ owner: String, _ listed: [Located<String>]) -> Bool {
            listed.contains { $0.value == column || $0.value == "\(owner).\(column)" }
        }
        let listed = privacy.hidden + (withIdentifying ? privacy.identifying : [])
        if isListed(column, model, listed) { return true }
        if privacy.hidden.isEmpty { return false }
        guard let traced = try? lineage(of: "\(model).\(column)") else { return true }
        return traced.columns.contains { traced in
            isListed(traced.column, traced.model, privacy.hidden)
                || traced.origins.contains { isListed($0.column, $0.source, privacy.hidden) }
        }
    }
}
