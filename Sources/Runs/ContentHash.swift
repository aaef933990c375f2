package import Columns
import Crypto
package import Engine
package import Foundation
import Synchronization

/// SHA-256 of texts, files and tables, in hexadecimal.
package enum ContentHash {
    package static func of(_ text: String) -> String {
        hexadecimal(SHA256.hash(data: Data(text.utf8)))
    }

    package static func of(_ data: Data) -> String { hexadecimal(SHA256.hash(data: data)) }

    /// Reads the file once, a megabyte at a time.
    package static func ofFile(_ url: URL) throws(AuroraError) -> String {
        var hash = SHA256()
        do {
            let handle = try FileHandle(forReadingFrom: url)
            defer { try? handle.close() }
            while let data = try handle.read(upToCount: 1 << 20), !data.isEmpty {
                hash.update(data: data)
            }
        } catch {
            throw AuroraError(
                "file_unreadable", "\(url.path) can't be read", cause: error.localizedDescription)
        }
        return hexadecimal(hash.finalize())
    }

    /// The hash of a table's canonical form: its columns' names and types, then the values of each
    /// column in the order of the query, typed, with missing values marked.
    ///
    /// - Parameter sql: a query with a complete ORDER BY.
    package static func ofTable(
        _ sql: String, in engine: any Engine
    ) async throws(AuroraError) -> String {
        let schema = try await engine.schema(of: sql)
        let hashes = Mutex(schema.fields.map { _ in SHA256() })
        try await engine.stream(sql) { batch throws(AuroraError) in
            hashes.withLock { hashes in
                for (index, column) in batch.columns.enumerated() {
                    hashes[index].update(canonical: column)
                }
            }
        }
        let columns = zip(schema.fields, hashes.withLock { $0 }).map { field, hash in
            "\(JSON.string(field.name).text()) \(field.type) \(hexadecimal(hash.finalize()))\n"
        }
        return of(columns.joined())
    }

    private static func hexadecimal(_ digest: SHA256.Digest) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self)
    }
}

extension SHA256 {
    /// Independent of how the rows are cut into batches: presence and value stand row by row.
    fileprivate mutating func update(canonical column: Column) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(column.count * 10)
        func isPresent(_ row: Int) -> Bool { column.present?[row] ?? true }
        func add<Number>(_ values: [Number]) {
            for row in values.indices {
                bytes.append(isPresent(row) ? 1 : 0)
                if isPresent(row) { Swift.withUnsafeBytes(of: values[row]) { bytes += $0 } }
            }
        }
        switch column.values {
        case .booleans(let values): add(values.map { $0 ? UInt8(1) : 0 })
        case .integers(let values): add(values.map(\.littleEndian))
        case .hugeIntegers(let values), .decimals(let values): add(values.map(\.littleEndian))
        case .doubles(let values): add(values.map(\.bitPattern.littleEndian))
        case .days(let values): add(values.map(\.littleEndian))
        case .microseconds(let values): add(values.map(\.littleEndian))
        case .texts(let values):
            for row in values.indices {
                bytes.append(isPresent(row) ? 1 : 0)
                guard isPresent(row) else { continue }
                let text = values[row].utf8
                Swift.withUnsafeBytes(of: UInt64(text.count).littleEndian) { bytes += $0 }
                bytes += text
            }
        }
        update(data: bytes)
    }
}
