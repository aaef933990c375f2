import Columns
import Foundation
import Spreadsheets
import TestProjects
import Testing

@Suite("Files that are no sound workbook")
struct DamageTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var data: Data
        var code: String
        var message: String
    }

    static func workbook(_ sheet: String, name: String = "xl/worksheets/sheet1.xml") -> Data {
        var parts = TestWorkbook([["a"], [1]]).parts
        for index in parts.indices where parts[index].name == name { parts[index].text = sheet }
        return TestArchive(parts.map { .init($0.name, Array($0.text.utf8)) }).data
    }

    static func archive(_ change: (inout TestArchive) -> Void) -> Data {
        var archive = TestArchive(
            TestWorkbook([["a"], [1]]).parts.map { .init($0.name, Array($0.text.utf8)) })
        change(&archive)
        return archive.data
    }

    static func cell(_ xml: String) -> Data {
        workbook("<worksheet><sheetData><row r=\"1\">\(xml)</row></sheetData></worksheet>")
    }

    static let compoundFile: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

    static let examples = [
        Example(testDescription: "nothing", data: Data(), code: "not_a_workbook", message: "empty"),
        Example(
            testDescription: "a CSV file", data: Data("id,x\n1,2\n".utf8), code: "not_a_workbook",
            message: "is a text"),
        Example(
            testDescription: "an .xls file",
            data: Data(compoundFile + [UInt8](repeating: 0, count: 99)),
            code: "not_a_workbook", message: "before 2007"),
        Example(
            testDescription: "an encrypted workbook",
            data: Data(
                compoundFile
                    + "EncryptedPackage".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }),
            code: "workbook_encrypted", message: "password"),
        Example(
            testDescription: "bytes", data: Data([1, 0, 2, 0xFF, 7]), code: "not_a_workbook",
            message: "something else"),
        Example(
            testDescription: "another archive",
            data: TestArchive([.init("readme.txt", [65])]).data, code: "not_a_workbook",
            message: "zip archive"),
        Example(
            testDescription: "an OpenDocument file",
            data: TestArchive([.init("mimetype", [65]), .init("content.xml", [65])]).data,
            code: "not_a_workbook", message: "OpenDocument"),
        Example(
            testDescription: "a binary workbook",
            data: TestArchive([.init("xl/workbook.bin", [65])]).data, code: "not_a_workbook",
            message: ".xlsb"),
        Example(
            testDescription: "a file that is cut off",
            data: TestWorkbook([["a"], [1]]).data.prefix(900), code: "workbook_damaged",
            message: "cut off"),
        Example(
            testDescription: "a wrong checksum", data: archive { $0.entries[6].checksum ^= 1 },
            code: "workbook_damaged", message: "checksum"),
        Example(
            testDescription: "a wrong size", data: archive { $0.entries[6].size -= 1 },
            code: "workbook_damaged", message: "more than"),
        Example(
            testDescription: "a part with a password", data: archive { $0.entries[6].flags = 1 },
            code: "workbook_encrypted", message: "password"),
        Example(
            testDescription: "an unknown packing", data: archive { $0.entries[6].method = 12 },
            code: "workbook_damaged", message: "method 12"),
        Example(
            testDescription: "bytes that don't unpack", data: archive { $0.entries[6].method = 8 },
            code: "workbook_damaged", message: "can't be unpacked"),
        Example(
            testDescription: "a missing sheet", data: archive { $0.entries.remove(at: 6) },
            code: "workbook_damaged", message: "lacks the part"),
        Example(
            testDescription: "a part twice", data: archive { $0.entries.append($0.entries[6]) },
            code: "workbook_damaged", message: "twice"),
        Example(
            testDescription: "a workbook without relations",
            data: archive { $0.entries.remove(at: 3) }, code: "workbook_damaged",
            message: "where its sheets are"),
        Example(
            testDescription: "XML that ends early", data: cell("<c><v>1"), code: "workbook_damaged",
            message: "ends where another one is open"),
        Example(
            testDescription: "XML without its end", data: workbook("<worksheet><sheetData>"),
            code: "workbook_damaged", message: "ends in the middle"),
        Example(
            testDescription: "a document type",
            data: workbook("<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet/>"),
            code: "workbook_damaged",
            message: "document type"),
        Example(
            testDescription: "an unknown entity", data: cell("<c t=\"str\"><v>&a;</v></c>"),
            code: "workbook_damaged", message: "entity"),
        Example(
            testDescription: "UTF-16", data: workbook("\u{FEFF}<worksheet/>").withWideSheet,
            code: "workbook_damaged", message: "not in UTF-8"),
        Example(
            testDescription: "rows out of order",
            data: workbook(
                "<worksheet><sheetData><row r=\"2\"/><row r=\"2\"/></sheetData></worksheet>"),
            code: "workbook_damaged", message: "out of order"),
        Example(
            testDescription: "cells out of order",
            data: cell("<c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c>"),
            code: "workbook_damaged", message: "out of order"),
        Example(
            testDescription: "a column beyond the last", data: cell("<c r=\"XFE1\"><v>1</v></c>"),
            code: "workbook_damaged", message: "out of order"),
        Example(
            testDescription: "a shared text that is not there",
            data: cell("<c t=\"s\"><v>7</v></c>"), code: "workbook_damaged", message: "shared text"),
        Example(
            testDescription: "an unknown type of cell", data: cell("<c t=\"q\"><v>7</v></c>"),
            code: "workbook_damaged", message: "unknown type"),
        Example(
            testDescription: "elements without end",
            data: workbook("<worksheet>" + String(repeating: "<a>", count: 5000)),
            code: "workbook_damaged",
            message: "not XML"),
    ]

    @Test("says what is wrong", arguments: examples)
    func says(example: Example) throws {
        let failure = try #require(try failure(of: example.data))
        #expect(failure.code == example.code)
        #expect(failure.message.contains(example.message), "\(failure)")
        #expect(failure.hint != nil)
    }

    @Test("a part that unpacks to over 400 times its size is refused before it fills the memory")
    func bomb() throws {
        let bytes = [UInt8](repeating: 32, count: 80 << 20)
        let packed = try Zlib.deflated(bytes)
        let data = Self.archive {
            $0.entries[6].stored = packed
            $0.entries[6].method = 8
            $0.entries[6].size = bytes.count
        }
        #expect(try failure(of: data)?.code == "workbook_too_large")
    }

    @Test("deflated parts are read")
    func deflated() throws {
        let rows: [[TestWorkbook.Cell]] = (0..<3000).map {
            [.number("\($0)"), .text("text \($0 % 7)")]
        }
        let workbook = TestWorkbook(rows)
        let entries = try workbook.parts.map { part in
            var entry = TestArchive.Entry(part.name, Array(part.text.utf8))
            entry.stored = try Zlib.deflated(entry.stored)
            entry.method = 8
            return entry
        }
        let deflated = try cells(of: TestArchive(entries).data)
        #expect(deflated.count == 6000)
        #expect(deflated == (try workbook.cells()))
    }
}

extension Data {
    /// The same workbook with a sheet that begins as UTF-16 does.
    fileprivate var withWideSheet: Data {
        DamageTests.archive {
            $0.entries[6] = .init($0.entries[6].name, [0xFF, 0xFE, 60, 0, 97, 0, 47, 0, 62, 0])
        }
    }
}

/// zlib's other half, which Aurora itself has no use for.
private enum Zlib {
    private typealias Compress =
        @convention(c) (
            UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt>, UnsafePointer<UInt8>, UInt,
            Int32
        ) -> Int32

    static func deflated(_ bytes: [UInt8]) throws -> [UInt8] {
        let library = dlopen("libz.so.1", RTLD_NOW) ?? dlopen("libz.1.dylib", RTLD_NOW)
        let symbol = try #require(dlsym(library, "compress2"))
        let compress = unsafeBitCast(symbol, to: Compress.self)
        var result = [UInt8](repeating: 0, count: bytes.count + bytes.count / 100 + 100)
        var count = UInt(result.count)
        try #require(compress(&result, &count, bytes, UInt(bytes.count), 6) == 0)
        // Without zlib's header of two bytes and its checksum of four.
        return Array(result[2..<(Int(count) - 4)])
    }
}
