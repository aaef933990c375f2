package import Columns

/// What `aurora.yaml` says about the whole project.
package struct ProjectSettings: Sendable {
    package var name = ""
    package var summary: String?
    /// ISO 4217, like EUR.
    package var currency: String?
    /// BCP 47, like en-GB.
    package var locale = "en-US"
    /// The folder of the source files, relative to the project.
    package var data = "."
    /// The day at which ages, tenures and windows are taken where a step states no other.
    package var asOf: Located<CalendarDate>?
    /// A file of the data folder that holds `asOf`, where each delivery says of which day it is.
    package var asOfFile: Located<String>?
    package var privacy = Privacy()

    /// Who may see what of the customers.
    package struct Privacy: Sendable {
        /// Columns that name a customer: masked for whoever lacks the right to see customers.
        package var identifying: [Located<String>] = []
        /// Columns that no reader gets, on any page or by any query.
        package var hidden: [Located<String>] = []
        /// Cells with fewer customers than this are not shown; 0 shows all.
        package var smallestCell = 0
    }

    package static let kind = FileKind(
        folder: "", type: "project/v1", summary: "The project as a whole.",
        fields: [
            Field("name", .text, required: true, "what readers know the project by"),
            Field("description", .text, "one or two sentences about it"),
            Field("currency", .text, "the currency of all amounts, ISO 4217: EUR"),
            Field("locale", .text, "how numbers and dates are written, BCP 47: en-GB"),
            Field(
                "as_of",
                .shorthand(
                    for: "day",
                    [
                        Field("day", .text, "the day itself"),
                        Field(
                            "file", .text,
                            "a text file of the data folder with nothing but the day in it, where "
                                + "each delivery says of which day it is"),
                    ]),
                "the day at which ages and windows are taken, like 2024-12-31; never today's"),
            Field("data", .text, "the folder of the source files, relative to the project"),
            Field(
                "privacy",
                .object([
                    Field("identifying", .list(.text), "columns that name a customer"),
                    Field("hidden", .list(.text), "columns that no reader gets"),
                    Field(
                        "smallest_cell", .integer(0...1_000_000),
                        "cells with fewer customers are not shown"),
                ]), "who may see what of the customers"),
        ])

    package init() {}

    init(_ values: FieldValues, diagnostics: inout [Diagnostic]) {
        name = values.text("name") ?? ""
        summary = values.text("description")
        currency = values.text("currency")
        locale = values.text("locale") ?? locale
        data = values.text("data") ?? data
        if let stated = values.object("as_of") { readAsOf(stated, &diagnostics) }
        if let privacy = values.object("privacy") {
            self.privacy.identifying = privacy.texts("identifying") ?? []
            self.privacy.hidden = privacy.texts("hidden") ?? []
            self.privacy.smallestCell = privacy.integer("smallest_cell") ?? 0
        }
        if let currency, !(currency.count == 3 && currency.allSatisfy { ("A"..."Z").contains($0) })
        {
            diagnostics.append(
                Diagnostic(
                    "invalid_currency", at: values.place(of: "currency"),
                    "'\(currency)' is not a currency code", hint: "three capital letters, like EUR")
            )
        }
        // A browser throws at what is no tag, so that a page would show nothing at all.
        let subtags = locale.split(separator: "-", omittingEmptySubsequences: false)
        let isTag = subtags.allSatisfy {
            (1...8).contains($0.count)
                && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        }
        let language = subtags[0]
        if !isTag || !(2...3).contains(language.count) || !language.allSatisfy(\.isLetter) {
            diagnostics.append(
                Diagnostic(
                    "invalid_locale", at: values.place(of: "locale"),
                    "'\(locale)' is not a locale", hint: "a language and a region, like en-GB"))
        }
    }

    private mutating func readAsOf(_ values: FieldValues, _ diagnostics: inout [Diagnostic]) {
        switch (values.states("day"), values.located("file")) {
        case (true, nil): asOf = values.day("day", &diagnostics)
        case (false, let file?): asOfFile = file
        case (true, let file?):
            diagnostics.append(
                Diagnostic(
                    "either_or", at: file.place,
                    "'as_of' takes 'day' or 'file', but states both", hint: "remove one of them"))
        case (false, nil):
            diagnostics.append(
                Diagnostic(
                    "missing_key", at: values.place, "'as_of' lacks the key 'day' or 'file'"))
        }
    }
}
