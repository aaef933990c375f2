// Sums over the columns of a row-major table; included by loops.h. Lanes are columns, products are
// added without FMA: the bits are the same on every instruction set.

#define AT(place) (*(doubles *)(place))
typedef int64_t words __attribute__((ext_vector_type(8), aligned(8)));

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

// Adds the products of `count` columns from `a` on with the eight from `strip` on.
static inline __attribute__((always_inline)) void LOOP(strip_products)(
    const double *deviations, size_t rows, size_t width, size_t a, int count, size_t strip,
    double *products) {
#pragma clang fp contract(off)
    doubles sum[6];
#pragma clang loop unroll(full)
    for (int i = 0; i < count; i++) sum[i] = AT(products + (a + i) * width + strip);
    for (size_t row = 0; row < rows; row++) {
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
        for (size_t strip = 0; strip < width; strip += 8) {
            size_t a = strip;
            while (a < columns) {
                switch (columns - a) {
                case 1: LOOP(strip_products)(scratch, count, width, a, 1, strip, products); break;
                case 2: LOOP(strip_products)(scratch, count, width, a, 2, strip, products); break;
                case 3: LOOP(strip_products)(scratch, count, width, a, 3, strip, products); break;
                case 4: LOOP(strip_products)(scratch, count, width, a, 4, strip, products); break;
                case 5: LOOP(strip_products)(scratch, count, width, a, 5, strip, products); break;
                default: LOOP(strip_products)(scratch, count, width, a, 6, strip, products);
                }
                a += 6;
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
