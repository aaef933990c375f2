import Columns
import Reporting

/// The shapes of the rows behind a mark.
extension OpenAPISchemas {
    static let rowRequest: JSON = .shape(
        [
            "visual": .text("the visual that has the mark"),
            "measure": .text("one of its figures; the first without it"),
            "mark": .list(
                .reference("Selection"), "what a click on the mark selects; empty for all"),
            "selections": .list(.reference("Selection"), "all that is selected on the page"),
            "parameters": .anything("numbers by name, of those that are not as usual"),
            "sort": .shape(
                ["column": .text(), "descending": .boolean()], optional: ["descending"]),
            "start": .integer("the first row, from 0"),
            "limit": .integer("1 to \(PageView.mostRows); 50 without it"),
        ], optional: ["measure", "parameters", "sort", "start", "limit"])

    static let rowColumn: JSON = .shape([
        "name": .text(), "label": .text("the dimension's that is this column, else the name"),
        "kind": .object(["enum": ["category", "number", "date", "boolean"]]),
        "format": .object(["type": ["object", "null"], "description": "as of a measure"]),
        "segments": .object([
            "type": ["array", "null"], "items": .text(),
            "description": "names in the order of their colours, where it is a segmentation",
        ]),
    ])

    static let rows: JSON = .shape([
        "run": .text(), "visual": .text(), "model": .text("whose rows they are"),
        "key": .optional("string", "the column that is the key; null where it is hidden"),
        "measure": .optional("string", "the figure behind which they stand"),
        "is_count": .boolean("the figure is the number of these rows"),
        "columns": .list(.reference("RowColumn")),
        "rows": .list(
            .list(.object(["type": ["string", "number", "boolean", "null"]]))),
        "start": .integer(), "total": .integer("rows behind the mark"),
        "rows_total": .integer("rows of the model"),
        "segmentations": .list(
            .shape(["name": .text(), "label": .text()]),
            "those that tell why a row is in its segment"),
    ])
}
