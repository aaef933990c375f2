// The part of DuckDB's C API that Aurora uses, declared by ourselves and resolved at run time.
//
// The library is found on the user's machine (see DuckDBLibrary.swift), so nothing links to it:
// `cduckdb_load` opens it and fills one table of function pointers.

#ifndef CDUCKDB_H
#define CDUCKDB_H

#include <stdbool.h>
#include <stdint.h>

typedef uint64_t idx_t;

typedef struct duckdb_database_ *duckdb_database;
typedef struct duckdb_connection_ *duckdb_connection;
typedef struct duckdb_config_ *duckdb_config;
typedef struct duckdb_prepared_statement_ *duckdb_prepared_statement;
typedef struct duckdb_appender_ *duckdb_appender;
typedef struct duckdb_data_chunk_ *duckdb_data_chunk;
typedef struct duckdb_vector_ *duckdb_vector;
typedef struct duckdb_logical_type_ *duckdb_logical_type;

typedef struct {
    idx_t deprecated_column_count;
    idx_t deprecated_row_count;
    idx_t deprecated_rows_changed;
    void *deprecated_columns;
    char *deprecated_error_message;
    void *internal_data;
} duckdb_result;

typedef struct {
    double percentage;
    uint64_t rows_processed;
    uint64_t total_rows_to_process;
} duckdb_query_progress_type;

/// A string of a vector: up to 12 bytes stand behind the length, longer ones behind the pointer.
typedef struct {
    uint32_t length;
    char prefix[4];
    char *bytes;
} duckdb_string_t;

typedef enum {
    DUCKDB_TYPE_BOOLEAN = 1,
    DUCKDB_TYPE_TINYINT = 2,
    DUCKDB_TYPE_SMALLINT = 3,
    DUCKDB_TYPE_INTEGER = 4,
    DUCKDB_TYPE_BIGINT = 5,
    DUCKDB_TYPE_UTINYINT = 6,
    DUCKDB_TYPE_USMALLINT = 7,
    DUCKDB_TYPE_UINTEGER = 8,
    DUCKDB_TYPE_UBIGINT = 9,
    DUCKDB_TYPE_FLOAT = 10,
    DUCKDB_TYPE_DOUBLE = 11,
    DUCKDB_TYPE_TIMESTAMP = 12,
    DUCKDB_TYPE_DATE = 13,
    DUCKDB_TYPE_TIME = 14,
    DUCKDB_TYPE_HUGEINT = 16,
    DUCKDB_TYPE_VARCHAR = 17,
    DUCKDB_TYPE_DECIMAL = 19,
    DUCKDB_TYPE_TIMESTAMP_S = 20,
    DUCKDB_TYPE_TIMESTAMP_MS = 21,
    DUCKDB_TYPE_ENUM = 23,
    DUCKDB_TYPE_LIST = 24,
    DUCKDB_TYPE_STRUCT = 25,
    DUCKDB_TYPE_MAP = 26,
    DUCKDB_TYPE_UNION = 28,
    DUCKDB_TYPE_TIMESTAMP_TZ = 31,
    DUCKDB_TYPE_ARRAY = 33,
    DUCKDB_TYPE_SQLNULL = 36,
} duckdb_type;

/// Every function that Aurora calls: result type, name, parameters.
#define CDUCKDB_FUNCTIONS(F)                                                                       \
    F(const char *, library_version, (void))                                                       \
    F(int, create_config, (duckdb_config *))                                                       \
    F(int, set_config, (duckdb_config, const char *, const char *))                                \
    F(void, destroy_config, (duckdb_config *))                                                     \
    F(int, open_ext, (const char *, duckdb_database *, duckdb_config, char **))                    \
    F(void, close, (duckdb_database *))                                                            \
    F(int, connect, (duckdb_database, duckdb_connection *))                                        \
    F(void, disconnect, (duckdb_connection *))                                                     \
    F(void, interrupt, (duckdb_connection))                                                        \
    F(duckdb_query_progress_type, query_progress, (duckdb_connection))                             \
    F(void, free, (void *))                                                                        \
    F(int, query, (duckdb_connection, const char *, duckdb_result *))                              \
    F(void, destroy_result, (duckdb_result *))                                                     \
    F(const char *, result_error, (duckdb_result *))                                               \
    F(int, result_error_type, (duckdb_result *))                                                   \
    F(idx_t, column_count, (duckdb_result *))                                                      \
    F(const char *, column_name, (duckdb_result *, idx_t))                                         \
    F(duckdb_logical_type, column_logical_type, (duckdb_result *, idx_t))                          \
    F(duckdb_data_chunk, fetch_chunk, (duckdb_result))                                             \
    F(int, prepare, (duckdb_connection, const char *, duckdb_prepared_statement *))                \
    F(const char *, prepare_error, (duckdb_prepared_statement))                                    \
    F(void, destroy_prepare, (duckdb_prepared_statement *))                                        \
    F(idx_t, prepared_statement_column_count, (duckdb_prepared_statement))                         \
    F(const char *, prepared_statement_column_name, (duckdb_prepared_statement, idx_t))            \
    F(duckdb_logical_type, prepared_statement_column_logical_type,                                 \
      (duckdb_prepared_statement, idx_t))                                                          \
    F(int, execute_prepared_streaming, (duckdb_prepared_statement, duckdb_result *))               \
    F(int, get_type_id, (duckdb_logical_type))                                                     \
    F(uint8_t, decimal_width, (duckdb_logical_type))                                               \
    F(uint8_t, decimal_scale, (duckdb_logical_type))                                               \
    F(int, decimal_internal_type, (duckdb_logical_type))                                           \
    F(int, enum_internal_type, (duckdb_logical_type))                                              \
    F(uint32_t, enum_dictionary_size, (duckdb_logical_type))                                       \
    F(char *, enum_dictionary_value, (duckdb_logical_type, idx_t))                                 \
    F(duckdb_logical_type, create_logical_type, (int))                                             \
    F(void, destroy_logical_type, (duckdb_logical_type *))                                         \
    F(duckdb_data_chunk, create_data_chunk, (duckdb_logical_type *, idx_t))                        \
    F(void, destroy_data_chunk, (duckdb_data_chunk *))                                             \
    F(void, data_chunk_reset, (duckdb_data_chunk))                                                 \
    F(idx_t, data_chunk_get_size, (duckdb_data_chunk))                                             \
    F(void, data_chunk_set_size, (duckdb_data_chunk, idx_t))                                       \
    F(duckdb_vector, data_chunk_get_vector, (duckdb_data_chunk, idx_t))                            \
    F(void *, vector_get_data, (duckdb_vector))                                                    \
    F(uint64_t *, vector_get_validity, (duckdb_vector))                                            \
    F(void, vector_ensure_validity_writable, (duckdb_vector))                                      \
    F(void, vector_assign_string_element_len,                                                      \
        (duckdb_vector, idx_t, const char *, idx_t))                                               \
    F(idx_t, vector_size, (void))                                                                  \
    F(int, appender_create, (duckdb_connection, const char *, const char *, duckdb_appender *))    \
    F(const char *, appender_error, (duckdb_appender))                                             \
    F(int, append_data_chunk, (duckdb_appender, duckdb_data_chunk))                                \
    F(int, appender_destroy, (duckdb_appender *))

typedef struct {
#define CDUCKDB_FIELD(result, name, parameters) result(*name) parameters;
    CDUCKDB_FUNCTIONS(CDUCKDB_FIELD)
#undef CDUCKDB_FIELD
} cduckdb_api;

/// Opens the shared library at `path` and fills `api`.
///
/// Returns NULL, or the reason why it could not be done: text that the caller passes to `free`.
char *cduckdb_load(const char *path, cduckdb_api *api);

/// Opens a library that another one needs, with its symbols visible to all. Returns false if it can't.
bool cduckdb_preload(const char *path);

#endif
