#include "CZlib.h"

#include <dlfcn.h>
#include <string.h>

char *czlib_load(const char *path, czlib_api *api) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return strdup(dlerror());
    // dlsym gives an object pointer; memcpy turns it into a function pointer as C allows.
#define CZLIB_RESOLVE(result, name, parameters)                                                    \
    {                                                                                              \
        void *symbol = dlsym(library, #name);                                                      \
        if (symbol == NULL) return strdup("it lacks the function " #name);                         \
        memcpy(&api->name, &symbol, sizeof symbol);                                                \
    }
    CZLIB_FUNCTIONS(CZLIB_RESOLVE)
    return NULL;
}
