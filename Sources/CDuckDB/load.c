#include "CDuckDB.h"

#include <dlfcn.h>
#include <string.h>

bool cduckdb_preload(const char *path) {
    return dlopen(path, RTLD_NOW | RTLD_GLOBAL) != NULL;
}

char *cduckdb_load(const char *path, cduckdb_api *api) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
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
