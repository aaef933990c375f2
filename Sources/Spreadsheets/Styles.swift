import Columns

/// The number format of each cell style.
struct Styles: Sendable {
    private var formats: [NumberFormat] = []

    init() {}

    /// - Throws: `workbook_damaged`.
    init(_ entry: ZipArchive.Entry, of archive: ZipArchive) throws(AuroraError) {
        var xml = try XMLScanner.open(entry, of: archive)
        var custom: [Int: NumberFormat] = [:]
        var isInCellStyles = false
        while true {
            switch try xml.next() {
            case .open where xml.isNamed("numFmt"):
                if let id = try xml.integer("numFmtId"), let code = try xml.attribute("formatCode")
                {
                    custom[id] = NumberFormat(code: code)
                }
            case .open where xml.isNamed("cellXfs"): isInCellStyles = true
            case .close where xml.isNamed("cellXfs"): isInCellStyles = false
            case .open where isInCellStyles && xml.isNamed("xf"):
                let id = try xml.integer("numFmtId") ?? 0
                formats.append(custom[id] ?? NumberFormat(builtIn: id))
            case .open where xml.isNamed("dxfs") || xml.isNamed("extLst"): try xml.skipElement()
            case .end: return
            default: continue
            }
        }
    }

    subscript(style: Int) -> NumberFormat {
        formats.indices.contains(style) ? formats[style] : .number
    }
}
