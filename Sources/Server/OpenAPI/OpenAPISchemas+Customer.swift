import Columns

/// The shapes of one customer's explanation.
extension OpenAPISchemas {
    static let customerSegment: JSON = .shape([
        "id": .integer("0 for none"), "name": .text(),
        "colour": .optional("integer", "the segment's colour number"),
        "is_outliers": .boolean(),
    ])

    static let customerFeature: JSON = .shape([
        "column": .text(), "label": .text(),
        "format": .object(["type": ["object", "null"], "description": "as of a measure"]),
        "is_category": .boolean(),
        "value": .object([
            "type": ["string", "number", "boolean", "null"],
            "description": "the customer's, in the data's own units",
        ]),
        "segment": .optional(
            "number", "the segment's mean; of a category the share with the same level"),
        "runner_up": .optional("number", "the same of the runner-up"),
        "overall": .optional("number", "the same of all customers"),
        "contribution": .optional("number", "above 0 where it speaks for the segment"),
        "standing": .object([
            "type": ["string", "null"],
            "description": "below, above, unseen or missing, seen from the training rows",
        ]),
    ])

    static let customer: JSON = .shape([
        "run": .text(), "segmentation": .text(), "label": .text(), "model": .text(),
        "method": .text(),
        "key": .object(["type": ["string", "number", "boolean", "null"]]),
        "segment": .reference("CustomerSegment"),
        "runner_up": .either(.reference("CustomerSegment"), "the next best; null without one"),
        "measure": .object(["enum": ["distance", "minus_two_log_density", "none"]]),
        "distance": .optional("number", "to the own segment, in `measure`"),
        "margin": .optional("number", "by how much the next best is farther"),
        "borderline": .optional("boolean", "null where the method can't tell"),
        "statement": .optional("string", "the condition that holds, of a stated segment"),
        "attribution": .either(
            .shape([
                "margin": .share("difference of squared distances, on the model's scale"),
                "baseline": .share("that of the mean customer"),
            ]), "contributions add up to margin − baseline; null without them"),
        "unexplained": .optional(
            "string", "no_centroids, stated, one_segment or outside; null with contributions"),
        "features": .list(.reference("CustomerFeature"), "what speaks loudest first"),
        "features_hidden": .integer("features that no reader gets"),
        "boundaries": .list(
            .shape([
                "changes": .list(
                    .shape([
                        "column": .text(), "label": .text(),
                        "format": .object(["type": ["object", "null"]]), "from": .share(),
                        "to": .share(),
                    ]), "one feature, or linked ones that change by the same share"),
                "segment": .reference("CustomerSegment"),
                "size": .share("on the model's scale"),
            ]), "the nearest boundary along each actionable feature, the shortest way first"),
        "refused": .list(
            .shape([
                "columns": .list(.text()), "labels": .list(.text()),
                "reason": .object([
                    "enum": ["out_of_reach", "linked", "no_share", "category", "missing"]
                ]),
            ])), "sentences": .list(.text(), "all of it in plain words"),
    ])
}
