// Sums of distances from the points of a tile to other rows, by groups of those rows. A template:
// loops.h includes it once for Float32 and once for Double, with NUMBER, NUMBERS (a vector),
// DOUBLES (as many lanes), WIDTH (their number) and NAME defined.
//
// The squares are added without FMA, features in index order: the bits are the same on every
// instruction set, and a distance is the same in both directions.

#define ROOT(squares) __builtin_convertvector(__builtin_elementwise_sqrt(squares), DOUBLES)
#define AT(type, place) (*(type *)(place))

// Adds the distances to a run of rows, in their order. Two rows at a time, so that a value of the
// tile is read once for both.
static inline void JOIN(LOOP(NAME), run)(const NUMBER *tile, size_t features, const NUMBER *others,
                                         size_t count, double *sums) {
#pragma clang fp contract(off)
    for (int first = 0; first < CKERNELS_TILE; first += 2 * WIDTH) {
        const NUMBER *left = tile + first, *right = left + WIDTH;
        DOUBLES a = AT(DOUBLES, sums + first), b = AT(DOUBLES, sums + first + WIDTH);
        size_t other = 0;
        for (; other + 2 <= count; other += 2) {
            const NUMBER *one = others + other * features, *two = one + features;
            NUMBERS a1 = {0}, a2 = {0}, b1 = {0}, b2 = {0};
            for (size_t feature = 0; feature < features; feature++) {
                NUMBERS x = AT(NUMBERS, left + feature * CKERNELS_TILE);
                NUMBERS y = AT(NUMBERS, right + feature * CKERNELS_TILE);
                NUMBERS x1 = x - one[feature], x2 = x - two[feature];
                NUMBERS y1 = y - one[feature], y2 = y - two[feature];
                a1 += x1 * x1;
                a2 += x2 * x2;
                b1 += y1 * y1;
                b2 += y2 * y2;
            }
            a += ROOT(a1);
            a += ROOT(a2);
            b += ROOT(b1);
            b += ROOT(b2);
        }
        if (other < count) {
            const NUMBER *one = others + other * features;
            NUMBERS a1 = {0}, b1 = {0};
            for (size_t feature = 0; feature < features; feature++) {
                NUMBERS x = AT(NUMBERS, left + feature * CKERNELS_TILE) - one[feature];
                NUMBERS y = AT(NUMBERS, right + feature * CKERNELS_TILE) - one[feature];
                a1 += x * x;
                b1 += y * y;
            }
            a += ROOT(a1);
            b += ROOT(b1);
        }
        AT(DOUBLES, sums + first) = a;
        AT(DOUBLES, sums + first + WIDTH) = b;
    }
}

static void LOOP(NAME)(const NUMBER *tile, size_t features, const NUMBER *others,
                       const size_t *ends, size_t runs, const int32_t *groups, size_t labellings,
                       double *sums) {
    size_t start = 0;
    for (size_t run = 0; run < runs; run++) {
        double own[CKERNELS_TILE] = {0};
        JOIN(LOOP(NAME), run)(tile, features, others + start * features, ends[run] - start, own);
        for (size_t labelling = 0; labelling < labellings; labelling++) {
            double *sum = sums + (size_t)groups[run * labellings + labelling] * CKERNELS_TILE;
            for (int row = 0; row < CKERNELS_TILE; row++) sum[row] += own[row];
        }
        start = ends[run];
    }
}

#undef ROOT
#undef AT
#undef NUMBER
#undef NUMBERS
#undef DOUBLES
#undef WIDTH
#undef NAME
