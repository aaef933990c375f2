import Columns

/// The three files of a twin while they are written.
struct TwinFiles: ~Copyable {
    private static let chunk = 1 << 18

    private var data: OutputFile
    private var truth: OutputFile
    private var label: OutputFile
    private let twin: String
    private var rows = 0
    private var dataBytes = CSVBytes(capacity: chunk + 4096)
    private var truthBytes = CSVBytes(capacity: chunk / 2)

    /// - Throws: `cannot_write`; `not_synthetic` where a file would be replaced that has no label, and
    ///   so is probably the original.
    init(
        of twin: some SyntheticTwin, header: StaticString, in directory: String
    ) throws(AuroraError) {
        try OutputFile.makeDirectory(directory)
        let path = (directory.hasSuffix("/") ? directory : directory + "/") + twin.fileName
        let stem = path.hasSuffix(".csv") ? String(path.dropLast(4)) : path
        let labelPath = path + ".synthetic.json"
        if OutputFile.exists(path), !OutputFile.exists(labelPath) {
            throw AuroraError(
                "not_synthetic",
                "won't replace '\(path)': no label beside it says that it is synthetic",
                hint: "name another folder with --output, or move the file away")
        }
        let data = try OutputFile(path: path)
        let truth = try OutputFile(path: stem + ".truth.csv")
        let label = try OutputFile(path: labelPath)
        self.data = data
        self.truth = truth
        self.label = label
        self.twin = twin.name
        dataBytes.append(header)
        dataBytes.appendLineEnd()
        truthBytes.append("CUST_ID,group")
        truthBytes.appendLineEnd()
    }

    /// Lets `write` append one row to the twin and one to its truth file.
    /// - Returns: the number of rows so far when they were just handed to the system, else nil.
    mutating func appendRow(
        _ write: (_ data: inout CSVBytes, _ truth: inout CSVBytes) -> Void
    ) throws(AuroraError) -> Int? {
        write(&dataBytes, &truthBytes)
        rows += 1
        guard dataBytes.bytes.count >= Self.chunk else { return nil }
        try flush()
        return rows
    }

    /// Completes the files. The label comes first: no synthetic data ever lies there unlabelled.
    consuming func publish(seed: UInt64) throws(AuroraError) -> WrittenTwin {
        try flush()
        let sha256 = data.sha256
        let text = JSON.object([
            "generator": .string("aurora generate --like \(twin)"),
            "seed": .number(String(seed)), "rows": JSON(rows), "sha256": .string(sha256),
        ]).text(indented: true)
        try label.write(Array((text + "\n").utf8))
        try label.publish()
        try truth.publish()
        try data.publish()
        return WrittenTwin(
            path: data.path, truthPath: truth.path, labelPath: label.path, rows: rows,
            bytes: data.byteCount, sha256: sha256)
    }

    private mutating func flush() throws(AuroraError) {
        try data.write(dataBytes.bytes)
        try truth.write(truthBytes.bytes)
        dataBytes.removeAll()
        truthBytes.removeAll()
    }
}
