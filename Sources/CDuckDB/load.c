#define _GNU_SOURCE

#include "CDuckDB.h"

#include <dlfcn.h>
#include <string.h>

bool cduckdb_preload(const char *path) {
    return dlopen(path, RTLD_NOW | RTLD_GLOBAL) != NULL;
}

// Of the library's thirty thousand names few are ever called, and nearly all are its own: looking each of
// them up at once, and in all of the program's libraries first, takes three times as long.
#ifdef RTLD_DEEPBIND
static const int binding = RTLD_LAZY | RTLD_LOCAL | RTLD_DEEPBIND;
#else
static const int binding = RTLD_LAZY | RTLD_LOCAL;
#endif

char *cduckdb_load(const char *path, cduckdb_api *api) {
    void *library = dlopen(path, binding);
    if (library == NULL) return strdup(dlerror());
    // dlsym gives an object pointer; memcpy turns it into a function pointer as C allows.
#define CDUCKDB_RESOLVE(result, name, parameters)                                                  \
    {                                                                                              \
        void *symbol = dlsym(library, "duckdb_" #name);                                            \
        if (symbol == NULL) return strdup("it lacks the function duckdb_" #name);                      \
        memcpy(&api->name, &symbol, sizeof symbol);                                                \
    }
    CDUCKDB_FUNCTIONS(CDUCKDB_RESOLVE)
    return NULL;
}
