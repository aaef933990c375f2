// The part of zlib's C API that Aurora uses, declared by ourselves and resolved at run time.
//
// zlib is part of every Linux and macOS, but its headers are not: `czlib_load` opens the shared
// library and fills one table of function pointers.

#ifndef CZLIB_H
#define CZLIB_H

#include <stdint.h>

/// zlib's z_stream, whose layout has been the same since 1.0.
typedef struct {
    const uint8_t *next_in;
    unsigned int avail_in;
    unsigned long total_in;
    uint8_t *next_out;
    unsigned int avail_out;
    unsigned long total_out;
    const char *message;
    void *state;
    void *(*allocate)(void *, unsigned int, unsigned int);
    void (*release)(void *, void *);
    void *opaque;
    int data_type;
    unsigned long adler;
    unsigned long reserved;
} czlib_stream;

enum { CZLIB_OK = 0, CZLIB_STREAM_END = 1, CZLIB_BUFFER_ERROR = -5 };

/// Every function that Aurora calls: result type, name, parameters.
#define CZLIB_FUNCTIONS(F)                                                                         \
    F(const char *, zlibVersion, (void))                                                           \
    F(int, inflateInit2_, (czlib_stream *, int, const char *, int))                                \
    F(int, inflate, (czlib_stream *, int))                                                         \
    F(int, inflateEnd, (czlib_stream *))                                                           \
    F(unsigned long, crc32, (unsigned long, const uint8_t *, unsigned int))

typedef struct {
#define CZLIB_FIELD(result, name, parameters) result(*name) parameters;
    CZLIB_FUNCTIONS(CZLIB_FIELD)
#undef CZLIB_FIELD
} czlib_api;

/// Opens the shared library at `path` and fills `api`.
///
/// Returns NULL, or the reason why it could not be done: text that the caller passes to `free`.
char *czlib_load(const char *path, czlib_api *api);

#endif
