import Columns

/// One CSV file of the bank while it is written, with its label.
final class BankFile {
    private static let chunk = 1 << 18

    let name: String
    private var file: OutputFile
    private var label: OutputFile?
    private var bytes = CSVBytes(capacity: chunk + 4096)
    /// Without the header.
    private(set) var rows = 0

    /// - Parameter isLabelled: whether a label beside the file says that it is synthetic; what has
    ///   none can't be read by a project.
    /// - Throws: `cannot_write`; `not_synthetic` where a file would be replaced that has no label.
    init(
        _ name: String, header: StaticString, in directory: String, isLabelled: Bool = true
    ) throws(AuroraError) {
        let path = (directory.hasSuffix("/") ? directory : directory + "/") + name
        let labelPath = path + ".synthetic.json"
        if isLabelled, OutputFile.exists(path), !OutputFile.exists(labelPath) {
            throw AuroraError(
                "not_synthetic",
                "won't replace '\(path)': no label beside it says that it is synthetic",
                hint: "name another folder with --output, or move the file away")
        }
        self.name = name
        file = try OutputFile(path: path)
        label = nil
        if isLabelled { label = try OutputFile(path: labelPath) }
        bytes.append(header)
        bytes.appendLineEnd()
    }

    /// Lets `write` append the values of one row.
    func appendRow(_ write: (inout CSVBytes) -> Void) throws(AuroraError) {
        write(&bytes)
        bytes.appendLineEnd()
        rows += 1
        if bytes.bytes.count >= Self.chunk { try flush() }
    }

    private func flush() throws(AuroraError) {
        try file.write(bytes.bytes)
        bytes.removeAll()
    }

    /// Hands over the last rows, and tells what was written.
    func finish() throws(AuroraError) -> WrittenBank.File {
        try flush()
        return WrittenBank.File(
            name: name, rows: rows, bytes: file.byteCount, sha256: file.sha256)
    }

    /// Gives the finished file its name, after its label.
    func publish(_ written: WrittenBank.File, of bank: SyntheticBank) throws(AuroraError) {
        if label != nil {
            let text = JSON.object([
                "generator": .string("aurora generate"),
                "customers": JSON(bank.customers), "months": JSON(bank.months),
                "seed": .number(String(bank.seed)), "rows": JSON(written.rows),
                "sha256": .string(written.sha256),
            ]).text(indented: true)
            try label?.write(Array((text + "\n").utf8))
            try label?.publish()
        }
        try file.publish()
    }
}
