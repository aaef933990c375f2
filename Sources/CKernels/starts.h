// The loops of a k-means++ start; included by kmeans.h, whose types they use.

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
