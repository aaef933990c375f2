import Columns
package import Workspace

/// A file of `measures/`: the figures and dimensions of one model, defined once.
package struct FiguresSpec: Sendable {
    package let model: Located<String>
    package let measures: [Measure]
    package let dimensions: [Dimension]
    package let parameters: [Parameter]

    package struct Measure: Sendable {
        package var name: Located<String>
        package var expression: Located<String>
        package var label: String?
        package var summary: String?
        package var format: FigureFormat?
    }

    package struct Dimension: Sendable {
        package var name: Located<String>
        package var expression: Located<String>
        package var label: String?
        package var summary: String?
        package var format: FigureFormat?
        /// The order of the values where it is not their own.
        package var order: [String]?
    }

    package static let kind = FileKind(
        folder: "measures", type: "measures/v1",
        summary: "Figures and dimensions of one model, defined once for all pages and queries.",
        fields: [
            Field("of", .text, required: true, "the model on whose rows they are computed"),
            Field(
                "measures",
                .map(
                    .object(
                        [
                            Field(
                                "expression", .expression, required: true,
                                "an aggregate over the model's rows")
                        ] + described)), "figures by name"),
            Field(
                "dimensions",
                .map(
                    .object(
                        [
                            Field(
                                "expression", .expression, required: true,
                                "a value of each of the model's rows"),
                            Field("order", .list(.text), "the order of the values"),
                        ] + described)), "what figures are broken down and filtered by, by name"),
            Field(
                "parameters", .map(.object(Parameter.fields)),
                "numbers that readers may set, which measures of any model name like columns"),
        ])

    private static let described =
        [
            Field("label", .text, "what pages call it"),
            Field("description", .text, "what it means, for readers"),
        ] + FigureFormat.fields

    package init(_ file: ProjectFile) {
        model = file.values.located("of") ?? Located("", at: file.values.place)
        measures = (file.values.objectMap("measures") ?? []).map { name, values in
            Measure(
                name: name, expression: values.located("expression") ?? name,
                label: values.text("label"), summary: values.text("description"),
                format: FigureFormat(values))
        }
        dimensions = (file.values.objectMap("dimensions") ?? []).map { name, values in
            Dimension(
                name: name, expression: values.located("expression") ?? name,
                label: values.text("label"), summary: values.text("description"),
                format: FigureFormat(values), order: values.texts("order")?.map(\.value))
        }
        parameters = (file.values.objectMap("parameters") ?? []).map { Parameter($0, $1) }
    }
}
