package import Columns
import Crypto
package import Foundation

/// Pages as one HTML file that needs nothing else: no server, no network, no other file.
///
/// It holds the modules that draw the pages and the figures that they draw. Its content security
/// policy lets in these very texts, by their hashes, and no request at all.
package struct ReportFile: Sendable {
    /// How the file is laid out when it is printed.
    package enum Paper: String, Sendable, CaseIterable { case landscape, portrait }

    private let report: PageReport
    private let paper: Paper
    private let assets: ReportAssets

    /// - Parameter home: the folder with `Web/` and `.deps/`.
    package init(_ report: PageReport, paper: Paper = .landscape, home: URL) {
        self.report = report
        self.paper = paper
        assets = ReportAssets(home: home)
    }

    /// The file. The same run and the same selections give the same bytes.
    ///
    /// - Throws: `assets_missing`, `module_unbundled`.
    package func html() throws(AuroraError) -> Data {
        let bundle = try assets.bundle(kinds: report.kinds)
        var head = Parts()
        // Those of libraries first: Aurora's own change their look.
        for address in bundle.libraries where address.hasSuffix(".css") {
            head.add(style: try assets.inlined(style: address), from: address)
        }
        for style in try assets.styles() + [.init(address: "/web/saved.css", isForPrint: false)] {
            head.add(
                style: try assets.inlined(style: style.address), media: style.isForPrint)
        }
        head.add(style: "@page { size: A4 \(paper.rawValue); margin: 12mm; }", media: true)
        head.add(script: try assets.text("/web/early-theme.js"))
        var body = Parts()
        let libraries = bundle.libraries.filter { $0.hasSuffix(".js") }
        for address in ["/deps/echarts.min.js"] + libraries {
            body.add(script: try assets.text(address), from: address)
        }
        body.add(script: bundle.script)
        let icon = try assets.data("/web/favicon.svg").base64EncodedString()
        return Data(
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(policy(head, body))">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <title>\(Self.escaped(report.title))</title>
            <link rel="icon" href="data:image/svg+xml;base64,\(icon)">
            \(head.html)</head>
            <body class="saved">
            <a class="skip-link" href="#main" data-skip>Skip to the figures</a>
            <header class="topbar" id="topbar"></header>
            <main id="main" class="page" tabindex="-1"></main>
            <noscript><p class="no-script">This report draws its charts with JavaScript, which is \
            switched off here.</p></noscript>
            <script type="application/json" id="report">\(InlineScript.safe(report.json))</script>
            \(body.html)</body>
            </html>

            """.utf8)
    }

    private func policy(_ parts: Parts...) -> String {
        [
            "default-src 'none'",
            "script-src " + parts.flatMap(\.scripts).joined(separator: " "),
            "style-src " + parts.flatMap(\.styles).joined(separator: " "),
            "img-src data: blob:", "font-src data:", "base-uri 'none'", "form-action 'none'",
        ].joined(separator: "; ")
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    }

    /// Elements with their text inside, and the hashes that let the text in.
    private struct Parts {
        var html = ""
        var scripts: [String] = []
        var styles: [String] = []

        mutating func add(
            style: String, from address: String? = nil, media isForPrint: Bool = false
        ) {
            html += "<style\(Self.origin(address))\(isForPrint ? " media=\"print\"" : "")>"
            html += style + "</style>\n"
            styles.append(Self.hash(style))
        }

        mutating func add(script: String, from address: String? = nil) {
            let script = InlineScript.safe(script)
            html += "<script\(Self.origin(address))>\(script)</script>\n"
            scripts.append(Self.hash(script))
        }

        /// By this, what would load the address sees that it is there.
        private static func origin(_ address: String?) -> String {
            address.map { " data-address=\"\($0)\"" } ?? ""
        }

        private static func hash(_ text: String) -> String {
            "'sha256-\(Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString())'"
        }
    }
}
