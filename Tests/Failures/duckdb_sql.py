#!/usr/bin/env python3
"""Runs SQL in the DuckDB that Aurora uses, without Aurora.

    python3 Tests/Failures/duckdb_sql.py DATABASE SQL

DATABASE may be ":memory:". AURORA_DUCKDB names another library than .deps/duckdb/libduckdb.so.
"""

import ctypes
import os
import sys
from pathlib import Path

LIBRARY = Path(__file__).resolve().parents[2] / ".deps/duckdb/libduckdb.so"


def run(database, sql):
    library = ctypes.CDLL(os.environ.get("AURORA_DUCKDB", str(LIBRARY)))
    library.duckdb_result_error.restype = ctypes.c_char_p
    handle, connection = ctypes.c_void_p(), ctypes.c_void_p()
    if library.duckdb_open(database.encode(), ctypes.byref(handle)) != 0:
        sys.exit(f"{database} can't be opened")
    library.duckdb_connect(handle, ctypes.byref(connection))
    result = ctypes.create_string_buffer(256)  # more than a duckdb_result takes
    if library.duckdb_query(connection, sql.encode(), ctypes.byref(result)) != 0:
        sys.exit(library.duckdb_result_error(ctypes.byref(result)).decode())
    library.duckdb_destroy_result(ctypes.byref(result))
    library.duckdb_disconnect(ctypes.byref(connection))
    library.duckdb_close(ctypes.byref(handle))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    run(*sys.argv[1:])
