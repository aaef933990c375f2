// The innermost loops: each is written once and compiled for several instruction sets.
//
// A table holds one function per loop; `ckernels_table` gives the table of an instruction set, or
// of the best one that this machine has. What is around the loops (tiles, threads, algorithms)
// is Swift's, in the target `Kernels`, and so are the reference loops that these are tested
// against.

#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CKernelsKMeans.h"

/// Rows of a tile. A tile holds its rows column by column: feature f of row r is at
/// `f * CKERNELS_TILE + r`. Rows beyond the last are NaN.
enum { CKERNELS_TILE = 32 };

/// Rows that `column_products` takes at a time.
enum { CKERNELS_PRODUCT_ROWS = 64 };

/// Intervals that `selection_scan` looks at.
enum { CKERNELS_SELECTION_INTERVALS = 3 };

/// How many values there are that aren't NaN, their sum, the smallest and largest, and how many
/// are below each interval's lower bound, at most that, below its upper bound, and at most that.
typedef struct {
    int64_t present;
    double sum, smallest, largest;
    int64_t below[CKERNELS_SELECTION_INTERVALS];
    int64_t to_low[CKERNELS_SELECTION_INTERVALS];
    int64_t below_high[CKERNELS_SELECTION_INTERVALS];
    int64_t to_high[CKERNELS_SELECTION_INTERVALS];
} ckernels_selection;

/// Every loop: result type, name, parameters.
///
/// distance_sums, exact_distance_sums: distances from the rows of a tile to `others` (row by row),
/// summed by group for several labellings at once. Others come in runs, of which run i ends at
/// `ends[i]` and belongs to group `groups[i * labellings + l]` of labelling l; the sums of group g
/// are the 32 numbers from `sums + 32 * g` on, and are added to. Every instruction set gives the
/// same bits.
///
/// column_moments: adds each column's deviations from `centre` to `sums` and their squares to
/// `squares`, and sets `varies` to 1 where one isn't 0. Every instruction set gives the same bits.
///
/// column_products: adds each column's deviations from `centre` to `sums` and their products to
/// `products`; both are as wide as the columns rounded up to a multiple of 8. Product (a, b) is
/// there for each b up to a; others are undefined. `scratch` holds CKERNELS_PRODUCT_ROWS rows as
/// wide. Every instruction set gives the same bits.
///
/// are_finite: whether no value is infinite or NaN.
///
/// selection_scan: looks at `count` values, those at `members` or, where that is NULL, in order.
/// Adds what it finds around the intervals `bounds[2 * j] ... bounds[2 * j + 1]` to `found`, and
/// copies the values that are strictly inside of an interval to `candidates`, in order, which has
/// place for all values and 8 more; returns their number. Without `hasTies`, which is quicker where
/// few values are a bound, one that is its interval's lower bound is inside, too, and one that is
/// an upper bound counts as above it. NaN counts nowhere. Every instruction set gives the same bits.
///
/// log1p_all: ln(1 + x) of each value, right to 2 units in the last place; `result` may be
/// `values`. Every instruction set gives the same bits.
#define CKERNELS_FUNCTIONS(F)                                                                      \
    F(void, distance_sums,                                                                         \
      (const float *tile, size_t features, const float *others, const size_t *ends, size_t runs,   \
       const int32_t *groups, size_t labellings, double *sums))                                    \
    F(void, exact_distance_sums,                                                                   \
      (const double *tile, size_t features, const double *others, const size_t *ends, size_t runs, \
       const int32_t *groups, size_t labellings, double *sums))                                    \
    F(void, column_moments,                                                                        \
      (const double *values, size_t rows, size_t columns, const double *centre, double *sums,      \
       double *squares, double *varies))                                                          \
    F(void, column_products,                                                                       \
      (const double *values, size_t rows, size_t columns, const double *centre, double *scratch,   \
       double *products, double *sums))                                                            \
    F(bool, are_finite, (const double *values, size_t count))                                      \
    F(size_t, selection_scan,                                                                      \
      (const double *values, const uint16_t *members, size_t count, const double *bounds,          \
       bool hasTies, ckernels_selection *found, double *candidates))                               \
    F(void, log1p_all, (const double *values, size_t count, double *result)) \
    CKERNELS_KMEANS_FUNCTIONS(F)

typedef struct {
    /// "avx512", "avx2", "neon" or "portable".
    const char *name;
#define CKERNELS_FIELD(result, name, parameters) result(*name) parameters;
    CKERNELS_FUNCTIONS(CKERNELS_FIELD)
#undef CKERNELS_FIELD
} ckernels_functions;

/// The functions of one instruction set; NULL where `name` is none or this machine lacks it.
const ckernels_functions *ckernels_table(const char *name);

/// The functions of the instruction set that the environment variable AURORA_KERNELS names, or of
/// the best one where it is unset, empty or names none.
const ckernels_functions *ckernels_best(void);

/// Asks the system to hold this memory in large pages, where it is worth it: fewer are then to be
/// found and cleared.
void ckernels_prefer_large_pages(void *start, size_t bytes);

/// Processors that this process may use, at least 1.
int ckernels_cores(void);

/// Tells the processor that a loop waits for another thread.
static inline void ckernels_pause(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

#endif
