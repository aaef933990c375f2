import Columns
import Testing
import Workspace

@Suite("Settings of a project")
struct ProjectSettingsTests {
    private func read(_ body: String) throws -> (ProjectSettings, [Diagnostic]) {
        var diagnostics: [Diagnostic] = []
        let folder = try ProjectFolder.parse(
            ["aurora.yaml": "type: project/v1\nname: Test\n" + body], kinds: [],
            diagnostics: &diagnostics)
        return (folder.settings, diagnostics)
    }

    @Test("all keys are read")
    func allKeys() throws {
        let (settings, diagnostics) = try read(
            """
            description: Two words.
            currency: EUR
            locale: de-DE
            data: ../data
            privacy:
              identifying: [name, "first name"]
              hidden: [iban]
              smallest_cell: 5
            """)
        #expect(diagnostics.isEmpty)
        #expect(settings.name == "Test" && settings.summary == "Two words.")
        #expect(settings.currency == "EUR" && settings.locale == "de-DE")
        #expect(settings.data == "../data")
        #expect(settings.privacy.identifying.map(\.value) == ["name", "first name"])
        #expect(settings.privacy.hidden.map(\.place.line) == [9])
        #expect(settings.privacy.smallestCell == 5)
    }

    @Test("the as-of date is a day, or a file that holds it")
    func asOf() throws {
        let day = CalendarDate("2024-12-31")
        #expect(day != nil)
        for text in ["2024-12-31", "{day: 2024-12-31}"] {
            let (settings, diagnostics) = try read("as_of: \(text)\n")
            #expect(diagnostics.isEmpty && settings.asOfFile == nil, "\(text)")
            #expect(settings.asOf?.value == day, "\(text)")
        }
        let (settings, diagnostics) = try read("as_of: {file: as_of.txt}\n")
        #expect(diagnostics.isEmpty && settings.asOf == nil)
        #expect(settings.asOfFile?.value == "as_of.txt")
        for (text, code) in [
            ("{day: 2024-12-31, file: as_of.txt}", "either_or"), ("{}", "missing_key"),
            ("31.12.2024", "invalid_date"), ("{day: soon}", "invalid_date"),
            ("{path: as_of.txt}", "unknown_key"), ("[2024-12-31]", "wrong_type"),
        ] {
            let codes = try read("as_of: \(text)\n").1.map(\.code)
            #expect(codes.first == code, "\(text): \(codes)")
        }
    }

    @Test("what isn't stated has its default")
    func defaults() throws {
        let (settings, diagnostics) = try read("")
        #expect(diagnostics.isEmpty)
        #expect(settings.summary == nil && settings.currency == nil)
        #expect(settings.locale == "en-US" && settings.data == ".")
        #expect(settings.privacy.hidden.isEmpty && settings.privacy.identifying.isEmpty)
        #expect(settings.privacy.smallestCell == 0)
    }

    @Test(
        "a currency is three capital letters",
        arguments: ["eur", "EURO", "€", "E1R", "ÄÖÜ", "\"\"", "EU"])
    func currency(text: String) throws {
        let (_, diagnostics) = try read("currency: \(text)\n")
        #expect(diagnostics.map(\.code) == ["invalid_currency"])
        #expect(diagnostics.map(\.place.line) == [3])
    }

    @Test(
        "a locale is a language, and what narrows it",
        arguments: [
            ("en", true), ("en-GB", true), ("zh-Hant-TW", true), ("es-419", true),
            ("de_DE", false), ("english language", false), ("en-", false), ("\"\"", false),
            ("en-GBGBGBGBG", false), ("fr-١٢٣", false), ("é", false), ("123", false), ("e", false),
        ])
    func locale(text: String, isValid: Bool) throws {
        let (_, diagnostics) = try read("locale: \(text)\n")
        #expect(diagnostics.map(\.code) == (isValid ? [] : ["invalid_locale"]))
    }

    @Test(
        "the smallest cell is a whole number from 0",
        arguments: ["-1", "2.5", "many", "1000001"])
    func smallestCell(text: String) throws {
        let (settings, diagnostics) = try read("privacy: {smallest_cell: \(text)}\n")
        #expect(diagnostics.map(\.code) == ["wrong_type"])
        #expect(settings.privacy.smallestCell == 0)
    }
}
