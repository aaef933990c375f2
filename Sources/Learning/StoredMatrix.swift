import Columns

/// How a fitted model writes a matrix: a list of rows, every number with all its digits.
struct StoredMatrix: Codable {
    var rows: [[Double]]

    init(_ matrix: Matrix) { rows = (0..<matrix.rows).map { matrix.row($0) } }

    /// - Throws: `DecodingError` when the rows aren't of the expected shape.
    func matrix(
        rows count: Int, columns: Int, for key: some CodingKey, path: [any CodingKey]
    ) throws -> Matrix {
        guard rows.count == count, rows.allSatisfy({ $0.count == columns }) else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: path + [key],
                    debugDescription: "expected \(count) rows of \(columns) numbers"))
        }
        return Matrix(rows: count, columns: columns, storage: rows.flatMap { $0 })
    }
}

/// How a fitted model writes what is to be known about its fit.
struct StoredNotice: Codable {
    var code: String
    var message: String

    init(_ notice: Notice) { (code, message) = (notice.code, notice.message) }

    var notice: Notice { Notice(code, message) }
}
