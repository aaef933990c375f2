import Preparation

/// The texts of the pages.
struct PageDraft {
    let plan: FigurePlan
    let features: [StarterFeature]
    /// Columns by which groups are compared, none of which formed them.
    let heldBack: [String]
    let groups: GroupChoice?
    /// The name of the segmentation.
    let segmentation: String
    let title: String
    /// Why there are no groups, where there are none.
    let whyNone: String
    /// The kinds of visual that there are.
    let kinds: Set<String>

    private static let mostLevels = 12

    /// Paths and texts.
    var texts: [(path: String, text: String)] {
        var texts = [("pages/overview.yaml", overview)]
        if let details { texts.append(("pages/details.yaml", details)) }
        return texts
    }

    // MARK: Overview

    private var overview: String {
        var lines = ["type: page/v1", "title: \(YAML.text(title))", "position: 1"]
        lines += slicers
        lines.append("visuals:")
        lines += groups == nil ? ungrouped : grouped
        return lines.joined(separator: "\n") + "\n"
    }

    private var slicers: [String] {
        let groups = plan.groups(upTo: Self.mostLevels).prefix(4)
        guard !groups.isEmpty else { return [] }
        return ["slicers:"]
            + groups.map { "  - list: {dimension: \($0.name)}  \(YAML.comment($0.reason))" }
    }

    private var grouped: [String] {
        let money = plan.money.map { ", measure: \($0.name)" } ?? ""
        let about =
            plan.money.map {
                YAML.comment("money: \($0.label) – \($0.reason)")
            } ?? YAML.comment("no column holds money that can be summed up")
        var lines = ["  \(about)"]
        let list = "[\(traits.map(\.name).joined(separator: ", "))]"
        if kinds.contains("finding") {
            lines.append("  - finding: {segmentation: \(segmentation)\(money), width: 12}")
        } else {
            lines += figures
        }
        if kinds.contains("segment_cards") {
            lines.append(
                "  - segment_cards: {segmentation: \(segmentation)\(money), traits: \(list), "
                    + "width: 12}")
        } else {
            lines.append(table(width: 12))
        }
        let measure = plan.money ?? plan.count
        lines.append(
            "  - bar: {title: \(YAML.text("\(measure.label) by group")), "
                + "measure: \(measure.name), by: \(segmentation), width: 6, height: 6}")
        lines += scatter
        if kinds.contains("differences") {
            lines.append(
                "  # What formed the groups is never tested: the columns that were held back come first."
            )
            let compared = compared.map(\.name).joined(separator: ", ")
            lines.append(
                "  - differences: {segmentation: \(segmentation), of: [\(compared)], width: 12}")
        }
        return lines
    }

    /// What groups are described by: the features, and what few values tell.
    private var traits: [FigurePlan.Figure] {
        let telling = (groups?.telling ?? []).map { features[$0] }
        var traits: [FigurePlan.Figure] = []
        for figure in telling.compactMap(plan.told)
            + plan.groups(upTo: Self.mostLevels).prefix(4)
        where !traits.contains(where: { $0.name == figure.name }) {
            traits.append(figure)
        }
        return Array(traits.prefix(10))
    }

    /// What groups are compared by: what didn't form them, then what they are described by.
    private var compared: [FigurePlan.Figure] {
        var compared: [FigurePlan.Figure] = []
        for figure in heldBack.compactMap(plan.dimension(of:)) + traits
        where !compared.contains(where: { $0.name == figure.name }) {
            compared.append(figure)
        }
        return Array(compared.prefix(12))
    }

    /// The two features that tell most between the groups.
    private var scatter: [String] {
        // Points between ranks would lie upon each other.
        let telling = (groups?.telling ?? []).map { features[$0] }
        let ordered =
            telling.filter { $0.form == .column && $0.role != .flag }
            + telling.filter { $0.form != .column || $0.role == .flag }
        let axes = ordered.compactMap(plan.number)
        guard axes.count > 1, ordered[0].form == .column, ordered[0].role != .flag else {
            return []
        }
        let (x, y) = (axes[0], axes[1])
        return [
            "  # The two features that differ most between the groups; ranks stand behind numbers.",
            "  - scatter: {title: \(YAML.text("\(x.label) and \(y.label.lowercased())")), "
                + "x: \(x.name), y: \(y.name), by: \(segmentation), "
                + "x_label: \(YAML.text(x.label)), y_label: \(YAML.text(y.label)), "
                + "width: 6, height: 6}",
        ]
    }

    private var ungrouped: [String] {
        var lines = figures
        lines.append(
            "  - text: {title: No groups, width: 12, height: 1, paragraphs: [{text: "
                + "\(YAML.text(whyNone))}]}")
        for figure in plan.groups(upTo: Self.mostLevels).prefix(4) {
            lines.append(
                "  - bar: {title: \(YAML.text(figure.label)), measure: \(plan.count.name), "
                    + "by: \(figure.name), width: 6}")
        }
        return lines + histograms(most: 3)
    }

    /// The number of rows, money, and averages.
    private var figures: [String] {
        var measures = [plan.count]
        if let money = plan.money { measures.append(money) }
        for measure in plan.measures
        where measures.count < 4 && !measures.contains(where: { $0.name == measure.name }) {
            measures.append(measure)
        }
        return measures.map { "  - kpi: {measure: \($0.name), width: \(12 / measures.count)}" }
    }

    // MARK: Details

    private var details: String? {
        guard groups != nil else { return nil }
        var lines = [
            "type: page/v1", "title: Details", "position: 2",
            "description: What the groups look like in figures, and how the numbers spread.",
        ]
        lines += slicers + ["visuals:", table(width: 12)]
        let shares = plan.measures.filter { $0.name.hasPrefix("share_") }.prefix(2)
        lines += shares.map {
            "  - column: {title: \(YAML.text("\($0.label), by group")), measure: \($0.name), "
                + "by: \(segmentation), width: 6}"
        }
        for figure in plan.groups(upTo: Self.mostLevels).filter({ !$0.order.isEmpty }).prefix(2) {
            lines.append(
                "  - column: {title: \(YAML.text(figure.label)), measure: \(plan.count.name), "
                    + "by: \(figure.name), width: 6}")
        }
        return (lines + histograms(most: 6)).joined(separator: "\n") + "\n"
    }

    private func table(width: Int) -> String {
        var measures = [plan.count] + (plan.money.map { [$0] } ?? [])
        measures += features.compactMap {
            plan.average(of: $0.form == .derived ? $0.name : $0.source)
        }.prefix(8)
        let names = measures.map(\.name).joined(separator: ", ")
        return "  - table: {title: The groups in figures, measures: [\(names)], "
            + "by: [\(segmentation)], width: \(width), height: 4}"
    }

    private func histograms(most: Int) -> [String] {
        let features = features.filter { $0.form == .column }.compactMap {
            plan.dimension(of: $0.source)
        }
        let others = plan.table.columns.filter(\.role.isQuantity)
            .compactMap { plan.dimension(of: $0.name) }
        var figures = features
        for figure in others where !figures.contains(where: { $0.name == figure.name }) {
            figures.append(figure)
        }
        return figures.prefix(most).map {
            "  - histogram: {title: \(YAML.text($0.label)), of: \($0.name), width: 4}"
        }
    }
}
