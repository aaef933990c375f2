import Columns

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Row-major float64 without a header, of which the first rows are taken.
enum DataFile {
    static func read(_ path: String, rows: Int, columns: Int) -> Matrix? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        let count = rows * columns
        let values = [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = fread(buffer.baseAddress, 8, count, file)
        }
        guard values.count == count else { return nil }
        return Matrix(rows: rows, columns: columns, storage: values)
    }
}
