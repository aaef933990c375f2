// The loops of k-means; included by loops.h once for each instruction set.

typedef int32_t ints __attribute__((ext_vector_type(16), aligned(4)));
typedef _Bool flags __attribute__((ext_vector_type(16)));

/// Clusters whose scores are summed at the same time: as many as registers hold on every set.
enum { CLUSTER_BLOCK = 6 };
/// The most rows that `assign` may get.
enum { CHUNK = 1024 };

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

/// Finds each row's best centre; returns the rows whose label differs from it or is in doubt.
static inline __attribute__((always_inline)) uint32_t
LOOP(nearest)(const float *tile, size_t features, const ckernels_centres *centres, float doubt,
              const int32_t *labels, int32_t *found, uint32_t *doubtful) {
    uint32_t changed = 0;
    *doubtful = 0;
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
        *(ints *)(found + first) = leaders.index;
        // Written so that NaN is in doubt.
        ints isNear = ~(leaders.best - leaders.second > (floats)doubt);
        ints isOther = leaders.index != *(const ints *)(labels + first);
        *doubtful |= LOOP(mask)(&isNear) << first;
        changed |= LOOP(mask)(&isOther) << first;
    }
    return changed | *doubtful;
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

static void LOOP(sums)(const double *values, size_t features, size_t clusters, size_t count,
                       const int32_t *labels, double *record) {
    double *sizes = record + 2, *sums = sizes + clusters;
    for (size_t index = 0; index < 2 + clusters * (1 + 2 * features); index++) record[index] = 0;
    for (size_t row = 0; row < count; row++) {
        size_t label = (size_t)labels[row];
        double *restrict sum = sums + label * features;
        const double *restrict value = values + row * features;
        sizes[label] += 1;
        for (size_t feature = 0; feature < features; feature++) sum[feature] += value[feature];
    }
}

/// Adds a row to a cluster's sums, or takes it off, and notes what rounding takes away (Knuth's
/// two-sum), so that what comes and goes leaves nothing behind.
static inline __attribute__((always_inline)) void
LOOP(move)(const double *restrict value, size_t features, size_t clusters, double sign,
           size_t label, double *record) {
    double *restrict sum = record + 2 + clusters + label * features;
    double *restrict low = sum + clusters * features;
    record[2 + label] += sign;
    for (size_t feature = 0; feature < features; feature++) {
        double before = sum[feature], added = sign * value[feature];
        double after = before + added, part = after - before;
        low[feature] += (before - (after - part)) + (added - part);
        sum[feature] = after;
    }
}

static size_t LOOP(assign)(const ckernels_rows *rows, const ckernels_centres *centres, size_t first,
                           size_t count, int32_t *labels, double *record) {
    size_t features = rows->features, changes = 0;
    uint16_t places[CHUNK];
    int32_t before[CHUNK], found[CKERNELS_TILE], last[CKERNELS_TILE];
    for (size_t start = 0; start < count; start += CKERNELS_TILE) {
        size_t index = (first + start) / CKERNELS_TILE;
        const int32_t *current = labels + start;
        uint32_t used = UINT32_MAX, doubtful;
        if (count - start < CKERNELS_TILE) {
            used = (UINT32_C(1) << (count - start)) - 1;
            for (size_t row = 0; row < count - start; row++) last[row] = current[row];
            for (size_t row = count - start; row < CKERNELS_TILE; row++) last[row] = 0;
            current = last;
        }
        float norm = rows->norms[index];
        float doubt = centres->base + norm * (centres->slope + norm * centres->square);
        uint32_t rest =
            used & LOOP(nearest)(rows->tiles + index * CKERNELS_TILE * features, features, centres,
                                 doubt, current, found, &doubtful);
        for (; rest != 0; rest &= rest - 1) {
            size_t lane = (size_t)__builtin_ctz(rest), row = start + lane;
            const double *values = rows->values + (first + row) * features;
            int32_t label =
                doubtful >> lane & 1 ? LOOP(decide)(values, centres, features) : found[lane];
            if (label == labels[row]) continue;
            places[changes] = (uint16_t)row;
            before[changes++] = labels[row];
            labels[row] = label;
        }
    }
    if (record == NULL) return changes;
    const double *values = rows->values + first * features;
    // From about here on it is quicker to begin anew.
    if (record[0] != 0 || changes > count / 4) {
        LOOP(sums)(values, features, centres->clusters, count, labels, record);
        return changes;
    }
    record[1] += (double)changes;
    for (size_t change = 0; change < changes; change++) {
        size_t row = places[change];
        const double *value = values + row * features;
        LOOP(move)(value, features, centres->clusters, -1, (size_t)before[change], record);
        LOOP(move)(value, features, centres->clusters, 1, (size_t)labels[row], record);
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
