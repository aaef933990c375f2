import Columns
import Foundation
import Spreadsheets
import TestProjects
import Testing

/// A file in a temporary folder, which goes with the last reference to it.
final class TemporaryFile: Sendable {
    let url: URL

    init(_ data: Data) throws {
        url = FileManager.default.temporaryDirectory
            .appending(path: "aurora-test-\(UUID().uuidString).xlsx")
        try data.write(to: url)
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}

extension Workbook {
    /// The cells of a sheet, each as reference, kind and text.
    func cells(ofSheet index: Int = 0) throws -> [String] {
        var found: [String] = []
        _ = try read(sheets[index]) { (row) throws(AuroraError) in
            for cell in row.cells {
                let reference = CellRange.letters(cell.column) + String(row.number)
                found.append("\(reference) \(cell.kind) \(row.text(of: cell))")
            }
        }
        return found
    }
}

extension TestWorkbook {
    func cells() throws -> [String] { try SpreadsheetsTests.cells(of: data) }

    func overview(_ request: Workbook.Request = .init()) throws -> [SheetOverview] {
        let file = try TemporaryFile(data)
        return try Workbook(file.url).overview(request)
    }
}

func cells(of data: Data) throws -> [String] {
    let file = try TemporaryFile(data)
    return try Workbook(file.url).cells()
}

/// The error that reading everything in a file ends with.
func failure(of data: Data) throws -> AuroraError? {
    let file = try TemporaryFile(data)
    do throws(AuroraError) {
        let workbook = try Workbook(file.url)
        _ = try workbook.overview()
        return nil
    } catch {
        return error
    }
}

/// A real workbook beside the repository.
enum RealWorkbook {
    private static let folder = TestProject.home.deletingLastPathComponent()
        .appending(path: "shared/data", directoryHint: .isDirectory)

    static func url(_ path: String) -> URL { folder.appending(path: path) }

    static let kpmg = "kpmg/KPMG_VI_New_raw_data_update_final.xlsx"
    static let users = "aurora/users_data.xlsx"
    static let cards = "aurora/cards_data.xlsx"
    static let categories = "aurora/mcc_codes.xlsx"

    static let areThere = [kpmg, users, cards, categories].allSatisfy {
        FileManager.default.fileExists(atPath: url($0).path)
    }

    static let reason: Comment =
        "the workbooks of the reference projects, ../shared/data, are not here"
}
