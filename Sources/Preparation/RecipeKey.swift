import Columns
import Runs
import Workspace

/// The hash of all that a table depends on.
package struct RecipeKey: Sendable, Hashable {
    package let text: String

    /// - Parameter parts: everything that decides what the table holds.
    package init(_ parts: [String]) {
        // Each part with its length, so that no two lists of parts look alike.
        text = ContentHash.of(parts.map { "\($0.utf8.count):\($0)" }.joined())
    }

    func then(_ parts: [String]) -> RecipeKey { RecipeKey([text] + parts) }

    /// The key of the rows behind each step of a recipe, and at last that of the model's table.
    static func chain(
        of model: ModelSpec, from others: [String: StepInput.Relation],
        _ settings: ProjectSettings
    ) -> [RecipeKey] {
        let privacy = settings.privacy
        var key = RecipeKey(
            [
                model.name, others[model.from.value]?.fingerprint.text ?? "",
                settings.asOf?.value.description ?? "", String(privacy.smallestCell),
            ] + (privacy.identifying + privacy.hidden).map(\.value))
        var keys: [RecipeKey] = []
        for (index, step) in model.steps.enumerated() {
            let used = step.step.uses.map { others[$0.value]?.fingerprint.text ?? "" }
            key = key.then([model.stepTexts[index]] + used)
            keys.append(key)
        }
        let references = model.references.map { "\($0.model.value)=\($0.column.value)" }
        return keys + [key.then([model.key.value] + references)]
    }
}
