// How sums follow labels that change; included by kmeans.h, whose types and numbers they use.

/// Rows that are copied before they are added to sums.
enum { COPIES = 16 };

/// Has a row brought into the caches.
static inline __attribute__((always_inline)) void LOOP(fetch)(const double *row, size_t features) {
    for (size_t feature = 0; feature < features + 7; feature += 8) __builtin_prefetch(row + feature);
}

/// Adds to a sum and notes what rounding takes away (Knuth's two-sum), so that what comes and goes
/// leaves nothing behind.
static inline __attribute__((always_inline)) void
LOOP(add)(double *sum, double *low, double added) {
#pragma clang fp contract(off)
    double before = *sum, after = before + added, part = after - before;
    *low += (before - (after - part)) + (added - part);
    *sum = after;
}

/// Where the values of a row are, as doubles, with `width` of them to be read: in the matrix, or in
/// `copy`. What lies behind the last feature is any number.
static inline __attribute__((always_inline)) const double *
LOOP(rowValues)(const ckernels_rows *rows, size_t row, size_t end, size_t width, double *copy) {
    size_t features = rows->features, lane = row % CKERNELS_TILE;
    const double *values = rows->values + row * features;
    if (rows->sumsTiles) {
        const float *tile = rows->tiles + (row - lane) * features + lane;
        for (size_t feature = 0; feature < features; feature++) {
            copy[feature] = (double)tile[feature * CKERNELS_TILE];
        }
        return copy;
    }
    if ((end - row) * features >= width) return values;
    for (size_t feature = 0; feature < features; feature++) copy[feature] = values[feature];
    return copy;
}

/// Takes rows off the sums of the clusters that they left and adds them to those of others. What
/// the rows change in all is worked out first. `end` is the row behind the block's last.
static void LOOP(moveAll)(const ckernels_rows *rows, size_t first, size_t end, size_t clusters,
                          const uint16_t *places, size_t changes, const int32_t *before,
                          const int32_t *labels, double *record) {
    size_t features = rows->features, width = LOOP(padded)(features);
    double *sums = record + 2 + clusters, *low = sums + clusters * features;
    // Rows are copied some steps before they are added: memory that was just written number by
    // number is slow to read as a vector.
    double differences[SUMS], copies[SUMS];
    const double *values[COPIES];
    size_t most = SUMS / width < COPIES ? 1 : COPIES;
    for (size_t index = 0; index < clusters * width; index++) differences[index] = 0;
    for (size_t index = 0; index < most * width; index++) copies[index] = 0;
    for (size_t start = 0; start < changes; start += most) {
        size_t count = changes - start < most ? changes - start : most;
        size_t next = start + count + most < changes ? start + count + most : changes;
        for (size_t index = start + count; index < next && !rows->sumsTiles; index++) {
            LOOP(fetch)(rows->values + (first + places[index]) * features, features);
        }
        for (size_t index = 0; index < count; index++) {
            values[index] = LOOP(rowValues)(rows, first + places[start + index], end, width,
                                            copies + index * width);
        }
        for (size_t index = 0; index < count; index++) {
            size_t place = places[start + index];
            size_t from = (size_t)before[place], to = (size_t)labels[place];
            record[2 + from] -= 1;
            record[2 + to] += 1;
            LOOP(takeRow)(differences + from * width, values[index], width);
            LOOP(addRow)(differences + to * width, values[index], width);
        }
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
