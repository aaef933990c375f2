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

// Adds the products of `count` columns from `a` on with the eight from `strip` on. Meanwhile the
// rows that come next are fetched, a line of each; a fetch of what isn't there is harmless.
static inline __attribute__((always_inline)) void LOOP(strip_products)(
    const double *deviations, size_t rows, size_t width, size_t a, int count, size_t strip,
    double *products, uintptr_t next, size_t bytes) {
#pragma clang fp contract(off)
    doubles sum[6];
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

static void LOOP(column_products)(const double *values, size_t rows, size_t columns,
                                  const double *centre, double *scratch, double *products,
                                  double *sums) {
#pragma clang fp contract(off)
    size_t width = (columns + 7) / 8 * 8;
    const double *end = values + rows * columns;
    for (size_t start = 0; start < rows; start += CKERNELS_PRODUCT_ROWS) {
        size_t count = rows - start < CKERNELS_PRODUCT_ROWS ? rows - start : CKERNELS_PRODUCT_ROWS;
        for (size_t first = 0; first < width; first += 8) {
            doubles middle;
            LOOP(read_eight)(&middle, centre + first, centre + columns);
            doubles sum = AT(sums + first);
            for (size_t row = 0; row < count; row++) {
                doubles d;
                LOOP(read_eight)(&d, values + (start + row) * columns + first, end);
                d -= middle;
                AT(scratch + row * width + first) = d;
                sum += d;
            }
            AT(sums + first) = sum;
        }
        uintptr_t next = (uintptr_t)(values + (start + count) * columns);
        for (size_t strip = 0; strip < width; strip += 8) {
            for (size_t a = strip; a < columns; a += 6, next += 64) {
#define PRODUCTS(count_)                                                                           \
    LOOP(strip_products)(scratch, count, width, a, count_, strip, products, next, columns * 8)
                switch (columns - a) {
                case 1: PRODUCTS(1); break;
                case 2: PRODUCTS(2); break;
                case 3: PRODUCTS(3); break;
                case 4: PRODUCTS(4); break;
                case 5: PRODUCTS(5); break;
                default: PRODUCTS(6);
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
