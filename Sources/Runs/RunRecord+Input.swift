extension RunRecord {
    /// One source as it was read.
    package struct Input: Codable, Sendable {
        package var source: String
        /// What the source file names: a file, a pattern of files, a table.
        package var file: String
        package var files: [File]
        /// Rows that became rows of the staged table.
        package var rows: Int
        /// Rows that were set aside with a reason; with `rows` they are all that was read.
        package var quarantined: Int
        package var columns: [Column]
        /// What was found out about the form of the file, in words: "sheet 'Transactions'".
        package var facts: [String]
        package var contracts: [Contract]
        /// The hash of all that the rows depend on.
        package var fingerprint = ""

        package init(
            source: String, file: String, files: [File], rows: Int, quarantined: Int = 0,
            columns: [Column] = [], facts: [String] = [], contracts: [Contract] = []
        ) {
            self.source = source
            self.file = file
            self.files = files
            self.rows = rows
            self.quarantined = quarantined
            self.columns = columns
            self.facts = facts
            self.contracts = contracts
        }

        package var bytes: Int { files.reduce(0) { $0 + $1.bytes } }

        /// One hash for all files: of one file its own.
        package var sha256: String {
            files.count == 1
                ? files[0].sha256
                : ContentHash.of(files.map { "\($0.path)=\($0.sha256)\n" }.joined())
        }

        /// Made by `aurora generate`; pages say so.
        package var isSynthetic: Bool { files.contains(where: \.isSynthetic) }
    }

    package struct File: Codable, Sendable, Hashable {
        /// Relative to the data folder.
        package var path: String
        package var bytes: Int
        package var sha256: String
        package var isSynthetic: Bool

        package init(path: String, bytes: Int, sha256: String, isSynthetic: Bool) {
            self.path = path
            self.bytes = bytes
            self.sha256 = sha256
            self.isSynthetic = isSynthetic
        }
    }

    /// A column of a source and how its texts were read.
    package struct Column: Codable, Sendable, Hashable {
        package var name: String
        package var type: String
        /// In words: "dates written as day-month-year"; nil where there was nothing to read.
        package var reading: String?
        /// Values that are missing after reading.
        package var missing: Int

        package init(name: String, type: String, reading: String?, missing: Int) {
            self.name = name
            self.type = type
            self.reading = reading
            self.missing = missing
        }
    }

    /// One expectation of a source and whether it was met.
    package struct Contract: Codable, Sendable, Hashable {
        /// In words: "AGE is between 18 and 120".
        package var rule: String
        /// quarantine, warn or stop.
        package var onFail: String
        /// How many rows break it; for what is not about single rows 1 where it is broken.
        package var broken: Int

        package init(rule: String, onFail: String, broken: Int) {
            self.rule = rule
            self.onFail = onFail
            self.broken = broken
        }
    }
}
