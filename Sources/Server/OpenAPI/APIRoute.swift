import Columns
import HTTPTypes
import Reporting

/// One request of the API as the OpenAPI document describes it. A test compares the list with the
/// routes that the server answers.
struct APIRoute {
    var method: HTTPRequest.Method
    /// With parameters in braces.
    var path: String
    /// A verb, unique among all: what generated clients call it.
    var id: String
    var summary: String
    /// What the reader must be allowed; nil where signing in is enough.
    var right: String?
    /// The schema of each kind of body that is taken, by its media type.
    var body: [(type: String, schema: JSON)] = []
    /// What may be stated behind the address's question mark, with its meaning.
    var query: [(name: String, summary: String)] = []
    var status = 200
    var answerType = "application/json"
    var answer: JSON
    /// The codes of problems besides those of every request, by their HTTP status.
    var problems: [(status: Int, codes: [String])] = []

    static let all: [APIRoute] =
        reading + changing + [
            APIRoute(
                method: .post, path: "/api/v1/segmentations/{name}/score", id: "score",
                summary:
                    "Tells the segments of customers who are sent, by the published run's model. "
                    + "At most \(ScoreRoutes.mostBytes >> 20) MiB and \(ScoreRoutes.mostRows) rows.",
                right: "customers",
                body: [
                    ("application/json", .reference("ScoreRequest")),
                    ("text/csv", .text("a header and a row for each customer")),
                    (
                        "application/vnd.apache.parquet",
                        .object([
                            "type": "string", "contentMediaType": "application/vnd.apache.parquet",
                        ])
                    ),
                    (
                        ScoreRoutes.workbookType,
                        .object([
                            "type": "string", "contentMediaType": .string(ScoreRoutes.workbookType),
                        ])
                    ),
                ],
                query: [
                    ("sheet", "of a workbook, the sheet's name; found if there is one table only")
                ], answer: .reference("Scores"),
                problems: [
                    (404, ["unknown_name"]), (409, ["not_scorable"]),
                    (413, ["body_too_large", "too_many_rows"]), (415, ["body_type"]),
                    (
                        422,
                        [
                            "column_missing", "missing_values", "infinite_values", "wrong_value",
                            "log1p_domain", "file_unreadable", "several_tables",
                            "unknown_sheet", "no_table", "workbook_damaged",
                            "workbook_encrypted", "not_a_workbook",
                        ]
                    ), (503, ["no_run"]), (504, ["too_slow"]),
                ])
        ]

    private static func pageFile(
        _ format: String, as type: String, id: String, _ summary: String,
        problems: [(status: Int, codes: [String])] = []
    ) -> APIRoute {
        APIRoute(
            method: .post, path: "/api/v1/pages/{name}/report.\(format)", id: id, summary: summary,
            right: "aggregates", body: [("application/json", .reference("Selections"))],
            answerType: type,
            answer: .object(["type": "string", "contentMediaType": .string(type)]),
            problems: [
                (
                    400,
                    [
                        "bad_request", "wrong_type", "not_a_number", "unrelated",
                        "parameter_value", "unknown_parameter",
                    ]
                ),
                (404, ["unknown_page"]), (413, ["http_413"]), (503, ["no_run"]),
                (504, ["too_slow"]),
            ] + problems)
    }

    private static func rows(
        _ ending: String, as type: String, id: String, _ summary: String, answer: JSON
    ) -> APIRoute {
        APIRoute(
            method: .post, path: "/api/v1/pages/{name}/rows\(ending)", id: id, summary: summary,
            right: "customers", body: [("application/json", .reference("RowRequest"))],
            answerType: type, answer: answer,
            problems: [
                (400, ["bad_request", "wrong_type", "not_a_number", "unrelated"]),
                (404, ["unknown_page", "unknown_name"]),
                (413, ending.isEmpty ? ["http_413"] : ["http_413", "too_many_rows"]),
                (503, ["no_run"]), (504, ["too_slow"]),
            ])
    }

    private static let reading: [APIRoute] = [
        APIRoute(
            method: .get, path: "/api/v1/openapi.json", id: "openAPI", summary: "This document.",
            answer: .anything("an OpenAPI 3.1 document")),
        APIRoute(
            method: .get, path: "/api/v1/project", id: "project",
            summary: "The project, its pages and the published run.",
            answer: .reference("Project")),
        APIRoute(
            method: .get, path: "/api/v1/pages/{name}", id: "page",
            summary: "One page: layout, slicers, visuals.",
            answer: .anything("a page, as docs/http-api.md shows it"),
            problems: [(404, ["unknown_page"]), (503, ["no_run"])]),
        APIRoute(
            method: .post, path: "/api/v1/pages/{name}/data", id: "pageData",
            summary: "The figures of every visual under the given selections.",
            body: [("application/json", .reference("Selections"))],
            answer: .reference("PageData"),
            problems: [
                (
                    400,
                    [
                        "bad_request", "wrong_type", "not_a_number", "unrelated",
                        "parameter_value", "unknown_parameter",
                    ]
                ),
                (404, ["unknown_page"]), (413, ["http_413"]), (503, ["no_run"]),
                (504, ["too_slow"]),
            ]),
        APIRoute(
            method: .get, path: "/api/v1/geometries/{hash}", id: "geometry",
            summary: "The outlines of a map, by the SHA-256 of their file.",
            answerType: "application/geo+json",
            answer: .anything("a FeatureCollection of GeoJSON, as the project's file has it"),
            problems: [(404, ["geometry_missing"]), (503, ["no_run"])]),
        APIRoute(
            method: .post, path: "/api/v1/pages/{name}/state", id: "pageState",
            summary: "What the state in a page's address holds, as far as the reader may see it.",
            body: [("application/json", .shape(["state": .text("as an answer gave it")]))],
            answer: .shape([
                "selections": .anything("as a request for figures takes them"),
                "drill": .anything("likewise"), "parameters": .anything("likewise"),
                "left_out": .integer("how many are not for this reader"),
            ]),
            problems: [
                (400, ["bad_request"]), (404, ["unknown_page", "unknown_state"]),
                (413, ["http_413"]), (503, ["no_run"]),
            ]),
        APIRoute(
            method: .post, path: "/api/v1/pages/{name}/slicers/{id}", id: "branches",
            summary: "Values of a hierarchy slicer, below a path or found by a search.",
            body: [
                (
                    "application/json",
                    .anything("a path or a search, and selections; docs/http-api.md shows it")
                )
            ], answer: .anything("branches, as docs/http-api.md shows them"),
            problems: [
                (
                    400,
                    [
                        "bad_request", "wrong_type", "not_a_number", "unrelated",
                        "parameter_value", "unknown_parameter",
                    ]
                ),
                (404, ["unknown_page", "unknown_name"]), (413, ["http_413"]), (503, ["no_run"]),
                (504, ["too_slow"]),
            ]),
        pageFile(
            "html", as: "text/html", id: "pageFile",
            "A page and its figures as one HTML file that needs no server."),
        pageFile(
            "xlsx", as: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            id: "pageWorkbook", "The figures of a page as a workbook, a sheet for each visual."),
        pageFile(
            "pdf", as: "application/pdf", id: "pagePDF",
            "The same page on paper, printed by the server's Chromium.",
            problems: [(501, ["browser_missing"]), (502, ["browser_failed"])]),
        APIRoute(
            method: .post, path: "/api/v1/pages/{name}/visuals/{id}/figures.csv",
            id: "visualFigures", summary: "The figures of one visual as its table has them.",
            body: [("application/json", .reference("Selections"))], answerType: "text/csv",
            answer: .text("a header and a row for each"),
            problems: [
                (
                    400,
                    [
                        "bad_request", "wrong_type", "not_a_number", "unrelated",
                        "parameter_value", "unknown_parameter", "unknown_drill",
                    ]
                ),
                (404, ["unknown_page", "unknown_name"]), (413, ["http_413"]), (503, ["no_run"]),
                (504, ["too_slow"]),
            ]),
        rows(
            "", as: "application/json", id: "rows",
            "The rows behind a mark of a visual, a page of them, sorted.",
            answer: .reference("Rows")),
        rows(
            ".csv", as: "text/csv", id: "rowsFile",
            "The same rows, all of them, as CSV. At most \(PageView.mostFileRows) rows.",
            answer: .text("a header and a row for each")),
        APIRoute(
            method: .get, path: "/api/v1/data", id: "tables",
            summary: "All sources and models of the published run.", right: "aggregates",
            answer: .reference("Tables"), problems: [(503, ["no_run"])]),
        APIRoute(
            method: .get, path: "/api/v1/data/sources/{name}", id: "source",
            summary: "One source: files, expectations, quality.", right: "aggregates",
            answer: .anything("a source, as docs/http-api.md shows it"),
            problems: [(404, ["unknown_name"]), (503, ["no_run"])]),
        APIRoute(
            method: .get, path: "/api/v1/data/models/{name}", id: "model",
            summary: "One model: the story of its data, quality.", right: "aggregates",
            answer: .anything("a model, as docs/http-api.md shows it"),
            problems: [(404, ["unknown_name"]), (503, ["no_run"])]),
        APIRoute(
            method: .get, path: "/api/v1/lineage/{name}", id: "lineage",
            summary: "Where a measure, a dimension or a column (MODEL.COLUMN) comes from.",
            right: "aggregates", answer: .anything("a lineage, as docs/http-api.md shows it"),
            problems: [(404, ["unknown_name"]), (503, ["no_run"])]),
        APIRoute(
            method: .get, path: "/api/v1/segmentations", id: "segmentations",
            summary: "All segmentations of the published run.", right: "aggregates",
            answer: .anything("the list, as docs/http-api.md shows it"),
            problems: [(503, ["no_run"])]),
        APIRoute(
            method: .get, path: "/api/v1/segmentations/{name}", id: "segmentation",
            summary: "One segmentation, with what speaks for and against it.",
            right: "aggregates", answer: .anything("a segmentation, as docs/http-api.md shows it"),
            problems: [(404, ["unknown_name"]), (503, ["no_run"])]),
        APIRoute(
            method: .get, path: "/api/v1/segmentations/{name}/customers/{key}", id: "customer",
            summary: "Why one customer is in its segment, and how far it is from another.",
            right: "customers", answer: .reference("Customer"),
            problems: [
                (400, ["bad_request"]), (404, ["unknown_name", "unknown_customer"]),
                (503, ["no_run"]), (504, ["too_slow"]),
            ]),
        APIRoute(
            method: .get, path: "/api/v1/segmentations/{name}/score", id: "scoreForm",
            summary: "What has to be sent of a customer so that the segment can be told.",
            right: "customers", answer: .anything("a form, as docs/http-api.md shows it"),
            problems: [
                (404, ["unknown_name"]), (409, ["not_scorable"]), (503, ["no_run"]),
                (504, ["too_slow"]),
            ]),
        APIRoute(
            method: .get, path: "/api/v1/segmentations/{name}/profile", id: "segmentProfile",
            summary: "Every column of the model in every segment, and what sets segments apart.",
            right: "aggregates", answer: .anything("a profile, as docs/http-api.md shows it"),
            problems: [(404, ["unknown_name", "no_profile"]), (503, ["no_run"])]),
        APIRoute(
            method: .get, path: "/api/v1/segmentations/{name}/plots", id: "segmentPlots",
            summary: "Biplot, dendrogram, k-distance curve and silhouettes of a segmentation.",
            right: "aggregates", answer: .anything("plots, as docs/http-api.md shows them"),
            problems: [(404, ["unknown_name"]), (503, ["no_run"]), (504, ["too_slow"])]),
        APIRoute(
            method: .get, path: "/api/v1/events", id: "events",
            summary: "Server-sent events: progress of a run, publication of a run.",
            answerType: "text/event-stream",
            answer: .text("events named progress, published, edited, failed and idle")),
    ]

    private static let changing: [APIRoute] = [
        APIRoute(
            method: .get, path: "/api/v1/pages/{name}/edit", id: "pageText",
            summary: "What can be changed of a page, and what it may hold.", right: "edit",
            answer: .anything("an editor's view of a page, as docs/http-api.md shows it"),
            problems: [(404, ["unknown_page"]), (409, ["unpatchable"]), (503, ["no_run"])]),
        APIRoute(
            method: .patch, path: "/api/v1/pages/{name}", id: "changePage",
            summary: "Changes a page in the project's text, if that is still what was seen.",
            right: "edit", body: [("application/json", .reference("PageChanges"))],
            answer: .reference("PageWritten"),
            problems: [
                (400, ["bad_request", "bad_change"]), (404, ["unknown_page"]),
                (409, ["stale", "unpatchable"]), (413, ["http_413"]), (422, ["invalid_page"]),
                (503, ["no_run"]),
            ]),
        APIRoute(
            method: .post, path: "/api/v1/pages/{name}/undo", id: "undoPage",
            summary: "Writes a page's text from before the last change.", right: "edit",
            body: [("application/json", .shape(["hash": .text("of the text that was seen")]))],
            answer: .reference("PageWritten"),
            problems: [
                (400, ["bad_request"]), (404, ["unknown_page"]),
                (409, ["stale", "nothing_to_undo"]), (422, ["invalid_page"]), (503, ["no_run"]),
            ]),
        APIRoute(
            method: .post, path: "/api/v1/pages/{name}/redo", id: "redoPage",
            summary: "Writes a page's text with the change that was taken back last.",
            right: "edit",
            body: [("application/json", .shape(["hash": .text("of the text that was seen")]))],
            answer: .reference("PageWritten"),
            problems: [
                (400, ["bad_request"]), (404, ["unknown_page"]),
                (409, ["stale", "nothing_to_redo"]), (422, ["invalid_page"]), (503, ["no_run"]),
            ]),
        APIRoute(
            method: .post, path: "/api/v1/pages/{name}/preview", id: "previewVisual",
            summary: "A visual or slicer that is on no page yet, with its figures.",
            right: "edit", body: [("application/json", .anything("a change and selections"))],
            answer: .anything("a page with this one item, and its figures"),
            problems: [
                (400, ["bad_request", "bad_change"]), (413, ["http_413"]),
                (422, ["invalid_page"]), (503, ["no_run"]), (504, ["too_slow"]),
            ]),
        APIRoute(
            method: .patch, path: "/api/v1/segmentations/{name}", id: "chooseNumber",
            summary: "Another number of segments in the project's text, with who chose it and why.",
            right: "edit", body: [("application/json", .reference("NumberChoice"))], status: 202,
            answer: .reference("NumberChosen"),
            problems: [
                (400, ["bad_request", "invalid_number"]), (404, ["unknown_name"]),
                (409, ["stale", "unpatchable"]), (413, ["http_413"]), (503, ["no_run"]),
            ]),
        APIRoute(
            method: .patch, path: "/api/v1/segmentations/{name}/segments/{id}",
            id: "renameSegment",
            summary: "Gives a segment another name in the project's text.", right: "edit",
            body: [("application/json", .reference("Renaming"))], status: 202,
            answer: .reference("Renamed"),
            problems: [
                (400, ["bad_request", "invalid_segment_name"]),
                (404, ["unknown_name", "unknown_segment"]),
                (409, ["name_taken", "stale", "unpatchable"]), (413, ["http_413"]),
                (503, ["no_run"]),
            ]),
    ]
}
