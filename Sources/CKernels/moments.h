// Sums over the columns of a row-major table; included by loops.h. Lanes are columns, products are
// added without FMA: the bits are the same on every instruction set.

#define AT(place) (*(doubles *)(place))

// Reads eight values from `place` on; those from `end` on are 0.
static inline __attribute__((always_inline)) void LOOP(read_eight)(
    doubles *result, const double *place, const double *end) {
    if (end - place >= 8) {
        *result = AT(place);
    } else {
        *result = (doubles){0};
        for (ptrdiff_t lane = 0; lane < end - place; lane++) (*result)[lane] = place[lane];
    }
}

static void LOOP(column_moments)(const double *values, size_t rows, size_t columns,
                                 const double *centre, double *sums, double *squares,
                                 double *varies) {
#pragma clang fp contract(off)
    enum { APART = 4 };
    const double *end = values + rows * columns;
    for (size_t first = 0; first < columns; first += 8) {
        size_t lanes = columns - first < 8 ? columns - first : 8;
        doubles middle;
        LOOP(read_eight)(&middle, centre + first, centre + columns);
        // Rows go to four sums in turn, so that an addition needn't wait for the one before it.
        doubles sum[APART] = {0}, square[APART] = {0};
        words differs = {0};
        size_t row = 0;
        for (; row + APART <= rows; row += APART) {
            const double *place = values + row * columns + first;
#pragma clang loop unroll(full)
            for (int part = 0; part < APART; part++) {
                doubles d;
                LOOP(read_eight)(&d, place + part * columns, end);
                d -= middle;
                sum[part] += d;
                square[part] += d * d;
                differs |= d != 0;
            }
        }
        for (; row < rows; row++) {
            doubles d;
            LOOP(read_eight)(&d, values + row * columns + first, end);
            d -= middle;
            sum[0] += d;
            square[0] += d * d;
            differs |= d != 0;
        }
        doubles total = (sum[0] + sum[1]) + (sum[2] + sum[3]);
        doubles spread = (square[0] + square[1]) + (square[2] + square[3]);
        // Lanes behind the last column hold values of the next row.
        for (size_t lane = 0; lane < lanes; lane++) {
            sums[first + lane] += total[lane];
            squares[first + lane] += spread[lane];
            if (differs[lane]) varies[first + lane] = 1;
        }
    }
}

// Columns whose products are added up at the same time: as many as registers hold.
#ifdef CKERNELS_MANY_REGISTERS
enum { PRODUCTS_TOGETHER = 12 };
#else
enum { PRODUCTS_TOGETHER = 6 };
#endif

// Adds the products of `count` columns from `a` on with the eight from `strip` on. Meanwhile the
// rows that come next are fetched, a line of each; a fetch of what isn't there is harmless.
static inline __attribute__((always_inline)) void LOOP(strip_products)(
    const double *deviations, size_t rows, size_t width, size_t a, int count, size_t strip,
    double *products, uintptr_t next, size_t bytes) {
#pragma clang fp contract(off)
    doubles sum[PRODUCTS_TOGETHER];
#pragma clang loop unroll(full)
    for (int i = 0; i < count; i++) sum[i] = AT(products + (a + i) * width + strip);
    for (size_t row = 0; row < rows; row++) {
        __builtin_prefetch((const void *)(next + row * bytes));
        const double *own = deviations + row * width;
        doubles values = AT(own + strip);
#pragma clang loop unroll(full)
        for (int i = 0; i < count; i++) sum[i] += values * own[a + i];
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < count; i++) AT(products + (a + i) * width + strip) = sum[i];
}

// Writes the deviations of up to four strips of columns, and adds them up: strips together, so that
// an addition needn't wait for that of the row before.
static inline __attribute__((always_inline)) void LOOP(deviations)(
    const double *values, size_t rows, size_t columns, const double *centre, size_t first,
    int strips, const double *end, double *deviations, double *sums) {
#pragma clang fp contract(off)
    size_t width = (columns + 7) / 8 * 8;
    doubles middle[4], sum[4];
#pragma clang loop unroll(full)
    for (int strip = 0; strip < strips; strip++) {
        LOOP(read_eight)(&middle[strip], centre + first + strip * 8, centre + columns);
        sum[strip] = AT(sums + first + strip * 8);
    }
    for (size_t row = 0; row < rows; row++) {
        const double *place = values + row * columns + first;
        double *result = deviations + row * width + first;
        bool isWhole = end - place >= strips * 8;
#pragma clang loop unroll(full)
        for (int strip = 0; strip < strips; strip++) {
            doubles d;
            if (isWhole) {
                d = AT(place + strip * 8);
            } else {
                LOOP(read_eight)(&d, place + strip * 8, end);
            }
            d -= middle[strip];
            AT(result + strip * 8) = d;
            sum[strip] += d;
        }
    }
#pragma clang loop unroll(full)
    for (int strip = 0; strip < strips; strip++) AT(sums + first + strip * 8) = sum[strip];
}

static void LOOP(column_products)(const double *values, size_t rows, size_t columns,
                                  const double *centre, double *scratch, double *products,
                                  double *sums) {
#pragma clang fp contract(off)
    size_t width = (columns + 7) / 8 * 8;
    const double *end = values + rows * columns;
    for (size_t start = 0; start < rows; start += CKERNELS_PRODUCT_ROWS) {
        size_t count = rows - start < CKERNELS_PRODUCT_ROWS ? rows - start : CKERNELS_PRODUCT_ROWS;
        const double *place = values + start * columns;
        for (size_t first = 0; first < width; first += 32) {
#define DEVIATIONS(strips)                                                                         \
    LOOP(deviations)(place, count, columns, centre, first, strips, end, scratch, sums)
            switch ((width - first) / 8) {
            case 1: DEVIATIONS(1); break;
            case 2: DEVIATIONS(2); break;
            case 3: DEVIATIONS(3); break;
            default: DEVIATIONS(4);
            }
#undef DEVIATIONS
        }
        uintptr_t next = (uintptr_t)(values + (start + count) * columns);
        for (size_t strip = 0; strip < width; strip += 8) {
            for (size_t a = strip; a < columns; a += PRODUCTS_TOGETHER, next += 64) {
#define PRODUCTS(count_)                                                                           \
    LOOP(strip_products)(scratch, count, width, a, count_, strip, products, next, columns * 8)
                switch (columns - a) {
                case 1: PRODUCTS(1); break;
                case 2: PRODUCTS(2); break;
                case 3: PRODUCTS(3); break;
                case 4: PRODUCTS(4); break;
                case 5: PRODUCTS(5); break;
#ifdef CKERNELS_MANY_REGISTERS
                case 6: PRODUCTS(6); break;
                case 7: PRODUCTS(7); break;
                case 8: PRODUCTS(8); break;
                case 9: PRODUCTS(9); break;
                case 10: PRODUCTS(10); break;
                case 11: PRODUCTS(11); break;
#endif
                default: PRODUCTS(PRODUCTS_TOGETHER);
                }
#undef PRODUCTS
            }
        }
    }
}

static bool LOOP(are_finite)(const double *values, size_t count) {
    const int64_t exponent = 0x7ff0000000000000;
    words found = {0};
    size_t place = 0;
    for (; place + 8 <= count; place += 8) {
        found |= (*(words *)(values + place) & exponent) == exponent;
    }
    int64_t any = 0;
    for (; place < count; place++) {
        any |= -((*(const int64_t *)(values + place) & exponent) == exponent);
    }
    for (int lane = 0; lane < 8; lane++) any |= found[lane];
    return any == 0;
}

#undef AT
