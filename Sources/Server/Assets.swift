import Columns
import Foundation
import HTTPTypes
import Hummingbird
import Reporting

/// The files of the browser side, listed once at the start: no request can name any other.
struct Assets {
    private var files: [String: URL] = [:]

    /// - Throws: `assets_missing` where set-up has not been run.
    init(home: URL) throws(AuroraError) {
        let libraries = home.appending(path: ".deps/web")
        for needed in ["echarts.min.js", "tabulator.min.js"] {
            let file = libraries.appending(path: needed)
            guard FileManager.default.fileExists(atPath: file.path) else {
                throw AuroraError(
                    "assets_missing", "\(file.path) is not there",
                    hint: "run 'make setup', or unpack Aurora's archive again")
            }
        }
        add("/web/", home.appending(path: "Web"))
        add("/deps/", libraries)
        for kind in ChartKind.all {
            let folder = kind.folder
            files["/charts/\(kind.name).js"] = home.appending(
                path: "Sources/Reporting/Charts/\(folder)/web/\(kind.name).js")
        }
        files["/"] = home.appending(path: "Web/index.html")
        files["/sign-in"] = home.appending(path: "Web/sign-in.html")
        files["/favicon.ico"] = home.appending(path: "Web/favicon.svg")
    }

    private mutating func add(_ prefix: String, _ folder: URL) {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
        for name in names where Self.types[(name as NSString).pathExtension] != nil {
            files[prefix + name] = folder.appending(path: name)
        }
    }

    static let publicPaths: Set<String> = ["/sign-in", "/favicon.ico"]

    private static let types = [
        "html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8",
        "css": "text/css; charset=utf-8", "svg": "image/svg+xml", "woff2": "font/woff2",
    ]

    func addRoutes(to router: Router<RequestContext>) {
        for (path, file) in files {
            router.get(RouterPath(path)) { request, _ in try Self.answer(request, file) }
        }
    }

    /// The file, unless the browser has this very version of it.
    private static func answer(_ request: Request, _ file: URL) throws -> Response {
        guard let data = try? Data(contentsOf: file),
            let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
        else { throw Problem(.notFound, "not_found", "There is nothing at this address") }
        let changed = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        let tag = "\"\(data.count)-\(Int(changed * 1000))\""
        let headers: HTTPFields = [
            .contentType: types[file.pathExtension] ?? "application/octet-stream",
            .cacheControl: "no-cache", .eTag: tag,
        ]
        if request.headers[.ifNoneMatch] == tag {
            return Response(status: .notModified, headers: headers)
        }
        return Response(
            status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: data)))
    }
}
