// Squared distances to the own centre; included by kmeans.h, whose types and numbers it uses.

/// Squared deviations of `parts` vectors of features from feature `first` on, summed over the rows.
static inline __attribute__((always_inline)) double
LOOP(ownDistances)(const double *values, size_t features, size_t rows, const int32_t *labels,
                 const double *centres, size_t width, size_t first, const int parts) {
#pragma clang fp contract(off)
    doubles sums[2][2] = {{{0}, {0}}, {{0}, {0}}};
    size_t row = 0;
    for (; row + 2 <= rows; row += 2) {
#pragma clang loop unroll(full)
        for (int next = 0; next < 2; next++) {
            const double *value = values + (row + next) * features + first;
            const double *centre = centres + (size_t)labels[row + next] * width + first;
#pragma clang loop unroll(full)
            for (int part = 0; part < parts; part++) {
                doubles difference =
                    *(const doubles *)(value + 8 * part) - *(const doubles *)(centre + 8 * part);
                sums[next][part] += difference * difference;
            }
        }
    }
    double total = 0;
    for (int part = 0; part < parts; part++) {
        doubles sum = sums[0][part] + sums[1][part];
        size_t start = first + 8 * (size_t)part;
        for (size_t lane = 0; lane < 8 && start + lane < features; lane++) total += sum[lane];
    }
    return total;
}

static double LOOP(inertia)(const double *values, size_t features, size_t clusters, size_t count,
                            const int32_t *labels, const double *centres) {
#pragma clang fp contract(off)
    size_t width = LOOP(padded)(features), rows = 0;
    double total = 0;
    if (clusters * width <= SUMS) {
        double padded[SUMS];
        for (size_t cluster = 0; cluster < clusters; cluster++) {
            for (size_t feature = 0; feature < width; feature++) {
                padded[cluster * width + feature] =
                    feature < features ? centres[cluster * features + feature] : 0;
            }
        }
        // Vectors read beyond a row's last feature, but never beyond the last row.
        size_t behind = (width - features + features - 1) / features;
        rows = count > behind ? (count - behind) / 2 * 2 : 0;
        size_t first = 0;
        for (; first + 8 < width; first += 16) {
            total += LOOP(ownDistances)(values, features, rows, labels, padded, width, first, 2);
        }
        if (first < width) {
            total += LOOP(ownDistances)(values, features, rows, labels, padded, width, first, 1);
        }
    }
    for (size_t row = rows; row < count; row++) {
        const double *value = values + row * features;
        const double *centre = centres + (size_t)labels[row] * features;
        double sum = 0;
        for (size_t feature = 0; feature < features; feature++) {
            double difference = value[feature] - centre[feature];
            sum += difference * difference;
        }
        total += sum;
    }
    return total;
}
