import CDuckDB
import Columns

/// Adds rows to a table through whole vectors.
struct Appender {
    private let library: DuckDBLibrary
    private let handle: duckdb_appender
    private let table: String

    init(
        _ library: DuckDBLibrary, _ connection: duckdb_connection, table: String
    ) throws(AuroraError) {
        self.library = library
        self.table = table
        var handle: duckdb_appender?
        guard library.api.appender_create(connection, nil, table, &handle) == 0, let handle else {
            let message = handle.flatMap { library.api.appender_error($0) }
                .map { String(cString: $0) }
            _ = library.api.appender_destroy(&handle)
            throw library.error(message: message, in: table)
        }
        self.handle = handle
    }

    /// Appends whole numbers, doubles and texts, which is all that Aurora makes outside the engine.
    func append(_ batch: Batch) throws(AuroraError) {
        let api = library.api
        var handle: duckdb_appender? = handle
        var types: [duckdb_logical_type?] = batch.columns.map {
            api.create_logical_type(Int32(Self.type(of: $0).rawValue))
        }
        var chunk = api.create_data_chunk(&types, idx_t(types.count))
        defer {
            api.destroy_data_chunk(&chunk)
            for index in types.indices { api.destroy_logical_type(&types[index]) }
        }
        let capacity = Int(api.vector_size())
        var failure: AuroraError?
        for start in stride(from: 0, to: batch.rowCount, by: capacity) where failure == nil {
            let rows = start..<min(start + capacity, batch.rowCount)
            api.data_chunk_reset(chunk)
            for (index, column) in batch.columns.enumerated() {
                copy(column, rows, to: api.data_chunk_get_vector(chunk, idx_t(index)))
            }
            api.data_chunk_set_size(chunk, idx_t(rows.count))
            if api.append_data_chunk(handle, chunk) != 0 { failure = error(handle) }
        }
        // Destroying the appender writes what it still holds, and tells if it can't.
        if api.appender_destroy(&handle) != 0, failure == nil {
            failure = AuroraError("engine_failed", "rows could not be written to \(table)")
        }
        if let failure { throw failure }
    }

    private func copy(_ column: Column, _ rows: Range<Int>, to vector: duckdb_vector?) {
        guard let data = library.api.vector_get_data(vector) else { return }
        switch column.values {
        case .integers(let values): Self.copy(values[rows], to: data)
        case .doubles(let values): Self.copy(values[rows], to: data)
        case .texts(let values):
            for (position, row) in rows.enumerated() {
                var text = values[row]
                text.withUTF8 { bytes in
                    bytes.withMemoryRebound(to: CChar.self) { characters in
                        library.api.vector_assign_string_element_len(
                            vector, idx_t(position), characters.baseAddress, idx_t(bytes.count))
                    }
                }
            }
        default: preconditionFailure("\(column.type) is not appended")
        }
        guard let present = column.present, present[rows].contains(false) else { return }
        library.api.vector_ensure_validity_writable(vector)
        guard let mask = library.api.vector_get_validity(vector) else { return }
        for (position, row) in rows.enumerated() where !present[row] {
            mask[position >> 6] &= ~(1 << UInt64(position & 63))
        }
    }

    private func error(_ handle: duckdb_appender?) -> AuroraError {
        library.error(
            message: library.api.appender_error(handle).map { String(cString: $0) }, in: table)
    }

    private static func type(of column: Column) -> duckdb_type {
        switch column.values {
        case .integers: DUCKDB_TYPE_BIGINT
        case .texts: DUCKDB_TYPE_VARCHAR
        default: DUCKDB_TYPE_DOUBLE
        }
    }

    private static func copy<Number>(_ values: ArraySlice<Number>, to data: UnsafeMutableRawPointer)
    {
        values.withUnsafeBytes { source in
            if let base = source.baseAddress {
                data.copyMemory(from: base, byteCount: source.count)
            }
        }
    }
}
