// How rows become tiles; included by kmeans.h, whose types it uses.

/// Eight features of eight rows, less their offsets, to eight places of eight columns of a tile.
static inline __attribute__((always_inline)) void
LOOP(turn)(const double *const *rows, const double *offsets, float *tile, size_t features) {
#pragma clang fp contract(off)
    doubles offset = EIGHT(offsets);
    eightFloats row[8], pairs[8], fours[8];
#pragma clang loop unroll(full)
    for (int index = 0; index < 8; index++) {
        row[index] = __builtin_convertvector(*(const doubles *)rows[index] - offset, eightFloats);
    }
#pragma clang loop unroll(full)
    for (int index = 0; index < 8; index += 2) {
        pairs[index] = __builtin_shufflevector(row[index], row[index + 1], 0, 8, 1, 9, 4, 12, 5, 13);
        pairs[index + 1] =
            __builtin_shufflevector(row[index], row[index + 1], 2, 10, 3, 11, 6, 14, 7, 15);
    }
#pragma clang loop unroll(full)
    for (int index = 0; index < 8; index += 4) {
#pragma clang loop unroll(full)
        for (int half = 0; half < 2; half++) {
            eightFloats low = pairs[index + half], high = pairs[index + half + 2];
            fours[index + 2 * half] =
                __builtin_shufflevector(low, high, 0, 1, 8, 9, 4, 5, 12, 13);
            fours[index + 2 * half + 1] =
                __builtin_shufflevector(low, high, 2, 3, 10, 11, 6, 7, 14, 15);
        }
    }
#pragma clang loop unroll(full)
    for (int index = 0; index < 4; index++) {
        eightFloats low = fours[index], high = fours[index + 4];
        row[index] = __builtin_shufflevector(low, high, 0, 1, 2, 3, 8, 9, 10, 11);
        row[index + 4] = __builtin_shufflevector(low, high, 4, 5, 6, 7, 12, 13, 14, 15);
    }
    if (features == 8) {
#pragma clang loop unroll(full)
        for (int feature = 0; feature < 8; feature++) {
            *(eightFloats *)(tile + feature * CKERNELS_TILE) = row[feature];
        }
    } else {
        for (size_t feature = 0; feature < features; feature++) {
            *(eightFloats *)(tile + feature * CKERNELS_TILE) = row[feature];
        }
    }
}

/// A whole tile of rows less their offsets.
static void LOOP(turnAll)(const double *values, size_t features, const double *offsets,
                          float *tile) {
#pragma clang fp contract(off)
    for (size_t first = 0; first < features; first += 8) {
        size_t count = features - first < 8 ? features - first : 8;
        if (count <= 2) {
            for (size_t index = first; index < features; index++) {
                for (size_t row = 0; row < CKERNELS_TILE; row++) {
                    tile[index * CKERNELS_TILE + row] =
                        (float)(values[row * features + index] - offsets[index]);
                }
            }
            return;
        }
        double offset[8] = {0}, ends[8][8];
        for (size_t index = 0; index < count; index++) offset[index] = offsets[first + index];
        for (size_t group = 0; group < CKERNELS_TILE; group += 8) {
            const double *rows[8];
            for (size_t row = 0; row < 8; row++) {
                rows[row] = values + (group + row) * features + first;
                // What follows a row's features is read with them, but for the last rows.
                if ((CKERNELS_TILE - group - row) * features - first >= 8) continue;
                for (size_t index = 0; index < 8; index++) {
                    ends[row][index] = index < count ? rows[row][index] : 0;
                }
                rows[row] = ends[row];
            }
            LOOP(turn)(rows, offset, tile + first * CKERNELS_TILE + group, count);
        }
    }
}

static float LOOP(tile)(const double *values, size_t rows, size_t features, const double *offsets,
                        float *tile) {
#pragma clang fp contract(off)
    if (rows == CKERNELS_TILE) {
        LOOP(turnAll)(values, features, offsets, tile);
    } else {
        for (size_t feature = 0; feature < features; feature++) {
            float *column = tile + feature * CKERNELS_TILE;
            for (size_t row = 0; row < rows; row++) {
                column[row] = (float)(values[row * features + feature] - offsets[feature]);
            }
            for (size_t row = rows; row < CKERNELS_TILE; row++) column[row] = 0;
        }
    }
    floats sums[CKERNELS_TILE / LANES], largest = {0};
    ints areNumbers = ~(ints){0};
    for (int part = 0; part < CKERNELS_TILE / LANES; part++) {
        sums[part] = (floats)(0.0f);
        for (size_t feature = 0; feature < features; feature++) {
            floats value = FLOATS(tile + feature * CKERNELS_TILE + part * LANES);
            sums[part] += value * value;
        }
        areNumbers &= sums[part] == sums[part];
        largest = sums[part] > largest ? sums[part] : largest;
    }
    if (LOOP(mask)(&areNumbers) != (1u << LANES) - 1) return __builtin_nanf("");
    float square = 0;
    for (int lane = 0; lane < LANES; lane++) square = largest[lane] > square ? largest[lane] : square;
    for (size_t row = rows; row < CKERNELS_TILE; row++) {
        for (size_t feature = 0; feature < features; feature++) {
            tile[feature * CKERNELS_TILE + row] = __builtin_nanf("");
        }
    }
    // What rounding and underflow of the squares may have taken away.
    return __builtin_sqrtf(square) * (1 + ((float)features + 8) * 0x1p-23f) +
           (float)features * 0x1p-74f;
}
