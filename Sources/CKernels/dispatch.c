#include "include/CKernels.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/mman.h>
#endif

extern const ckernels_functions ckernels_portable;
#if defined(__x86_64__)
extern const ckernels_functions ckernels_avx2, ckernels_avx512;
#elif defined(__aarch64__)
extern const ckernels_functions ckernels_neon;
#endif

/// The tables that this machine can run, best first; returns their number.
static int available(const ckernels_functions *tables[4]) {
    int count = 0;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
            __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
            tables[count++] = &ckernels_avx512;
        }
        tables[count++] = &ckernels_avx2;
    }
#elif defined(__aarch64__)
    tables[count++] = &ckernels_neon;
#endif
    tables[count++] = &ckernels_portable;
    return count;
}

const ckernels_functions *ckernels_table(const char *name) {
    const ckernels_functions *tables[4];
    int count = available(tables);
    for (int index = 0; index < count; index++) {
        if (strcmp(tables[index]->name, name) == 0) return tables[index];
    }
    return NULL;
}

const ckernels_functions *ckernels_best(void) {
    const ckernels_functions *tables[4];
    const char *wanted = getenv("AURORA_KERNELS");
    const ckernels_functions *found = wanted ? ckernels_table(wanted) : NULL;
    available(tables);
    return found ? found : tables[0];
}

void ckernels_prefer_large_pages(void *start, size_t bytes) {
#ifdef __linux__
    const uintptr_t page = 1 << 12, large = 1 << 21;
    uintptr_t first = ((uintptr_t)start + page - 1) & ~(page - 1);
    uintptr_t end = ((uintptr_t)start + bytes) & ~(page - 1);
    if (bytes >= large) madvise((void *)first, end - first, MADV_HUGEPAGE);
#else
    (void)start;
    (void)bytes;
#endif
}

int ckernels_cores(void) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores > 1 ? (int)cores : 1;
}
