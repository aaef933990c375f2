package import Columns
package import Workspace

/// A file of `models/`: the recipe of one table.
package struct ModelSpec: Sendable {
    package let name: String
    package let summary: String?
    package let from: Located<String>
    /// The column that tells rows apart.
    package let key: Located<String>
    /// The models of which this one holds keys: model → column.
    package let references: [(model: Located<String>, column: Located<String>)]
    /// The day that the rows describe, where it is one for all of them.
    package let asOf: Located<CalendarDate>?
    /// The column with the day that each row describes.
    package let date: Located<String>?
    /// Each step as a text that is the same wherever it stands and however it is laid out.
    let stepTexts: [String]
    package let steps: [(name: Located<String>, step: any Step)]

    package static let kind = FileKind(
        folder: "models", type: "model/v1", summary: "The recipe of one table.",
        fields: [
            Field("description", .text, "what a row of the table is"),
            Field("from", .text, required: true, "the source or model that it starts from"),
            Field("key", .text, required: true, "the column that tells rows apart"),
            Field(
                "references", .map(.text),
                "the models of which this one holds keys, each with the column that holds them"),
            Field("as_of", .text, "the day that all rows describe, like 2024-12-31"),
            Field("date", .text, "the column with the day that each row describes"),
            Field("steps", .list(.variant(StepKinds.variants)), "what is done, in order"),
        ])

    /// All sources and models that it reads.
    package var uses: [Located<String>] { [from] + steps.flatMap(\.step.uses) }

    package init(_ file: ProjectFile, diagnostics: inout [Diagnostic]) {
        let values = file.values
        name = file.name
        summary = values.text("description")
        from = values.located("from") ?? Located("", at: values.place)
        key = values.located("key") ?? Located("", at: values.place)
        references = (values.textMap("references") ?? []).map { ($0.key, $0.value) }
        asOf = values.day("as_of", &diagnostics)
        date = values.located("date")
        steps = (values.variants("steps") ?? []).compactMap { name, values in
            StepKinds.all.first { $0.name == name.value }.map { (name, $0.init(values)) }
        }
        stepTexts = (values.variants("steps") ?? []).map {
            "\($0.name.value) \($0.values.canonical)"
        }
    }
}

/// The sources and models of a project, checked against each other.
package struct Recipes: Sendable {
    package let sources: [SourceSpec]
    /// In an order in which each model stands behind those that it is made from.
    package let models: [ModelSpec]

    package subscript(model name: String) -> ModelSpec? { models.first { $0.name == name } }

    package init(_ folder: ProjectFolder, diagnostics: inout [Diagnostic]) {
        sources = folder.files(in: "sources").compactMap {
            SourceSpec($0, diagnostics: &diagnostics)
        }
        let specs = folder.files(in: "models").map { ModelSpec($0, diagnostics: &diagnostics) }
        let modelNames = folder.names(in: "models")
        let sourceNames = folder.names(in: "sources")
        let names = sourceNames + modelNames
        for used in sources.flatMap({ $0.expect.flatMap(\.rule.uses) })
        where !sourceNames.contains(used.value) {
            diagnostics.append(
                Diagnostic(
                    "unknown_source", at: used.place, "there is no source '\(used.value)'",
                    hint: NearestName.hint(for: used.value, among: sourceNames)))
        }
        for spec in specs {
            for used in spec.uses where !names.contains(used.value) {
                diagnostics.append(
                    Diagnostic(
                        "unknown_source", at: used.place,
                        "there is no source or model '\(used.value)'",
                        hint: NearestName.hint(for: used.value, among: names)))
            }
            if let source = sources.first(where: { $0.name == spec.name }) {
                diagnostics.append(
                    Diagnostic(
                        "name_taken", at: spec.from.place,
                        "model '\(spec.name)' has the name of the source \(source.path)",
                        hint: "rename one of the two files"))
            }
            for (model, _) in spec.references
            where !specs.contains(where: { $0.name == model.value }) {
                diagnostics.append(
                    Diagnostic(
                        "unknown_model", at: model.place, "there is no model '\(model.value)'",
                        hint: NearestName.hint(for: model.value, among: modelNames)))
            }
        }
        models = Self.ordered(specs, &diagnostics)
    }

    /// What holds another model's key must be of that key's type: texts and numbers never meet.
    package func checkReferences(_ schemas: [String: Schema], _ diagnostics: inout [Diagnostic]) {
        for spec in models {
            for (model, column) in spec.references {
                guard let type = schemas[spec.name]?[column.value]?.type,
                    let key = self[model: model.value]?.key.value,
                    let keyType = schemas[model.value]?[key]?.type, !type.compares(with: keyType)
                else { continue }
                diagnostics.append(
                    Diagnostic(
                        "reference_type", at: column.place,
                        "'\(column.value)' is \(type), but the key '\(key)' of model "
                            + "'\(model.value)' is \(keyType)",
                        hint: "cast one of the two, or state its type in the source file"))
            }
        }
    }

    private static func ordered(
        _ specs: [ModelSpec], _ diagnostics: inout [Diagnostic]
    ) -> [ModelSpec] {
        var ordered: [ModelSpec] = []
        var waiting = specs
        while !waiting.isEmpty {
            let ready = waiting.filter { spec in
                !waiting.contains { other in spec.uses.contains { $0.value == other.name } }
            }
            guard !ready.isEmpty else {
                let circle = waiting.map(\.name).joined(separator: ", ")
                diagnostics += waiting.map { spec in
                    let used = spec.uses.first { used in
                        waiting.contains { $0.name == used.value }
                    }
                    return Diagnostic(
                        "cyclic_models", at: (used ?? spec.from).place,
                        "model '\(spec.name)' is made from '\((used ?? spec.from).value)', which "
                            + "in the end is made from it",
                        hint: "in the circle: \(circle)")
                }
                return ordered
            }
            ordered += ready
            waiting.removeAll { spec in ready.contains { $0.name == spec.name } }
        }
        return ordered
    }
}
