// Sums of rows by cluster; included by kmeans.h, whose types and numbers they use.

/// Adds what `low` holds to the sums, and empties it.
static inline void LOOP(fold)(double *restrict sums, double *restrict low, size_t count) {
    for (size_t index = 0; index < count; index++) {
        sums[index] += low[index];
        low[index] = 0;
    }
}

/// Numbers of a cluster's row of sums where these are padded to whole vectors.
static inline size_t LOOP(padded)(size_t features) { return (features + 7) / 8 * 8; }

/// Adds a row of doubles to a padded one, or takes it off.
static inline __attribute__((always_inline)) void LOOP(addRow)(double *sum, const double *row,
                                                               size_t width) {
    for (size_t first = 0; first < width; first += 8) EIGHT(sum + first) += EIGHT(row + first);
}

static inline __attribute__((always_inline)) void LOOP(takeRow)(double *sum, const double *row,
                                                                size_t width) {
    for (size_t first = 0; first < width; first += 8) EIGHT(sum + first) -= EIGHT(row + first);
}

static void LOOP(sums)(const double *values, size_t features, size_t clusters, size_t count,
                       const int32_t *labels, double *record) {
    double *sizes = record + 2, *sums = sizes + clusters, *low = sums + clusters * features;
    for (size_t index = 0; index < 2 + clusters * (1 + 2 * features); index++) record[index] = 0;
    size_t width = LOOP(padded)(features);
    double padded[SUMS];
    bool isPadded = clusters * width <= SUMS;
    for (size_t start = 0; start < count; start += CHUNK) {
        size_t end = count - start < CHUNK ? count : start + CHUNK, row = start;
        if (isPadded) {
            // Lanes behind the last feature hold what follows in memory, and are left out below.
            for (size_t index = 0; index < clusters * width; index++) padded[index] = 0;
            for (; row < end && row * features + width <= count * features; row++) {
                size_t label = (size_t)labels[row];
                sizes[label] += 1;
                LOOP(addRow)(padded + label * width, values + row * features, width);
            }
            for (size_t cluster = 0; cluster < clusters; cluster++) {
                for (size_t feature = 0; feature < features; feature++) {
                    low[cluster * features + feature] = padded[cluster * width + feature];
                }
            }
        }
        for (; row < end; row++) {
            size_t label = (size_t)labels[row];
            double *restrict sum = low + label * features;
            const double *restrict value = values + row * features;
            sizes[label] += 1;
            for (size_t feature = 0; feature < features; feature++) sum[feature] += value[feature];
        }
        LOOP(fold)(sums, low, clusters * features);
    }
}

/// Adds up `parts` features of so many whole tiles from feature `feature` on, for `count` clusters
/// from `cluster` on. Lanes are rows: a lane that belongs to another cluster adds 0.
static inline __attribute__((always_inline)) void
LOOP(laneSums)(const float *tiles, size_t features, size_t tileCount, const int32_t *labels,
               size_t feature, const int parts, size_t cluster, const int count, double *sums) {
#pragma clang fp contract(off)
    doubles sum[STRIP][CLUSTER_BLOCK];
#pragma clang loop unroll(full)
    for (int part = 0; part < parts; part++) {
#pragma clang loop unroll(full)
        for (int index = 0; index < count; index++) sum[part][index] = (doubles)(0.0);
    }
    for (size_t tile = 0; tile < tileCount; tile++) {
        const float *place = tiles + (tile * features + feature) * CKERNELS_TILE;
        for (int first = 0; first < CKERNELS_TILE; first += 8) {
            eightInts label = *(eightInts *)(labels + tile * CKERNELS_TILE + first);
            doubles value[STRIP];
#pragma clang loop unroll(full)
            for (int part = 0; part < parts; part++) {
                value[part] = __builtin_convertvector(
                    *(eightFloats *)(place + part * CKERNELS_TILE + first), doubles);
            }
#pragma clang loop unroll(full)
            for (int index = 0; index < count; index++) {
                words own = __builtin_convertvector(
                    label == (eightInts)((int32_t)cluster + index), words);
#pragma clang loop unroll(full)
                for (int part = 0; part < parts; part++) {
                    sum[part][index] = own ? sum[part][index] + value[part] : sum[part][index];
                }
            }
        }
    }
#pragma clang loop unroll(full)
    for (int part = 0; part < parts; part++) {
#pragma clang loop unroll(full)
        for (int index = 0; index < count; index++) {
            double total = 0;
            for (int lane = 0; lane < 8; lane++) total += sum[part][index][lane];
            sums[(cluster + (size_t)index) * features + feature + (size_t)part] = total;
        }
    }
}

/// `laneSums` of all features, a strip at a time.
static inline __attribute__((always_inline)) void
LOOP(clusterSums)(const float *tiles, size_t features, size_t tileCount, const int32_t *labels,
                  size_t cluster, const int count, double *sums) {
    size_t feature = 0;
    for (; feature + STRIP <= features; feature += STRIP) {
        LOOP(laneSums)(tiles, features, tileCount, labels, feature, STRIP, cluster, count, sums);
    }
    for (; feature < features; feature++) {
        LOOP(laneSums)(tiles, features, tileCount, labels, feature, 1, cluster, count, sums);
    }
}

/// What `sums` does, of rows in tiles, offsets taken off.
static void LOOP(tileSums)(const float *tiles, size_t features, size_t clusters, size_t count,
                           const int32_t *labels, double *record) {
    double *sizes = record + 2, *sums = sizes + clusters, *low = sums + clusters * features;
    for (size_t index = 0; index < 2 + clusters * (1 + 2 * features); index++) record[index] = 0;
    size_t row = 0;
    if (clusters <= FEW_CLUSTERS) {
        size_t tileCount = count / CKERNELS_TILE;
        size_t blocks = (clusters + CLUSTER_BLOCK - 1) / CLUSTER_BLOCK;
        for (size_t block = 0, start = 0; block < blocks; block++) {
            size_t end = clusters * (block + 1) / blocks;
            switch (end - start) {
#define SUMS_OF(number)                                                                            \
    case number:                                                                                   \
        LOOP(clusterSums)(tiles, features, tileCount, labels, start, number, sums);                \
        break;
                SUMS_OF(1)
                SUMS_OF(2)
                SUMS_OF(3)
                SUMS_OF(4)
                SUMS_OF(5)
                SUMS_OF(6)
#undef SUMS_OF
            }
            start = end;
        }
        row = tileCount * CKERNELS_TILE;
        for (size_t cluster = 0; cluster < clusters; cluster++) {
            ints found = {0};
            for (size_t lane = 0; lane < row; lane += LANES) {
                found -= *(const ints *)(labels + lane) == (ints)((int32_t)cluster);
            }
            for (int lane = 0; lane < LANES; lane++) sizes[cluster] += found[lane];
        }
    }
    for (; row < count; row++) {
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
