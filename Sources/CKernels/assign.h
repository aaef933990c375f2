// The assignment of k-means; included by kmeans.h, whose types and numbers it uses.

/// Groups of `LANES` rows in the largest block.
enum { GROUPS = BLOCK / LANES };
/// The share of a block's groups, as one of so many, up to which they are scored one by one.
enum { MOST_APART = 3 };

/// The best scores so far of 16 rows.
typedef struct {
    floats best, second;
    ints index;
} LOOP(leaders);

/// `rows` are the first features of `ROWS` groups, `ahead` those of groups that come later. With
/// `isFirst` these centres are the first, and nothing leads yet.
static inline __attribute__((always_inline)) void
LOOP(compare)(const float *const *rows, const float *const *ahead, size_t features,
              const ckernels_centres *centres, size_t start, const int count, const bool isFirst,
              LOOP(leaders) *leaders) {
    floats score[CLUSTER_BLOCK][ROWS];
#pragma clang loop unroll(full)
    for (int cluster = 0; cluster < count; cluster++) {
#pragma clang loop unroll(full)
        for (int row = 0; row < ROWS; row++) {
            score[cluster][row] = (floats)(-centres->halves[start + cluster]);
        }
    }
    const float *centred = centres->centred + start;
    for (size_t feature = 0; feature < features; feature++) {
        floats value[ROWS];
#pragma clang loop unroll(full)
        for (int row = 0; row < ROWS; row++) {
            value[row] = FLOATS(rows[row] + feature * CKERNELS_TILE);
            // Hardware fetches ahead within a page only.
            if (isFirst) __builtin_prefetch(ahead[row] + feature * CKERNELS_TILE);
        }
#pragma clang loop unroll(full)
        for (int cluster = 0; cluster < count; cluster++) {
            floats centre = (floats)(centred[cluster]);
#pragma clang loop unroll(full)
            for (int row = 0; row < ROWS; row++) score[cluster][row] += value[row] * centre;
        }
        centred += centres->clusters;
    }
#pragma clang loop unroll(full)
    for (int row = 0; row < ROWS; row++) {
        floats best = isFirst ? score[0][row] : leaders[row].best;
        floats second = isFirst ? (floats)(-__builtin_inff()) : leaders[row].second;
        ints index = isFirst ? (ints){0} : leaders[row].index;
#pragma clang loop unroll(full)
        for (int cluster = isFirst; cluster < count; cluster++) {
            floats own = score[cluster][row];
            ints isBetter = own > best;
            floats lesser = own < best ? own : best;
            second = second > lesser ? second : lesser;
            best = own > best ? own : best;
            index = isBetter ? (ints)((int32_t)start + cluster) : index;
        }
        leaders[row].best = best;
        leaders[row].second = second;
        leaders[row].index = index;
    }
}

/// Scores every centre for the rows of `ROWS` groups.
static inline __attribute__((always_inline)) void
LOOP(nearest)(const float *const *rows, const float *const *ahead, size_t features,
              const ckernels_centres *centres, LOOP(leaders) *leaders) {
    size_t start = 0, blocks = (centres->clusters + CLUSTER_BLOCK - 1) / CLUSTER_BLOCK;
    for (size_t block = 0; block < blocks; block++) {
        size_t end = centres->clusters * (block + 1) / blocks;
        switch ((end - start) << 1 | (block == 0)) {
#define COMPARE(count, isFirst)                                                                    \
    case (count) << 1 | (isFirst):                                                                 \
        LOOP(compare)(rows, ahead, features, centres, start, count, isFirst, leaders);             \
        break;
#define COMPARE_BOTH(count) COMPARE(count, 0) COMPARE(count, 1)
            COMPARE_BOTH(1)
            COMPARE_BOTH(2)
            COMPARE_BOTH(3)
            COMPARE_BOTH(4)
            COMPARE_BOTH(5)
            COMPARE_BOTH(6)
#undef COMPARE_BOTH
#undef COMPARE
        }
        start = end;
    }
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

/// How near two scores of a row may be before the plain loop decides.
static inline float LOOP(doubt)(const ckernels_centres *centres, float norm) {
    return centres->base + norm * (centres->slope + norm * centres->square);
}

/// Lists the groups whose rows may have another label than before; returns their number.
static size_t LOOP(unsettled)(const ckernels_centres *centres, const float *norms,
                              const float *gaps, size_t groups, uint16_t *list) {
    size_t count = 0;
    for (size_t group = 0; group < groups; group++) {
        float norm = norms[group * LANES / CKERNELS_TILE];
        float moved = norm * centres->path.high + centres->rise.high;
        list[count] = (uint16_t)group;
        // What rounding adds to either side is less than a sixteenth of 2^-20 of it.
        count += !(gaps[group] * (1 - 0x1p-20f) >
                   moved * (1 + 0x1p-20f) + LOOP(doubt)(centres, norm));
    }
    return count;
}

/// What `unsettled` needs to know of a group that has just been scored.
static inline __attribute__((always_inline)) float
LOOP(gap)(const ckernels_centres *centres, float norm, const floats *margins) {
    typedef float eights __attribute__((ext_vector_type(8)));
    typedef float fours __attribute__((ext_vector_type(4)));
    // Lanes behind the last row are NaN, and never the smaller one.
    floats margin = *margins < __builtin_inff() ? *margins : (floats)(__builtin_inff());
    eights eight = margin.lo < margin.hi ? margin.lo : margin.hi;
    fours four = eight.lo < eight.hi ? eight.lo : eight.hi;
    float one = four[0] < four[1] ? four[0] : four[1], other = four[2] < four[3] ? four[2] : four[3];
    float least = (one < other ? one : other) - LOOP(doubt)(centres, norm);
    if (!(least > 0)) return -__builtin_inff();
    return least + (norm * centres->path.low + centres->rise.low);
}

/// Writes the labels of a group; returns those that are others than before, which `before` gets.
static inline __attribute__((always_inline)) uint32_t
LOOP(relabel)(const ints *found, size_t used, const bool isLarge, int32_t *labels,
              int32_t *before) {
    if (used == LANES) {
        ints old = *(ints *)labels;
        ints isOther = old != *found;
        uint32_t changed = LOOP(mask)(&isOther);
        // Memory that nothing is written to needn't go back. What caches hold is written anyway:
        // whether something has changed is a branch that nobody can foresee.
        if (isLarge && changed == 0) return 0;
        *(ints *)labels = *found;
        *(ints *)before = old;
        return changed;
    }
    int32_t lanes[LANES];
    *(ints *)lanes = *found;
    uint32_t changed = 0;
    for (size_t row = 0; row < used; row++) {
        before[row] = labels[row];
        changed |= (uint32_t)(labels[row] != lanes[row]) << row;
        labels[row] = lanes[row];
    }
    return changed;
}

/// Labels by the plain loop for those of 16 rows that `doubtful` has.
static __attribute__((noinline)) void
LOOP(decideAll)(const double *values, const ckernels_centres *centres, size_t features,
                uint32_t doubtful, ints *found) {
    int32_t lanes[LANES];
    *(ints *)lanes = *found;
    for (; doubtful != 0; doubtful &= doubtful - 1) {
        size_t lane = (size_t)__builtin_ctz(doubtful);
        lanes[lane] = LOOP(decide)(values + lane * features, centres, features);
    }
    *found = *(ints *)lanes;
}

/// Lists the rows whose labels have changed, by the groups' masks.
static size_t LOOP(list)(const uint16_t *changed, size_t groups, uint16_t *moved) {
    size_t count = 0;
    for (size_t group = 0; group < groups; group++) {
        for (uint32_t lanes = changed[group]; lanes != 0; lanes &= lanes - 1) {
            moved[count++] = (uint16_t)(group * LANES + (size_t)__builtin_ctz(lanes));
        }
    }
    return count;
}

static size_t LOOP(assign)(const ckernels_rows *rows, const ckernels_centres *centres, size_t first,
                           size_t count, int32_t *labels, float *gaps, double *record) {
    size_t features = rows->features, groups = (count + LANES - 1) / LANES, changes = 0;
    const float *tiles = rows->tiles + first * features;
    const float *norms = rows->norms + first / CKERNELS_TILE;
    const double *values = rows->values + first * features;
    uint16_t list[GROUPS], changed[GROUPS], moved[BLOCK / MOST_MOVED];
    // From about so many changes on it is quicker to sum all rows anew than to move some.
    size_t most = record == NULL || record[0] != 0 ? 0 : count / MOST_MOVED;
    int32_t before[BLOCK];
    size_t unsettled = groups;
    if (gaps != NULL) unsettled = LOOP(unsettled)(centres, norms, gaps, groups, list);
    // Memory that no cache holds comes quicker in one piece than in many.
    if (gaps == NULL || (rows->sumsTiles && unsettled > groups / MOST_APART)) {
        unsettled = groups;
        for (size_t group = 0; group < groups; group++) list[group] = (uint16_t)group;
    }
    for (size_t group = 0; group < groups; group++) changed[group] = 0;
    for (size_t index = 0; index < unsettled; index += ROWS) {
        const float *places[ROWS], *ahead[ROWS];
        for (size_t row = 0; row < ROWS; row++) {
#define PLACE(at)                                                                                  \
    (tiles + (at) * LANES / CKERNELS_TILE * CKERNELS_TILE * features + (at) * LANES % CKERNELS_TILE)
            size_t own = index + row < unsettled ? index + row : unsettled - 1;
            places[row] = PLACE((size_t)list[own]);
            ahead[row] = own + AHEAD < unsettled ? PLACE((size_t)list[own + AHEAD])
                                                 : PLACE((size_t)list[own] + AHEAD);
#undef PLACE
        }
        LOOP(leaders) leaders[ROWS];
        LOOP(nearest)(places, ahead, features, centres, leaders);
#pragma clang loop unroll(full)
        for (size_t row = 0; row < ROWS; row++) {
            if (index + row >= unsettled) break;
            size_t group = list[index + row], start = group * LANES;
            size_t used = count - start < LANES ? count - start : LANES;
            float norm = norms[start / CKERNELS_TILE];
            floats margins = leaders[row].best - leaders[row].second;
            // Written so that NaN is in doubt.
            ints isNear = ~(margins > (floats)(LOOP(doubt)(centres, norm)));
            uint32_t doubtful = LOOP(mask)(&isNear) & ((UINT32_C(1) << used) - 1);
            if (__builtin_expect(doubtful != 0, 0)) {
                LOOP(decideAll)(values + start * features, centres, features, doubtful,
                                &leaders[row].index);
            }
            uint32_t others = LOOP(relabel)(&leaders[row].index, used, rows->sumsTiles,
                                            labels + start, before + start);
            changed[group] = (uint16_t)others;
            changes += (size_t)__builtin_popcount(others);
            if (gaps != NULL) gaps[group] = LOOP(gap)(centres, norm, &margins);
        }
    }
    if (record == NULL || (changes == 0 && record[0] == 0)) return changes;
    if (record[0] != 0 || changes > most) {
        if (rows->sumsTiles) {
            LOOP(tileSums)(tiles, features, centres->clusters, count, labels, record);
        } else {
            LOOP(sums)(values, features, centres->clusters, count, labels, record);
        }
        return changes;
    }
    record[1] += (double)changes;
    LOOP(list)(changed, groups, moved);
    if (changes >= centres->clusters && centres->clusters * LOOP(padded)(features) <= SUMS) {
        LOOP(moveAll)(rows, first, first + count, centres->clusters, moved, changes, before, labels,
                      record);
    } else {
        LOOP(moveEach)(rows, first, centres->clusters, moved, changes, before, labels, record);
    }
    return changes;
}
