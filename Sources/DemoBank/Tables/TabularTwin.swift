import Columns

/// A twin of several files, each a table whose rows are made one by one.
protocol TabularTwin: SyntheticTwin {
    /// How many rows the main table may have.
    var rowRange: ClosedRange<Int> { get }
    /// The main table's file first.
    func files(rows: Int, seed: UInt64) -> [TwinFile]
}

extension TabularTwin {
    package func write(
        rows: Int, seed: UInt64, to directory: String,
        progress: (_ rowsWritten: Int) throws(AuroraError) -> Void
    ) throws(AuroraError) -> WrittenTwin {
        guard rowRange.contains(rows) else {
            throw AuroraError(
                "rows_out_of_range",
                "rows is \(rows) but must be from \(rowRange.lowerBound) to \(rowRange.upperBound)")
        }
        let folder = TwinFolder(directory)
        let files = files(rows: rows, seed: seed)
        for file in files { try folder.refuseOriginal(file.path) }
        var pending: [PendingFile] = []
        for (index, file) in files.enumerated() {
            let output = try folder.open(file.path)
            try output.write(file.content) { written throws(AuroraError) in
                try progress(index == 0 ? max(1, min(written, rows)) : rows)
            }
            pending.append(output)
        }
        return try folder.publish(
            pending, counts: files.map(\.rows), twin: self, rows: rows, seed: seed)
    }
}
