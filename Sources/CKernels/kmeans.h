// The loops of k-means, those of a start and of sums apart; included by loops.h once for each
// instruction set.

typedef int32_t ints __attribute__((ext_vector_type(16), aligned(4)));
typedef _Bool flags __attribute__((ext_vector_type(16)));

/// Clusters whose scores are summed at the same time: as many as registers hold on every set.
enum { CLUSTER_BLOCK = 6 };
/// Rows whose sums are taken together before they are added to others'.
enum { CHUNK = 1024 };
/// The most rows that `assign` may get.
enum { BLOCK = 8 * CHUNK };
/// The share of a block's rows, as one of so many, up to which rows are moved from sum to sum.
enum { MOST_MOVED = 7 };

/// Clusters up to which the sums of tiles take every row for each of them.
enum { FEW_CLUSTERS = 2 * CLUSTER_BLOCK };
/// Numbers that a loop may hold on the stack.
enum { SUMS = 4096 };
/// Features whose sums are taken at the same time, and vectors of rows that are scored: as many as
/// registers hold.
#ifdef CKERNELS_MANY_REGISTERS
enum { STRIP = 4, ROWS = 2 };
#else
enum { STRIP = 1, ROWS = 1 };
#endif
/// Groups of rows that a pass fetches ahead of those that it scores.
enum { AHEAD = 12 };

typedef int64_t words __attribute__((ext_vector_type(8), aligned(8)));
typedef int32_t eightInts __attribute__((ext_vector_type(8), aligned(4)));
typedef float eightFloats __attribute__((ext_vector_type(8), aligned(4)));
#define EIGHT(at) (*(doubles *)(at))

/// A bit for each lane that holds −1.
static inline __attribute__((always_inline)) uint32_t LOOP(mask)(const ints *lanes) {
    union {
        flags lanes;
        uint16_t bits;
    } mask = {.lanes = __builtin_convertvector(*lanes, flags)};
    return mask.bits;
}

#include "tile.h"
#include "cluster_sums.h"
#include "inertia.h"
#include "moves.h"
#include "assign.h"
#include "starts.h"
