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
        func isPresent(_ row: Int) -> Bool { column.present?[row] ?? true }
        func add<Number: FixedWidthInteger>(_ values: [Number]) {
            let size = MemoryLayout<Number>.size
            let most = values.count * (size + 1)
            let bytes = [UInt8](unsafeUninitializedCapacity: most) { bytes, place in
                let memory = UnsafeMutableRawBufferPointer(bytes)
                for row in values.indices {
                    let isPresent = isPresent(row)
                    memory[place] = isPresent ? 1 : 0
                    place += 1
                    guard isPresent else { continue }
                    memory.storeBytes(
                        of: values[row].littleEndian, toByteOffset: place, as: Number.self)
                    place += size
                }
            }
            update(data: bytes)
        }
        switch column.values {
        case .booleans(let values): add(values.map { $0 ? UInt8(1) : 0 })
        case .integers(let values): add(values)
        case .hugeIntegers(let values), .decimals(let values): add(values)
        case .doubles(let values): add(values.map(\.bitPattern))
        case .days(let values): add(values)
        case .microseconds(let values): add(values)
        case .texts(let values):
            var bytes: [UInt8] = []
            bytes.reserveCapacity(column.count * 20)
            for row in values.indices {
                bytes.append(isPresent(row) ? 1 : 0)
                guard isPresent(row) else { continue }
                let text = values[row].utf8
                Swift.withUnsafeBytes(of: UInt64(text.count).littleEndian) { bytes += $0 }
                bytes += text
            }
            update(data: bytes)
        }
    }
}
