import CDuckDB
import Columns

/// A DuckDB type and how Aurora reads it.
struct DuckDBType {
    let columnType: ColumnType
    /// What the column is cast to in SQL before it is read; nil where its vectors are read as they are.
    let castToRead: String?
    /// False where the column must be cast to be of Aurora's type in tables, too.
    let isExact: Bool
    /// True for lists, structs and maps, whose plain text would not tell where an element ends.
    let isNested: Bool

    init(_ library: DuckDBLibrary, _ type: duckdb_logical_type?) {
        let id = duckdb_type(UInt32(library.api.get_type_id(type)))
        isExact = Self.exact.contains(id)
        isNested = Self.nested.contains(id)
        func direct(_ type: ColumnType) -> (ColumnType, String?) { (type, nil) }
        (columnType, castToRead) =
            switch id {
            case DUCKDB_TYPE_BOOLEAN: direct(.boolean)
            case DUCKDB_TYPE_TINYINT, DUCKDB_TYPE_SMALLINT, DUCKDB_TYPE_INTEGER,
                DUCKDB_TYPE_BIGINT, DUCKDB_TYPE_UTINYINT, DUCKDB_TYPE_USMALLINT,
                DUCKDB_TYPE_UINTEGER:
                direct(.integer)
            case DUCKDB_TYPE_UBIGINT, DUCKDB_TYPE_HUGEINT: direct(.hugeInteger)
            case DUCKDB_TYPE_DECIMAL:
                direct(
                    .decimal(
                        precision: Int(library.api.decimal_width(type)),
                        scale: Int(library.api.decimal_scale(type))))
            case DUCKDB_TYPE_FLOAT, DUCKDB_TYPE_DOUBLE: direct(.double)
            case DUCKDB_TYPE_VARCHAR, DUCKDB_TYPE_ENUM, DUCKDB_TYPE_SQLNULL: direct(.text)
            case DUCKDB_TYPE_DATE: direct(.date)
            case DUCKDB_TYPE_TIME: direct(.time)
            case DUCKDB_TYPE_TIMESTAMP: direct(.timestamp(zoned: false))
            case DUCKDB_TYPE_TIMESTAMP_TZ: direct(.timestamp(zoned: true))
            case DUCKDB_TYPE_TIMESTAMP_S, DUCKDB_TYPE_TIMESTAMP_MS:
                (.timestamp(zoned: false), "TIMESTAMP")
            default: (.text, "VARCHAR")
            }
    }

    private static let exact: [duckdb_type] = [
        DUCKDB_TYPE_BOOLEAN, DUCKDB_TYPE_BIGINT, DUCKDB_TYPE_HUGEINT, DUCKDB_TYPE_DECIMAL,
        DUCKDB_TYPE_DOUBLE, DUCKDB_TYPE_VARCHAR, DUCKDB_TYPE_DATE, DUCKDB_TYPE_TIME,
        DUCKDB_TYPE_TIMESTAMP, DUCKDB_TYPE_TIMESTAMP_TZ,
    ]

    private static let nested: [duckdb_type] = [
        DUCKDB_TYPE_LIST, DUCKDB_TYPE_STRUCT, DUCKDB_TYPE_MAP, DUCKDB_TYPE_ARRAY,
        DUCKDB_TYPE_UNION,
    ]
}
