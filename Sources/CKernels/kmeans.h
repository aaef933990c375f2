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
/// Values that a pass fetches ahead of those that it scores.
enum { AHEAD = 2048 };

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

static float LOOP(tile)(const double *values, size_t rows, size_t features, const double *offsets,
                        float *tile) {
#pragma clang fp contract(off)
    for (size_t row = 0; row < rows; row++) {
        for (size_t feature = 0; feature < features; feature++) {
            tile[feature * CKERNELS_TILE + row] =
                (float)(values[row * features + feature] - offsets[feature]);
        }
    }
    for (size_t row = rows; row < CKERNELS_TILE; row++) {
        for (size_t feature = 0; feature < features; feature++) {
            tile[feature * CKERNELS_TILE + row] = 0;
        }
    }
    // A row with NaN has a norm of NaN, so norms are compared such that NaN is kept.
    float largest = 0;
    for (int first = 0; first < CKERNELS_TILE; first += LANES) {
        floats sum = {0};
        for (size_t feature = 0; feature < features; feature++) {
            floats value = FLOATS(tile + feature * CKERNELS_TILE + first);
            sum += value * value;
        }
        for (int lane = 0; lane < LANES; lane++) {
            if (!(sum[lane] <= largest)) largest = sum[lane];
            if (largest != largest) return largest;
        }
    }
    for (size_t row = rows; row < CKERNELS_TILE; row++) {
        for (size_t feature = 0; feature < features; feature++) {
            tile[feature * CKERNELS_TILE + row] = __builtin_nanf("");
        }
    }
    // What rounding and underflow of the squares may have taken away.
    return __builtin_sqrtf(largest) * (1 + ((float)features + 8) * 0x1p-23f) +
           (float)features * 0x1p-74f;
}

/// The best scores so far of 16 rows.
typedef struct {
    floats best, second;
    ints index;
} LOOP(leaders);

/// `rows` holds `ROWS` vectors of each feature.
static inline __attribute__((always_inline)) void
LOOP(compare)(const float *rows, size_t features, const ckernels_centres *centres, size_t start,
              const int count, LOOP(leaders) *leaders) {
    floats score[CLUSTER_BLOCK][ROWS];
#pragma clang loop unroll(full)
    for (int cluster = 0; cluster < count; cluster++) {
#pragma clang loop unroll(full)
        for (int row = 0; row < ROWS; row++) {
            score[cluster][row] = (floats)(-centres->halves[start + cluster]);
        }
    }
    const float *centred = centres->centred + start;
    for (size_t feature = 0; feature < features; feature++) {
        floats value[ROWS];
#pragma clang loop unroll(full)
        for (int row = 0; row < ROWS; row++) {
            value[row] = FLOATS(rows + feature * CKERNELS_TILE + row * LANES);
        }
        // Hardware fetches ahead within a page only.
        if (start == 0) {
            __builtin_prefetch(rows + feature * CKERNELS_TILE + AHEAD);
            __builtin_prefetch(rows + feature * CKERNELS_TILE + AHEAD + LANES);
        }
#pragma clang loop unroll(full)
        for (int cluster = 0; cluster < count; cluster++) {
            floats centre = (floats)(centred[cluster]);
#pragma clang loop unroll(full)
            for (int row = 0; row < ROWS; row++) score[cluster][row] += value[row] * centre;
        }
        centred += centres->clusters;
    }
#pragma clang loop unroll(full)
    for (int row = 0; row < ROWS; row++) {
        floats best = leaders[row].best, second = leaders[row].second;
        ints index = leaders[row].index;
#pragma clang loop unroll(full)
        for (int cluster = 0; cluster < count; cluster++) {
            floats own = score[cluster][row];
            ints isBetter = own > best;
            floats lesser = own < best ? own : best;
            second = second > lesser ? second : lesser;
            best = own > best ? own : best;
            index = isBetter ? (ints)((int32_t)start + cluster) : index;
        }
        leaders[row].best = best;
        leaders[row].second = second;
        leaders[row].index = index;
    }
}

/// Labels the rows of a tile with their best centres; returns those in doubt.
static inline __attribute__((always_inline)) uint32_t
LOOP(nearest)(const float *tile, size_t features, const ckernels_centres *centres, float doubt,
              int32_t *labels) {
    uint32_t doubtful = 0;
    size_t blocks = (centres->clusters + CLUSTER_BLOCK - 1) / CLUSTER_BLOCK;
    for (int first = 0; first < CKERNELS_TILE; first += ROWS * LANES) {
        LOOP(leaders) leaders[ROWS];
#pragma clang loop unroll(full)
        for (int row = 0; row < ROWS; row++) {
            leaders[row].best = (floats)(-__builtin_inff());
            leaders[row].second = (floats)(-__builtin_inff());
            leaders[row].index = (ints){0};
        }
        size_t start = 0;
        for (size_t block = 0; block < blocks; block++) {
            size_t end = centres->clusters * (block + 1) / blocks;
            switch (end - start) {
#define COMPARE(count)                                                                             \
    case count:                                                                                    \
        LOOP(compare)(tile + first, features, centres, start, count, leaders);                     \
        break;
                COMPARE(1)
                COMPARE(2)
                COMPARE(3)
                COMPARE(4)
                COMPARE(5)
                COMPARE(6)
#undef COMPARE
            }
            start = end;
        }
#pragma clang loop unroll(full)
        for (int row = 0; row < ROWS; row++) {
            int place = first + row * LANES;
            *(ints *)(labels + place) = leaders[row].index;
            // Written so that NaN is in doubt.
            ints isNear = ~(leaders[row].best - leaders[row].second > (floats)doubt);
            doubtful |= LOOP(mask)(&isNear) << place;
        }
    }
    return doubtful;
}

/// The plain loop for one row.
static int32_t LOOP(decide)(const double *row, const ckernels_centres *centres, size_t features) {
#pragma clang fp contract(off)
    int32_t nearest = 0;
    double best = __builtin_inf();
    for (size_t cluster = 0; cluster < centres->clusters; cluster++) {
        const double *centre = centres->exact + cluster * features;
        double sum = 0;
        for (size_t feature = 0; feature < features; feature++) {
            double difference = row[feature] - centre[feature];
            sum += difference * difference;
        }
        if (sum < best) {
            best = sum;
            nearest = (int32_t)cluster;
        }
    }
    return nearest;
}

#include "cluster_sums.h"

/// Adds to a sum and notes what rounding takes away (Knuth's two-sum), so that what comes and goes
/// leaves nothing behind.
static inline __attribute__((always_inline)) void
LOOP(add)(double *sum, double *low, double added) {
#pragma clang fp contract(off)
    double before = *sum, after = before + added, part = after - before;
    *low += (before - (after - part)) + (added - part);
    *sum = after;
}

/// The values of one row, in `features` doubles and zeros behind them.
static inline __attribute__((always_inline)) void
LOOP(rowValues)(const ckernels_rows *rows, size_t row, double *result) {
    size_t features = rows->features, lane = row % CKERNELS_TILE;
    if (rows->sumsTiles) {
        const float *tile = rows->tiles + (row - lane) * features + lane;
        for (size_t feature = 0; feature < features; feature++) {
            result[feature] = (double)tile[feature * CKERNELS_TILE];
        }
    } else {
        const double *values = rows->values + row * features;
        for (size_t feature = 0; feature < features; feature++) result[feature] = values[feature];
    }
}

/// Takes rows off the sums of the clusters that they left and adds them to those of others. What
/// the rows change in all is worked out first.
static void LOOP(moveAll)(const ckernels_rows *rows, size_t first, size_t clusters,
                          const uint16_t *places, size_t changes, const int32_t *before,
                          const int32_t *labels, double *record) {
    size_t features = rows->features, width = LOOP(padded)(features);
    double *sums = record + 2 + clusters, *low = sums + clusters * features;
    double differences[SUMS], row[SUMS];
    for (size_t index = 0; index < clusters * width; index++) differences[index] = 0;
    for (size_t index = 0; index < width; index++) row[index] = 0;
    for (size_t change = 0; change < changes; change++) {
        size_t from = (size_t)before[places[change]], to = (size_t)labels[places[change]];
        record[2 + from] -= 1;
        record[2 + to] += 1;
        LOOP(rowValues)(rows, first + places[change], row);
        LOOP(takeRow)(differences + from * width, row, width);
        LOOP(addRow)(differences + to * width, row, width);
    }
    for (size_t cluster = 0; cluster < clusters; cluster++) {
        for (size_t feature = 0; feature < features; feature++) {
            size_t index = cluster * features + feature;
            LOOP(add)(sums + index, low + index, differences[cluster * width + feature]);
        }
    }
}

/// The same one by one, where there are fewer rows than clusters, or very many clusters.
static void LOOP(moveEach)(const ckernels_rows *rows, size_t first, size_t clusters,
                           const uint16_t *places, size_t changes, const int32_t *before,
                           const int32_t *labels, double *record) {
    size_t features = rows->features;
    for (size_t change = 0; change < changes; change++) {
        size_t place = places[change], from = (size_t)before[place], to = (size_t)labels[place];
        size_t row = first + place, lane = row % CKERNELS_TILE;
        double *restrict left = record + 2 + clusters + from * features;
        double *restrict joined = record + 2 + clusters + to * features;
        double *restrict leftLow = left + clusters * features;
        double *restrict joinedLow = joined + clusters * features;
        record[2 + from] -= 1;
        record[2 + to] += 1;
        const float *tile = rows->tiles + (row - lane) * features + lane;
        const double *values = rows->values + row * features;
        for (size_t feature = 0; feature < features; feature++) {
            double value = rows->sumsTiles ? (double)tile[feature * CKERNELS_TILE] : values[feature];
            LOOP(add)(left + feature, leftLow + feature, -value);
            LOOP(add)(joined + feature, joinedLow + feature, value);
        }
    }
}

static size_t LOOP(assign)(const ckernels_rows *rows, const ckernels_centres *centres, size_t first,
                           size_t count, int32_t *labels, double *record) {
    size_t features = rows->features, changes = 0;
    // From about so many changes on it is quicker to sum all rows anew than to move some.
    size_t most = record == NULL || record[0] != 0 ? 0 : count / 12;
    uint16_t places[BLOCK / 12 + CKERNELS_TILE];
    int32_t before[BLOCK], found[CKERNELS_TILE];
    const double *values = rows->values + first * features;
    for (size_t start = 0; start < count; start += CKERNELS_TILE) {
        size_t index = (first + start) / CKERNELS_TILE;
        size_t used = count - start < CKERNELS_TILE ? count - start : CKERNELS_TILE;
        float norm = rows->norms[index];
        float doubt = centres->base + norm * (centres->slope + norm * centres->square);
        uint32_t doubtful = LOOP(nearest)(rows->tiles + index * CKERNELS_TILE * features, features,
                                          centres, doubt, found);
        if (used < CKERNELS_TILE) {
            doubtful &= (UINT32_C(1) << used) - 1;
            for (size_t row = used; row < CKERNELS_TILE; row++) found[row] = 0;
        }
        for (; doubtful != 0; doubtful &= doubtful - 1) {
            size_t row = (size_t)__builtin_ctz(doubtful);
            found[row] = LOOP(decide)(values + (start + row) * features, centres, features);
        }
        int32_t *current = labels + start;
        uint32_t changed = 0;
        if (used < CKERNELS_TILE) {
            for (size_t row = 0; row < used; row++) {
                before[start + row] = current[row];
                changed |= (uint32_t)(current[row] != found[row]) << row;
                current[row] = found[row];
            }
        } else {
            for (int lane = 0; lane < CKERNELS_TILE; lane += LANES) {
                ints old = *(ints *)(current + lane);
                ints isOther = old != *(ints *)(found + lane);
                changed |= LOOP(mask)(&isOther) << lane;
                *(ints *)(before + start + lane) = old;
            }
            // Memory that nothing is written to needn't go back.
            if (changed != 0) __builtin_memcpy(current, found, sizeof found);
        }
        size_t place = changes;
        changes += (size_t)__builtin_popcount(changed);
        if (changes == 0 || changes > most) continue;
        for (; changed != 0; changed &= changed - 1) {
            places[place++] = (uint16_t)(start + (size_t)__builtin_ctz(changed));
            if (!rows->sumsTiles) __builtin_prefetch(values + places[place - 1] * features);
        }
    }
    if (record == NULL || (changes == 0 && record[0] == 0)) return changes;
    const float *tiles = rows->tiles + first * features;
    if (changes > most || record[0] != 0) {
        if (rows->sumsTiles) {
            LOOP(tileSums)(tiles, features, centres->clusters, count, labels, record);
        } else {
            LOOP(sums)(values, features, centres->clusters, count, labels, record);
        }
        return changes;
    }
    record[1] += (double)changes;
    if (changes >= centres->clusters && centres->clusters * LOOP(padded)(features) <= SUMS) {
        LOOP(moveAll)(rows, first, centres->clusters, places, changes, before, labels, record);
    } else {
        LOOP(moveEach)(rows, first, centres->clusters, places, changes, before, labels, record);
    }
    return changes;
}

#include "starts.h"
