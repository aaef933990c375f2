package import Foundation
import Spreadsheets

/// What a workbook says of itself before it is read.
package enum SentWorkbook {
    /// The names of the sheets that readers of the workbook see; none where it is no workbook.
    package static func sheets(of file: URL) -> [String] {
        guard let workbook = try? Workbook(file) else { return [] }
        return workbook.sheets.filter { $0.hasCells && !$0.isHidden }.map(\.name)
    }

    /// How many bytes its parts state to unpack to, which reading them never exceeds; 0 where it is no
    /// workbook.
    package static func unpackedBytes(of file: URL) -> Int {
        (try? Workbook.unpackedBytes(of: file)) ?? 0
    }
}
