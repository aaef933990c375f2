package import Columns
package import Foundation

/// An .xlsx workbook, open for reading.
package struct Workbook: Sendable {
    package struct Sheet: Sendable {
        package var name: String
        package var isHidden: Bool
        /// False where it is a chart or a dialogue: nothing with cells.
        package var hasCells: Bool
        /// Nil where the file lacks the sheet's part.
        let entry: ZipArchive.Entry?
    }

    package let url: URL
    /// In the order of their tabs.
    package let sheets: [Sheet]
    let archive: ZipArchive
    let dates: SerialDate
    let styles: Styles
    let shared: SharedStrings

    /// Reads all of a workbook but its sheets.
    ///
    /// - Throws: `file_unreadable`, `not_a_workbook`, `workbook_encrypted`, `workbook_damaged`,
    ///   `workbook_too_large`, `zlib_missing`.
    package init(_ url: URL) throws(AuroraError) {
        self.url = url
        guard let archive = try ZipArchive(url) else { throw try ForeignFile.error(url) }
        self.archive = archive
        guard let rootEntry = archive["_rels/.rels"] else { throw ForeignFile.error(archive) }
        let root = try Relationships(rootEntry, of: archive, base: "")
        guard let path = root.target(ofType: "officeDocument"), path.hasSuffix(".xml"),
            let entry = archive[path]
        else { throw ForeignFile.error(archive) }
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        let file = String(path.split(separator: "/").last ?? "")
        let relations = archive[folder + (folder.isEmpty ? "" : "/") + "_rels/\(file).rels"]
        guard let relations else { throw .damaged(path, "does not say where its sheets are") }
        let parts = try Relationships(relations, of: archive, base: folder)
        let contents = try WorkbookPart(entry, of: archive)
        guard !contents.sheets.isEmpty else { throw .damaged(path, "names no sheets") }
        sheets = contents.sheets.map { sheet in
            let part = parts[sheet.relation]
            return Sheet(
                name: sheet.name, isHidden: sheet.isHidden,
                hasCells: part.map { $0.type == "worksheet" } ?? true,
                entry: part.flatMap { archive[$0.target] })
        }
        dates = SerialDate(is1904: contents.is1904)
        func part(ofType type: String) -> ZipArchive.Entry? {
            parts.target(ofType: type).flatMap { archive[$0] }
        }
        styles =
            if let part = part(ofType: "styles") {
                try Styles(part, of: archive)
            } else { .init() }
        shared =
            if let part = part(ofType: "sharedStrings") {
                try SharedStrings(part, of: archive)
            } else { .init() }
    }
}

extension Workbook {
    /// How many bytes a workbook's parts state to unpack to; 0 where the file is no archive.
    ///
    /// - Throws: `workbook_damaged`, `workbook_too_large`, `file_unreadable`.
    package static func unpackedBytes(of url: URL) throws(AuroraError) -> Int {
        try ZipArchive(url)?.unpackedBytes ?? 0
    }
}

/// What a workbook's main part says of its sheets.
private struct WorkbookPart {
    var sheets: [(name: String, relation: String, isHidden: Bool)] = []
    var is1904 = false

    init(_ entry: ZipArchive.Entry, of archive: ZipArchive) throws(AuroraError) {
        var xml = try XMLScanner.open(entry, of: archive)
        while true {
            switch try xml.next() {
            case .open where xml.depth == 1 && !xml.isNamed("workbook"):
                throw .damaged(entry.name, "is not a workbook's")
            case .open where xml.isNamed("workbookPr"): is1904 = try xml.isSet("date1904")
            case .open where xml.isNamed("sheet") && xml.depth == 3:
                guard let name = try xml.attribute("name"), let relation = try xml.attribute("id")
                else { throw .damaged(entry.name, "has a sheet without a name") }
                let state = try xml.attribute("state")
                sheets.append((name, relation, state == "hidden" || state == "veryHidden"))
            case .open where xml.isNamed("extLst"): try xml.skipElement()
            case .end: return
            default: continue
            }
        }
    }
}

/// Which part of a file another part speaks of.
private struct Relationships {
    private var parts: [String: (type: String, target: String)] = [:]
    private var order: [String] = []

    init(
        _ entry: ZipArchive.Entry, of archive: ZipArchive, base: String
    ) throws(AuroraError) {
        var xml = try XMLScanner.open(entry, of: archive)
        while true {
            switch try xml.next() {
            case .open where xml.isNamed("Relationship"):
                guard let id = try xml.attribute("Id"), let type = try xml.attribute("Type"),
                    let target = try xml.attribute("Target")
                else { throw .damaged(entry.name, "has a broken relationship") }
                let kind = type.split(separator: "/").last.map(String.init) ?? ""
                parts[id] = (kind, Self.path(target, base: base))
                order.append(id)
            case .end: return
            default: continue
            }
        }
    }

    subscript(id: String) -> (type: String, target: String)? { parts[id] }

    func target(ofType type: String) -> String? {
        order.lazy.compactMap { parts[$0] }.first { $0.type == type }?.target
    }

    private static func path(_ target: String, base: String) -> String {
        let isAbsolute = target.hasPrefix("/")
        var folders: [Substring] = isAbsolute ? [] : base.split(separator: "/")
        for step in target.split(separator: "/") {
            if step == ".." {
                _ = folders.popLast()
            } else if step != "." {
                folders.append(step)
            }
        }
        return folders.joined(separator: "/")
    }
}
