import Columns

/// A file of a twin while it is written; without `publish` nothing of it stays.
final class PendingFile {
    private static let chunk = 1 << 18

    private var output: OutputFile
    let path: String

    /// - Throws: `cannot_write`.
    init(_ path: String) throws(AuroraError) {
        self.path = path
        output = try OutputFile(path: path)
    }

    var byteCount: Int { output.byteCount }
    var sha256: String { output.sha256 }

    func write(text: String) throws(AuroraError) { try output.write(Array(text.utf8)) }

    func publish() throws(AuroraError) { try output.publish() }

    /// Makes and writes all rows.
    /// - Parameter progress: told the number of rows so far, now and then.
    func write(
        _ content: TwinFile.Content, progress: (_ rows: Int) throws(AuroraError) -> Void
    ) throws(AuroraError) {
        switch content {
        case .csv(let table): try write(table, progress)
        case .workbook(let sheets):
            let workbook = WorkbookBytes(sheets)
            try workbook.write(progress: progress) { bytes throws(AuroraError) in
                try output.write(bytes)
            }
        }
    }

    private func write(
        _ table: TwinTable, _ progress: (_ rows: Int) throws(AuroraError) -> Void
    ) throws(AuroraError) {
        var csv = CSVBytes(capacity: Self.chunk + 4096)
        if table.hasByteOrderMark { csv.append("\u{FEFF}") }
        csv.append(text: table.header)
        csv.append(table.lineEnd)
        for row in 0..<table.rows {
            table.append(row, &csv)
            csv.append(table.lineEnd)
            if csv.bytes.count >= Self.chunk {
                try output.write(csv.bytes)
                csv.removeAll()
                try progress(row + 1)
            }
        }
        try output.write(csv.bytes)
    }
}
