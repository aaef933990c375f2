// The loops of k-means; included by loops.h once for each instruction set.

typedef int32_t ints __attribute__((ext_vector_type(16), aligned(4)));
typedef _Bool flags __attribute__((ext_vector_type(16)));

/// Clusters whose scores are summed at the same time: as many as registers hold on every set.
enum { CLUSTER_BLOCK = 6 };
/// Rows whose sums are taken together before they are added to others'.
enum { CHUNK = 1024 };
/// The most rows that `assign` may get.
enum { BLOCK = 8 * CHUNK };

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

static inline __attribute__((always_inline)) void
LOOP(compare)(const float *rows, size_t features, const ckernels_centres *centres, size_t start,
              const int count, LOOP(leaders) *leaders) {
    floats score[CLUSTER_BLOCK];
#pragma clang loop unroll(full)
    for (int cluster = 0; cluster < count; cluster++) {
        score[cluster] = (floats)(-centres->halves[start + cluster]);
    }
    const float *centred = centres->centred + start;
    for (size_t feature = 0; feature < features; feature++) {
        floats value = FLOATS(rows + feature * CKERNELS_TILE);
#pragma clang loop unroll(full)
        for (int cluster = 0; cluster < count; cluster++) {
            score[cluster] += value * centred[cluster];
        }
        centred += centres->clusters;
    }
#pragma clang loop unroll(full)
    for (int cluster = 0; cluster < count; cluster++) {
        floats lesser = score[cluster] < leaders->best ? score[cluster] : leaders->best;
        ints isBetter = score[cluster] > leaders->best;
        leaders->second = leaders->second > lesser ? leaders->second : lesser;
        leaders->best = isBetter ? score[cluster] : leaders->best;
        leaders->index = isBetter ? (ints)((int32_t)start + cluster) : leaders->index;
    }
}

/// Labels the rows of a tile with their best centres; returns those in doubt.
static inline __attribute__((always_inline)) uint32_t
LOOP(nearest)(const float *tile, size_t features, const ckernels_centres *centres, float doubt,
              int32_t *labels) {
    uint32_t doubtful = 0;
    size_t blocks = (centres->clusters + CLUSTER_BLOCK - 1) / CLUSTER_BLOCK;
    for (int first = 0; first < CKERNELS_TILE; first += LANES) {
        LOOP(leaders) leaders = {
            .best = (floats)(-__builtin_inff()), .second = (floats)(-__builtin_inff())};
        size_t start = 0;
        for (size_t block = 0; block < blocks; block++) {
            size_t end = centres->clusters * (block + 1) / blocks;
            switch (end - start) {
#define COMPARE(count)                                                                             \
    case count:                                                                                    \
        LOOP(compare)(tile + first, features, centres, start, count, &leaders);                    \
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
        *(ints *)(labels + first) = leaders.index;
        // Written so that NaN is in doubt.
        ints isNear = ~(leaders.best - leaders.second > (floats)doubt);
        doubtful |= LOOP(mask)(&isNear) << first;
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

/// Adds what `low` holds to the sums, and empties it.
static inline void LOOP(fold)(double *restrict sums, double *restrict low, size_t count) {
    for (size_t index = 0; index < count; index++) {
        sums[index] += low[index];
        low[index] = 0;
    }
}

static void LOOP(sums)(const double *values, size_t features, size_t clusters, size_t count,
                       const int32_t *labels, double *record) {
    double *sizes = record + 2, *sums = sizes + clusters, *low = sums + clusters * features;
    for (size_t index = 0; index < 2 + clusters * (1 + 2 * features); index++) record[index] = 0;
    for (size_t row = 0; row < count; row++) {
        size_t label = (size_t)labels[row];
        double *restrict sum = low + label * features;
        const double *restrict value = values + row * features;
        sizes[label] += 1;
        for (size_t feature = 0; feature < features; feature++) sum[feature] += value[feature];
        if (row % CHUNK == CHUNK - 1) LOOP(fold)(sums, low, clusters * features);
    }
    LOOP(fold)(sums, low, clusters * features);
}

/// The same of rows in tiles, offsets taken off.
static void LOOP(tileSums)(const float *tiles, size_t features, size_t clusters, size_t count,
                           const int32_t *labels, double *record) {
    double *sizes = record + 2, *sums = sizes + clusters, *low = sums + clusters * features;
    for (size_t index = 0; index < 2 + clusters * (1 + 2 * features); index++) record[index] = 0;
    for (size_t row = 0; row < count; row++) {
        size_t label = (size_t)labels[row];
        double *restrict sum = low + label * features;
        const float *restrict value =
            tiles + row / CKERNELS_TILE * CKERNELS_TILE * features + row % CKERNELS_TILE;
        sizes[label] += 1;
        for (size_t feature = 0; feature < features; feature++) {
            sum[feature] += (double)value[feature * CKERNELS_TILE];
        }
        if (row % CHUNK == CHUNK - 1) LOOP(fold)(sums, low, clusters * features);
    }
    LOOP(fold)(sums, low, clusters * features);
}

/// Adds to a sum and notes what rounding takes away (Knuth's two-sum), so that what comes and goes
/// leaves nothing behind.
static inline __attribute__((always_inline)) void
LOOP(add)(double *sum, double *low, double added) {
    double before = *sum, after = before + added, part = after - before;
    *low += (before - (after - part)) + (added - part);
    *sum = after;
}

/// Takes a row off one cluster's sums and adds it to another's.
static inline __attribute__((always_inline)) void
LOOP(move)(const double *restrict values, const float *restrict tile, size_t features,
           size_t clusters, size_t from, size_t to, double *record) {
    double *restrict left = record + 2 + clusters + from * features;
    double *restrict joined = record + 2 + clusters + to * features;
    double *restrict leftLow = left + clusters * features;
    double *restrict joinedLow = joined + clusters * features;
    record[2 + from] -= 1;
    record[2 + to] += 1;
    for (size_t feature = 0; feature < features; feature++) {
        double value = tile ? (double)tile[feature * CKERNELS_TILE] : values[feature];
        LOOP(add)(left + feature, leftLow + feature, -value);
        LOOP(add)(joined + feature, joinedLow + feature, value);
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
    for (size_t change = 0; change < changes; change++) {
        size_t row = places[change], from = (size_t)before[row], to = (size_t)labels[row];
        size_t lane = row % CKERNELS_TILE;
        if (rows->sumsTiles) {
            LOOP(move)(NULL, tiles + (row - lane) * features + lane, features, centres->clusters,
                       from, to, record);
        } else {
            LOOP(move)(values + row * features, NULL, features, centres->clusters, from, to,
                       record);
        }
    }
    return changes;
}

/// The squared distances of 16 rows to some centres.
static inline __attribute__((always_inline)) void
LOOP(distances)(const float *rows, size_t features, const float *const *centres, const int count,
                floats *sums) {
#pragma clang fp contract(off)
#pragma clang loop unroll(full)
    for (int centre = 0; centre < count; centre++) sums[centre] = (floats)(0.0f);
    for (size_t feature = 0; feature < features; feature++) {
        floats value = FLOATS(rows + feature * CKERNELS_TILE);
#pragma clang loop unroll(full)
        for (int centre = 0; centre < count; centre++) {
            floats difference = value - centres[centre][feature];
            sums[centre] += difference * difference;
        }
    }
}

static inline double LOOP(total)(const doubles16 *lanes) {
    double sum = 0;
    for (int lane = 0; lane < LANES; lane++) sum += (*lanes)[lane];
    return sum;
}

static double LOOP(cover)(const float *tiles, size_t count, size_t features, const float *centre,
                          float *closest) {
    doubles16 sum = {0};
    for (size_t tile = 0; tile < count; tile++) {
        for (int first = 0; first < CKERNELS_TILE; first += LANES) {
            floats distance;
            LOOP(distances)(tiles + tile * features * CKERNELS_TILE + first, features, &centre, 1,
                            &distance);
            float *place = closest + tile * CKERNELS_TILE + first;
            floats before = FLOATS(place);
            floats least = distance < before ? distance : before;
            FLOATS(place) = least;
            sum += __builtin_convertvector(least, doubles16);
        }
    }
    return LOOP(total)(&sum);
}

static inline __attribute__((always_inline)) void
LOOP(candidates)(const float *tiles, size_t count, size_t features, const float *const *centres,
                 const int candidates, const float *closest, double *potentials) {
    doubles16 sums[4] = {{0}, {0}, {0}, {0}};
    for (size_t tile = 0; tile < count; tile++) {
        for (int first = 0; first < CKERNELS_TILE; first += LANES) {
            floats distances[4];
            LOOP(distances)(tiles + tile * features * CKERNELS_TILE + first, features, centres,
                            candidates, distances);
            floats before = FLOATS((float *)closest + tile * CKERNELS_TILE + first);
#pragma clang loop unroll(full)
            for (int index = 0; index < candidates; index++) {
                floats least = distances[index] < before ? distances[index] : before;
                sums[index] += __builtin_convertvector(least, doubles16);
            }
        }
    }
    for (int index = 0; index < candidates; index++) potentials[index] = LOOP(total)(&sums[index]);
}

static void LOOP(potentials)(const float *tiles, size_t count, size_t features,
                             const float *const *centres, size_t candidates, const float *closest,
                             double *potentials) {
    switch (candidates) {
#define CANDIDATES(number)                                                                         \
    case number:                                                                                   \
        LOOP(candidates)(tiles, count, features, centres, number, closest, potentials);            \
        break;
        CANDIDATES(1)
        CANDIDATES(2)
        CANDIDATES(3)
        CANDIDATES(4)
#undef CANDIDATES
    }
}
