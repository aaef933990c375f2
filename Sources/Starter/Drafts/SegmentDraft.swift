import Preparation

/// The text of the segmentation's file.
enum SegmentDraft {
    /// Beyond these rows an exact silhouette takes longer than the groups.
    private static let exactlyMeasured = 20_000

    static func text(
        _ table: StarterTable, _ choice: FeatureFinder.Choice, _ groups: GroupChoice, label: String
    ) -> String {
        var lines = [
            "type: segment/v1",
            "label: \(YAML.text(label))",
            "description: \(YAML.text("\(Words.label(table.noun)) who are alike by \(choice.features.count) features"))",
            "model: \(table.model)",
            "features:",
        ]
        lines += choice.features.map { feature in
            let transform = feature.isLogged ? ", transform: log1p" : ""
            return "  - {column: \(YAML.text(feature.name))\(transform)}  "
                + YAML.comment(feature.reason)
        }
        lines += ["k_means:"]
        lines.append(
            YAML.comment(
                "Tried on \(Words.count(groups.tried)) of \(Words.counted(groups.rows, "row")); "
                    + "a silhouette of 0.2 to 0.4 is usual for customers:"))
        lines += groups.trials.map { trial in
            YAML.comment(
                "  k = \(trial.k): silhouette \(Words.decimal(trial.silhouette, digits: 3)), "
                    + "smallest group \(Words.percent(trial.smallest))")
        }
        lines += [
            "  k: \(groups.k)  \(YAML.comment(groups.reason))", "  seed: \(GroupFinder.seed)",
            "  restarts: \(groups.restarts)"
                + (groups.restarts < GroupFinder.restarts
                    ? "  # enough for so many rows; each takes long" : ""),
        ]
        if groups.rows > exactlyMeasured {
            lines.append(
                "silhouette: {exact_up_to: \(exactlyMeasured), sample: 2000}  "
                    + "# measured on some rows, against all of them")
        }
        if !groups.names.isEmpty {
            lines += ["# Largest group first; another name is a change of one line.", "names:"]
        }
        lines += zip(groups.names, groups.sizes).map { name, size in
            "  - \(YAML.text(name))  \(YAML.comment("\(Words.count(size)) rows"))"
        }
        if !choice.heldBack.isEmpty {
            lines += [
                "",
                "# Held back from the features, so that the groups can be compared by them: what forms",
                "# groups differs between them even in noise, so no test of it would say anything.",
            ]
        }
        lines += choice.heldBack.map { YAML.comment("  \($0.column): \($0.reason)") }
        if !choice.leftOut.isEmpty { lines += ["", "# Left out of the features:"] }
        lines += choice.leftOut.map { YAML.comment("  \($0.column): \($0.reason)") }
        return lines.joined(separator: "\n") + "\n"
    }
}
