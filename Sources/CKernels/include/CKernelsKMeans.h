// The loops of k-means: what they get. Included by CKernels.h.

#ifndef CKERNELS_KMEANS_H
#define CKERNELS_KMEANS_H

#include <stddef.h>
#include <stdint.h>

/// Rows as they were given, and the same rows in tiles.
typedef struct {
    /// rows × features.
    const double *values;
    /// Each value less its column's offset, in tiles (see CKERNELS_TILE).
    const float *tiles;
    /// For each tile no less than the length of its longest row, offsets taken off.
    const float *norms;
    size_t features;
    /// Whether sums are those of the tiles rather than of the values.
    int sumsTiles;
} ckernels_rows;

/// A number and what rounding to `float` made of it, down and up.
typedef struct {
    float low, high;
} ckernels_bounds;

/// Centres, and how near two scores may be before the plain loop decides.
typedef struct {
    /// clusters × features.
    const double *exact;
    /// features × clusters: `exact` less the columns' offsets.
    const float *centred;
    /// Half the squared length of each centre of `centred`.
    const float *halves;
    size_t clusters;
    /// Two scores of a row in a tile of norm n are told apart if they differ by more than
    /// base + n · (slope + n · square).
    float base, slope, square;
    /// How far the centres have gone since gaps are kept: the sum over passes of no less than the
    /// largest difference between the ways of two centres, and of no less than the largest one
    /// between the changes of half their squared lengths.
    ckernels_bounds path, rise;
} ckernels_centres;

/// Every loop of k-means: result type, name, parameters.
///
/// tile: fills a tile with up to 32 rows, less `offsets`. Returns the tile's norm; NaN or infinity
/// where a value isn't finite or doesn't fit.
///
/// assign: gives each of `count` rows, at most 8,192, from row `first` (the first of a tile), the
/// nearest centre, ties to the lowest index, as the plain loop over the exact values would. Returns the number of
/// labels changed. `record`, where there is one, holds a flag, which asks for sums anew, the number
/// of rows whose sums were updated one by one, the clusters' sizes, their sums, and what rounding
/// has taken from the sums (sizes and sums as of `labels` before and after). `gaps`, where it is
/// given, holds for each 16 rows what a later pass needs to leave them out where their labels are
/// sure to stay: from −∞, where nothing is known, and with one path and rise that only grow.
///
/// sums: fills such a record from scratch.
///
/// inertia: the squared distances of `count` rows to the centres that their labels name, summed.
///
/// cover: `closest[r]` becomes the smaller one of itself and the squared distance of row r to the
/// centre, offsets taken off, for so many tiles. Returns the sum of `closest`.
///
/// potentials: for each of up to 4 centres the sum that `cover` would return.
///
/// Every instruction set gives the same bits: in `assign` because near ties are decided by the
/// plain loop, elsewhere because every operation is rounded in the same order.
#define CKERNELS_KMEANS_FUNCTIONS(F)                                                               \
    F(float, tile,                                                                                 \
      (const double *values, size_t rows, size_t features, const double *offsets, float *tile))    \
    F(size_t, assign,                                                                              \
      (const ckernels_rows *rows, const ckernels_centres *centres, size_t first, size_t count,     \
       int32_t *labels, float *gaps, double *record))                                              \
    F(void, sums,                                                                                  \
      (const double *values, size_t features, size_t clusters, size_t count,                       \
       const int32_t *labels, double *record))                                                     \
    F(double, inertia,                                                                             \
      (const double *values, size_t features, size_t clusters, size_t count,                       \
       const int32_t *labels, const double *centres))                                              \
    F(double, cover,                                                                               \
      (const float *tiles, size_t count, size_t features, const float *centre, float *closest))    \
    F(void, potentials,                                                                            \
      (const float *tiles, size_t count, size_t features, const float *const *centres,             \
       size_t candidates, const float *closest, double *potentials))

#endif
