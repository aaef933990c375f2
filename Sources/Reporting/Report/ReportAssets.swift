package import Columns
package import Foundation

/// The browser side's files, as a report's file needs them: texts by the addresses that pages use.
struct ReportAssets: Sendable {
    let home: URL

    /// The file behind an address of the server.
    private func file(_ address: String) -> URL? {
        let parts = address.split(separator: "/").map(String.init)
        guard parts.count > 1, !parts.contains("..") else { return nil }
        let rest = parts.dropFirst().joined(separator: "/")
        switch parts[0] {
        case "web": return home.appending(path: "Web/\(rest)")
        case "deps": return home.appending(path: ".deps/web/\(rest)")
        case "charts":
            guard let kind = ChartKind.all.first(where: { "\($0.name).js" == rest }) else {
                return nil
            }
            return home.appending(
                path: "Sources/Reporting/Charts/\(kind.folder)/web/\(kind.name).js")
        default: return nil
        }
    }

    func data(_ address: String) throws(AuroraError) -> Data {
        guard let file = file(address), let data = try? Data(contentsOf: file) else {
            throw AuroraError(
                "assets_missing", "\(file(address)?.path ?? address) is not there",
                hint: "run 'make setup', or unpack Aurora's archive again")
        }
        return data
    }

    func text(_ address: String) throws(AuroraError) -> String {
        String(decoding: try data(address), as: UTF8.self)
    }

    /// The modules of a report that shows these kinds of visual.
    ///
    /// On a server, a card loads the module of its kind when it is needed; here the same function
    /// gives one that is there already.
    func bundle(kinds: [String]) throws(AuroraError) -> ModuleBundle {
        let imports = kinds.enumerated().map { "import chart\($0) from \"/charts/\($1).js\";" }
        let entries = kinds.enumerated().map { "[\(JSON.string($1).text()), chart\($0)]" }
        let charts = """
            \(imports.joined(separator: "\n"))
            const kinds = new Map([\(entries.joined(separator: ", "))]);
            export const loadChart = async (kind) => kinds.get(kind);

            """
        return try ModuleBundle(from: "/web/report.js") { address in
            address == "/web/chart-module.js" ? charts : try? text(address)
        }
    }

    /// A style sheet of the pages.
    struct Style: Sendable {
        var address: String
        var isForPrint: Bool
    }

    /// The style sheets that `index.html` names, in its order.
    func styles() throws(AuroraError) -> [Style] {
        try text("/web/index.html").matches(
            of: /<link rel="stylesheet" href="([^"]+)"( media="print")?>/
        ).map { Style(address: String($0.1), isForPrint: $0.2 != nil) }
    }

    /// A style sheet with the files that it names inside it.
    func inlined(style address: String) throws(AuroraError) -> String {
        let text = try text(address)
        var result = ""
        var rest = text[...]
        while let match = rest.firstMatch(of: /url\("(\/[^"]+)"\)/) {
            result += rest[..<match.range.lowerBound]
            let base64 = try data(String(match.1)).base64EncodedString()
            let type = match.1.hasSuffix(".woff2") ? "font/woff2" : "image/svg+xml"
            result += "url(\"data:\(type);base64,\(base64)\")"
            rest = rest[match.range.upperBound...]
        }
        return result + rest
    }
}
