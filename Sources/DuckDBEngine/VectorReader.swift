import CDuckDB
import Columns

/// Turns whole vectors of one result column into typed columns.
struct VectorReader {
    private let library: DuckDBLibrary
    private let name: String
    private let id: duckdb_type
    private let type: ColumnType
    /// The type in which DECIMAL and ENUM values lie in memory.
    private let storage: duckdb_type
    private let dictionary: [String]

    init(_ library: DuckDBLibrary, _ type: duckdb_logical_type?, name: String) {
        let api = library.api
        self.library = library
        self.name = name
        id = duckdb_type(UInt32(api.get_type_id(type)))
        self.type = DuckDBType(library, type).columnType
        switch id {
        case DUCKDB_TYPE_DECIMAL:
            storage = duckdb_type(UInt32(api.decimal_internal_type(type)))
            dictionary = []
        case DUCKDB_TYPE_ENUM:
            storage = duckdb_type(UInt32(api.enum_internal_type(type)))
            dictionary = (0..<idx_t(api.enum_dictionary_size(type))).map { index in
                let text = api.enum_dictionary_value(type, index)
                defer { api.free(text) }
                return text.map { String(cString: $0) } ?? ""
            }
        default:
            storage = id
            dictionary = []
        }
    }

    func read(_ vector: duckdb_vector?, rows: Int) -> Column {
        let present = presence(of: vector, rows: rows)
        guard id != DUCKDB_TYPE_SQLNULL, let data = library.api.vector_get_data(vector) else {
            let nothing = ColumnValues.texts([String](repeating: "", count: rows))
            return Column(name: name, type: .text, values: nothing, present: present)
        }
        let values = read(data, rows: rows, present: present)
        return Column(name: name, type: type, values: values, present: present)
    }

    /// One flag a row, nil where DuckDB says that no value is missing.
    private func presence(of vector: duckdb_vector?, rows: Int) -> [Bool]? {
        if id == DUCKDB_TYPE_SQLNULL { return [Bool](repeating: false, count: rows) }
        guard let mask = library.api.vector_get_validity(vector) else { return nil }
        let isWhole = (0..<(rows >> 6)).allSatisfy { mask[$0] == .max }
        if isWhole, rows & 63 == 0 || ~mask[rows >> 6] & ((1 << UInt64(rows & 63)) - 1) == 0 {
            return nil
        }
        let present = (0..<rows).map { mask[$0 >> 6] & (1 << UInt64($0 & 63)) != 0 }
        return present
    }

    private func read(
        _ data: UnsafeMutableRawPointer, rows: Int, present: [Bool]?
    ) -> ColumnValues {
        func values<Stored>(of stored: Stored.Type) -> UnsafeBufferPointer<Stored> {
            UnsafeBufferPointer(start: data.assumingMemoryBound(to: stored), count: rows)
        }
        func isPresent(_ row: Int) -> Bool { present?[row] ?? true }
        switch type {
        // Bytes behind a missing value may be anything, also no valid Bool.
        case .boolean: return .booleans(values(of: UInt8.self).map { $0 == 1 })
        case .integer:
            return .integers(integers(data, rows: rows))
        case .hugeInteger:
            return .hugeIntegers(integers(data, rows: rows))
        case .decimal:
            return .decimals(integers(data, rows: rows))
        case .double:
            return id == DUCKDB_TYPE_FLOAT
                ? .doubles(values(of: Float.self).map(Double.init))
                : .doubles(Array(values(of: Double.self)))
        case .date: return .days(Array(values(of: Int32.self)))
        case .time, .timestamp: return .microseconds(Array(values(of: Int64.self)))
        case .text where id == DUCKDB_TYPE_ENUM:
            let codes: [Int] = integers(data, rows: rows)
            return .texts(
                codes.enumerated().map { row, code in isPresent(row) ? dictionary[code] : "" })
        case .text:
            let strings = data.assumingMemoryBound(to: duckdb_string_t.self)
            return .texts((0..<rows).map { isPresent($0) ? Self.text(strings + $0) : "" })
        }
    }

    @inline(__always)
    private func integers<Result: FixedWidthInteger>(
        _ data: UnsafeMutableRawPointer, rows: Int
    ) -> [Result] {
        @inline(__always)
        func read<Stored: FixedWidthInteger>(_ stored: Stored.Type) -> [Result] {
            UnsafeBufferPointer(start: data.assumingMemoryBound(to: stored), count: rows)
                .map { Result(truncatingIfNeeded: $0) }
        }
        switch storage {
        case DUCKDB_TYPE_TINYINT: return read(Int8.self)
        case DUCKDB_TYPE_SMALLINT: return read(Int16.self)
        case DUCKDB_TYPE_INTEGER: return read(Int32.self)
        case DUCKDB_TYPE_BIGINT: return read(Int64.self)
        case DUCKDB_TYPE_UTINYINT: return read(UInt8.self)
        case DUCKDB_TYPE_USMALLINT: return read(UInt16.self)
        case DUCKDB_TYPE_UINTEGER: return read(UInt32.self)
        case DUCKDB_TYPE_UBIGINT: return read(UInt64.self)
        case DUCKDB_TYPE_HUGEINT: return read(Int128.self)
        default: preconditionFailure("DuckDB stores \(name) as type \(storage.rawValue)")
        }
    }

    private static func text(_ string: UnsafePointer<duckdb_string_t>) -> String {
        let length = Int(string.pointee.length)
        // Short strings stand right behind the length, in the row itself.
        let bytes =
            length <= 12
            ? UnsafeRawPointer(string) + MemoryLayout<UInt32>.size
            : UnsafeRawPointer(string.pointee.bytes)
        return String(
            decoding: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self)
    }
}
