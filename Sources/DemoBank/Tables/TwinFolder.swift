import Columns

/// The folder that a twin's files go to.
struct TwinFolder: Sendable {
    private let path: String

    init(_ path: String) { self.path = path.hasSuffix("/") ? path : path + "/" }

    /// - Throws: `not_synthetic` where a file would be replaced that has no label, and so is probably
    ///   the original.
    func refuseOriginal(_ name: String) throws(AuroraError) {
        let file = path + name
        if OutputFile.exists(file), !OutputFile.exists(Self.label(of: file)) {
            throw AuroraError(
                "not_synthetic",
                "won't replace '\(file)': no label beside it says that it is synthetic",
                hint: "name another folder with --output, or move the file away")
        }
    }

    /// - Throws: `cannot_write`.
    func open(_ name: String) throws(AuroraError) -> PendingFile {
        let file = path + name
        try OutputFile.makeDirectory(
            file.split(separator: "/", omittingEmptySubsequences: false)
                .dropLast().joined(separator: "/"))
        return try PendingFile(file)
    }

    /// Gives all files their names. The labels come first: no synthetic data ever lies there
    /// unlabelled.
    /// - Parameters:
    ///   - files: complete, the main one first.
    ///   - counts: the rows of each.
    /// - Throws: `cannot_write`.
    func publish(
        _ files: [PendingFile], counts: [Int], twin: some SyntheticTwin, rows: Int, seed: UInt64
    ) throws(AuroraError) -> WrittenTwin {
        guard let main = files.first else { preconditionFailure("a twin has a file") }
        var labels: [PendingFile] = []
        for (file, count) in zip(files, counts) {
            let label = try PendingFile(Self.label(of: file.path))
            let text = JSON.object([
                "generator": .string("aurora generate --like \(twin.name)"),
                "seed": .number(String(seed)), "rows": JSON(count), "sha256": .string(file.sha256),
            ]).text(indented: true)
            try label.write(text: text + "\n")
            labels.append(label)
        }
        let truth = try PendingFile(Self.stem(of: main.path) + ".truth.csv")
        var text = "figure,value\r\n"
        for figure in twin.planted {
            var line = CSVBytes(capacity: 80)
            line.append(field: figure.name)
            line.appendComma()
            line.append(millionths: Int64((figure.value * 1_000_000).rounded()))
            line.appendLineEnd()
            text += String(decoding: line.bytes, as: UTF8.self)
        }
        try truth.write(text: text)
        for label in labels { try label.publish() }
        try truth.publish()
        for file in files { try file.publish() }
        return WrittenTwin(
            path: main.path, truthPath: truth.path, labelPath: labels[0].path,
            otherPaths: files.dropFirst().map(\.path), rows: rows, bytes: main.byteCount,
            sha256: main.sha256)
    }

    private static func label(of path: String) -> String { path + ".synthetic.json" }

    private static func stem(of path: String) -> String {
        guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return path }
        return String(path[..<dot])
    }
}
