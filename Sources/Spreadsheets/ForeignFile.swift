import Columns
import Foundation

/// Tells what a file is that is no .xlsx workbook.
enum ForeignFile {
    private static let compoundFile: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    private static let mostSearched = 64 << 20

    /// - Throws: `file_unreadable`.
    static func error(_ url: URL) throws(AuroraError) -> AuroraError {
        let file = try RandomAccessFile(url)
        let first = try file.bytes(at: 0, count: 4096)
        if first.isEmpty { return .notWorkbook("empty", "export it again") }
        if first.starts(with: compoundFile) {
            // Excel hides an encrypted workbook in the format of its oldest ones.
            let isEncrypted = try contains(Array("EncryptedPackage".utf16), file)
            return isEncrypted
                ? .encrypted()
                : .notWorkbook("an .xls workbook of before 2007", "save it as .xlsx in Excel")
        }
        if first.starts(with: [0x50, 0x4B]) {
            return .damaged("the archive", "has no directory at its end; it is cut off")
        }
        if !first.contains(0), String(validating: first.dropLast(4), as: UTF8.self) != nil {
            return .notWorkbook(
                "a text", "read it with 'csv:', whatever its name ends in; or save it as .xlsx")
        }
        return .notWorkbook("something else", "save it as .xlsx in Excel")
    }

    /// A zip archive without the main part of a workbook.
    static func error(_ archive: ZipArchive) -> AuroraError {
        if archive["xl/workbook.bin"] != nil {
            return .notWorkbook("a binary workbook (.xlsb)", "save it as .xlsx in Excel")
        }
        if archive["content.xml"] != nil, archive["mimetype"] != nil {
            return .notWorkbook("an OpenDocument file", "save it as .xlsx in LibreOffice")
        }
        if archive["xl/workbook.xml"] != nil {
            return .damaged("_rels/.rels", "does not say where the workbook is")
        }
        return .notWorkbook("a zip archive of something else", "unpack it, or save it as .xlsx")
    }

    /// Looks for UTF-16 text, which is how the names in a compound file are written.
    private static func contains(
        _ text: [UInt16], _ file: RandomAccessFile
    ) throws(AuroraError) -> Bool {
        let pattern = Data(text.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
        let step = 1 << 20
        for offset in stride(from: 0, to: min(file.size, mostSearched), by: step) {
            let bytes = try file.bytes(at: offset, count: step + pattern.count)
            if Data(bytes).range(of: pattern) != nil { return true }
        }
        return false
    }
}
