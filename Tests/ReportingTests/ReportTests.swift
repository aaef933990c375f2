import Columns
import Foundation
import Query
import Reporting
import Runs
import TestProjects
import Testing

@Suite("Pages as files that are passed on")
struct ReportTests {
    private static let home = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let hasLibraries = FileManager.default.fileExists(
        atPath: home.appending(path: ".deps/web/echarts.min.js").path)

    private static func report(
        _ project: TestProject, _ choice: PageReport.Choice = .init(), for reader: Reader = .local
    ) async throws -> PageReport {
        try await report(try await project.run(), choice, for: reader)
    }

    private static func report(
        _ run: PublishedRun, _ choice: PageReport.Choice = .init(), for reader: Reader = .local
    ) async throws -> PageReport {
        try await PageReport(choice, of: run, for: reader)
    }

    /// The document inside the file.
    private static func content(_ html: Data) throws -> String {
        let text = String(decoding: html, as: UTF8.self)
        let start = try #require(text.range(of: "id=\"report\">"))
        let end = try #require(text.range(of: "</script>", range: start.upperBound..<text.endIndex))
        return String(text[start.upperBound..<end.lowerBound])
    }

    private static func html(_ report: PageReport) throws -> Data {
        try ReportFile(report, home: home).html()
    }

    /// Customers with a name that nobody shall see, one that only some may see, and few in Voss.
    private static func secretive() throws -> TestProject {
        var lines = "id,city,age,spent,secret,phone\n"
        for id in 1...73 {
            let group = id <= 40 ? "Oslo,20,100.5" : id <= 70 ? "Bergen,50,200.5" : "Voss,77,613.0"
            lines += "KEY\(1000 + id),\(group),SECRET\(id),PHONE\(id)\n"
        }
        return try TestProject(
            page: """
                title: T
                slicers:
                  - list: {dimension: phone}
                  - range: {dimension: spent}
                visuals:
                  - kpi: {measure: customers}
                  - bar: {measure: customers, by: city}
                  - table: {measures: [customers], by: [phone], title: Phones}
                  - table: {measures: [customers], by: [number, city], title: One by one}
                  - scatter: {x: age, y: spent, by: band}
                """,
            files: [
                "aurora.yaml": """
                type: project/v1
                name: T
                privacy: {smallest_cell: 5, hidden: [secret], identifying: [phone]}
                """,
                "customers.csv": lines, "purchases.csv": "nr,buyer,kind\n1,KEY1001,food\n",
                "measures/more.yaml": """
                type: measures/v1
                of: customers
                dimensions:
                  phone: {expression: phone}
                  number: {expression: id}
                """,
            ])
    }

    @Test(
        "the HTML file has no hidden column, no row and no small cell, for whoever makes it",
        .enabled(if: hasLibraries, ".deps/web is not there: run make setup"))
    func gate() async throws {
        let html = try Self.html(try await Self.report(try Self.secretive()))
        let text = String(decoding: html, as: UTF8.self)
        for secret in ["SECRET", "PHONE", "KEY10", "613"] {
            #expect(try !Self.content(html).contains(secret), "\(secret)")
        }
        // Base64 of fonts may hold any four letters, but no name of a customer.
        for secret in ["SECRET1", "PHONE1", "KEY1001"] { #expect(!text.contains(secret)) }
        let content = try Self.content(html)
        #expect(content.contains(#"["Bergen",null],["Oslo",40],["Voss",null]"#))
        #expect(content.contains(#""density":true"#))
        #expect(content.components(separatedBy: "\"left_out\":").count == 3)
    }

    @Test("the workbook neither")
    func workbookGate() async throws {
        let report = try await Self.report(try Self.secretive())
        let text = String(decoding: ReportWorkbook(report).xlsx(), as: UTF8.self)
        for secret in ["SECRET", "PHONE", "KEY10", "613"] { #expect(!text.contains(secret)) }
        #expect(text.contains("<t xml:space=\"preserve\">Oslo</t>"))
        #expect(
            text.contains("<v>40</v>") && !text.contains("<v>3</v>") && !text.contains("<v>30</v>"))
        #expect(text.components(separatedBy: "Left out").count == 3)
    }

    @Test(
        "the policy lets in the file's own texts and nothing else",
        .enabled(if: hasLibraries, ".deps/web is not there: run make setup"))
    func policy() async throws {
        let text = String(
            decoding: try Self.html(try await Self.report(try TestProject(page: Self.simple))),
            as: UTF8.self)
        let policy = try #require(text.firstMatch(of: /Security-Policy" content="([^"]+)"/)).1
        #expect(policy.hasPrefix("default-src 'none'; script-src 'sha256-"))
        #expect(!policy.contains("unsafe") && !policy.contains("self") && !policy.contains("http"))
        let scripts = text.matches(of: /<script( data-address="[^"]+")?>/).count
        let styles = text.matches(of: /<style[^>]*>/).count
        #expect(policy.matches(of: /'sha256-/).count == scripts + styles)
        // What stands inside scripts is no element.
        let elements = text.components(separatedBy: "</script>")
            .compactMap { $0.components(separatedBy: "<script").first }.joined()
        #expect(elements.firstMatch(of: /(src|href)="(?!data:|#)[^"]*"/) == nil)
        #expect(!text.contains("url(\"/deps/"))
    }

    private static let simple = """
        title: "=T </script>"
        visuals:
          - kpi: {measure: avg_age, title: "=1+1"}
          - bar: {measure: customers, by: city, title: "[a]: b/c"}
          - table: {measures: [customers, avg_age], by: [band], title: "[a]: b/c"}
        """

    @Test(
        "the same run gives the same bytes, and a selection others",
        .enabled(if: hasLibraries, ".deps/web is not there: run make setup"))
    func bytes() async throws {
        let project = try TestProject(page: Self.simple)
        let run = try await project.run()
        let (first, second) = (try await Self.report(run), try await Self.report(run))
        #expect(try Self.html(first) == Self.html(second))
        #expect(ReportWorkbook(first).xlsx() == ReportWorkbook(second).xlsx())
        let chosen = try await Self.report(
            run, .init(selections: [.picking("city", .text("Oslo"), from: "s1")]))
        #expect(try Self.content(Self.html(chosen)).contains(#""values":["Oslo"]"#))
        #expect(try Self.content(Self.html(chosen)).contains(#""rows_used":2"#))
    }

    @Test("sheets are named as Excel accepts it, with formats, filters and the run")
    func workbook() async throws {
        let project = try TestProject(page: Self.simple)
        let run = try await project.run()
        let report = try await Self.report(run, .init(conditions: ["age > 25"]))
        let text = String(decoding: ReportWorkbook(report).xlsx(), as: UTF8.self)
        #expect(text.contains(#"<sheet name="=1+1" sheetId="1""#))
        #expect(text.contains(#"<sheet name="a b c" sheetId="2""#))
        #expect(text.contains(#"<sheet name="a b c (2)" sheetId="3""#))
        #expect(text.contains("formatCode=\"#,##0.0 &quot;years&quot;\""))
        #expect(text.contains("quotePrefix=\"1\""))
        #expect(text.contains("age &gt; 25") && text.contains("computed on 4 of 5 rows"))
        #expect(text.contains(run.record.id))
    }

    @Test("filters that single customers out are refused, and readers of no figures")
    func refused() async throws {
        let project = try Self.secretive()
        for choice in [
            PageReport.Choice(selections: [.picking("number", .text("KEY1001"), from: "s1")]),
            PageReport.Choice(conditions: ["number = 'KEY1001'"]),
        ] {
            let error = await #expect(throws: AuroraError.self) {
                try await Self.report(project, choice)
            }
            #expect(error?.code == "not_permitted")
        }
        let error = await #expect(throws: AuroraError.self) {
            try await Self.report(project, for: Reader(name: "nobody", rights: [.customers]))
        }
        #expect(error?.code == "not_permitted")
        let unknown = await #expect(throws: AuroraError.self) {
            try await Self.report(project, .init(pages: ["gone"]))
        }
        #expect(unknown?.code == "unknown_page")
    }
}
