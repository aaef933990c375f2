package import Columns

/// A generator of files that look like well-known ones and hold none of their rows.
///
/// A twin has the original's columns, formats, flaws and group structure, so that a project written
/// for the original runs on it unchanged. Every value is drawn from a parametric distribution; the
/// same seed gives the same bytes, on every platform.
package protocol SyntheticTwin: Sendable {
    /// What `aurora generate --like` calls it.
    var name: String { get }
    /// The original's file name, which the twin takes too; of several the main table's, with its folder.
    var fileName: String { get }
    /// One line for the command's help.
    var summary: String { get }
    /// The number of rows of the original.
    var defaultRows: Int { get }
    /// Figures that follow from the parameters, which the truth file of a twin of several files
    /// states.
    var planted: [PlantedFigure] { get }

    /// Writes the twin's files, each with its label, and its truth file into a folder, which is made
    /// where missing.
    ///
    /// Rows are streamed: no more than a few bytes are kept of each. The files appear under their
    /// names only when all are complete.
    /// - Parameters:
    ///   - rows: how many customers, at least 1.
    ///   - seed: equal seeds give equal bytes.
    ///   - directory: path of the folder.
    ///   - progress: told the number of rows written so far, several times a second; it may throw
    ///     `AuroraError.interrupted`, after which nothing is left behind.
    /// - Throws: `rows_out_of_range` or `cannot_write`.
    /// - Complexity: O(rows) time.
    func write(
        rows: Int, seed: UInt64, to directory: String,
        progress: (_ rowsWritten: Int) throws(AuroraError) -> Void
    ) throws(AuroraError) -> WrittenTwin
}

extension SyntheticTwin {
    package var planted: [PlantedFigure] { [] }

    package func write(
        rows: Int, seed: UInt64, to directory: String
    ) throws(AuroraError) -> WrittenTwin {
        try write(rows: rows, seed: seed, to: directory) { _ in }
    }
}

/// The files that a twin consists of.
package struct WrittenTwin: Sendable, Equatable {
    /// The twin itself, or the file of its main table.
    package var path: String
    /// `NAME.truth.csv`: each customer's planted group, or the figures that the parameters say.
    package var truthPath: String
    /// `NAME.csv.synthetic.json`: generator, seed, rows and sha256; the mark of synthetic data. Each
    /// file has one beside it.
    package var labelPath: String
    /// The other files of the twin.
    package var otherPaths: [String] = []
    /// Of the main table.
    package var rows: Int
    package var bytes: Int
    /// Of the twin's bytes, in lower-case hexadecimal digits.
    package var sha256: String
}

/// The registry of twins: a new one is a folder and a line here.
package enum Twins {
    package static let all: [any SyntheticTwin] = [
        CreditCardTwin(), BankingTwin(), MassAffluentTwin(), FinancialServicesTwin(),
        AuroraTwin(),
    ]

    /// - Throws: `unknown_twin`, with the nearest name.
    package static func named(_ name: String) throws(AuroraError) -> any SyntheticTwin {
        if let twin = all.first(where: { $0.name == name }) { return twin }
        throw AuroraError(
            "unknown_twin", "there is no synthetic twin called '\(name)'",
            hint: NearestName.hint(for: name, among: all.map(\.name)))
    }
}
