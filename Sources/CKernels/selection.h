// One pass of a selection; included by loops.h.

#define AT(place) (*(doubles *)(place))

/// Numbers that are looked at before those inside of an interval are copied.
enum { PIECE = 256, WANTED = CKERNELS_SELECTION_INTERVALS };

/// What is found so far, a lane each.
typedef struct {
    words below[WANTED], low[WANTED], under[WANTED], high[WANTED], present;
    doubles sum, smallest, largest;
} LOOP(selection);

/// Looks at `count` vectors; a bit of `inside` is set for each lane that is inside of an interval.
/// Where no value is expected to be a bound, one that is counts as inside, or as above.
static inline __attribute__((always_inline)) void
LOOP(look)(const double *piece, size_t count, const double *bounds, const bool hasTies,
           LOOP(selection) *found, uint8_t *inside) {
#pragma clang fp contract(off)
    typedef _Bool eightFlags __attribute__((ext_vector_type(8)));
    LOOP(selection) all = *found;
    for (size_t i = 0; i < count; i++) {
        doubles value = AT(piece + 8 * i);
        words any = {0};
#pragma clang loop unroll(full)
        for (int j = 0; j < WANTED; j++) {
            words isBelow = value < bounds[2 * j], isUnder = value < bounds[2 * j + 1];
            all.below[j] += isBelow;
            all.under[j] += isUnder;
            if (hasTies) {
                words isLow = value <= bounds[2 * j];
                all.low[j] += isLow;
                all.high[j] += value <= bounds[2 * j + 1];
                any |= isUnder & ~isLow;
            } else {
                any |= isUnder & ~isBelow;
            }
        }
        words is = value == value;
        all.present += is;
        all.sum += is ? value : 0;
        all.smallest = value < all.smallest ? value : all.smallest;
        all.largest = value > all.largest ? value : all.largest;
        union {
            eightFlags lanes;
            uint8_t bits;
        } mask = {.lanes = __builtin_convertvector(any, eightFlags)};
        inside[i] = mask.bits;
    }
    *found = all;
}

static size_t LOOP(selection_scan)(const double *values, const uint16_t *members, size_t count,
                                   const double *bounds, bool hasTies, ckernels_selection *found,
                                   double *candidates) {
#pragma clang fp contract(off)
    LOOP(selection) all = {0};
    all.smallest += INFINITY;
    all.largest -= INFINITY;
    size_t kept = 0;
    for (size_t start = 0; start < count; start += PIECE) {
        size_t length = count - start < PIECE ? count - start : PIECE;
        double piece[PIECE];
        if (members) {
            for (size_t i = 0; i < length; i++) piece[i] = values[members[start + i]];
        } else {
            for (size_t i = 0; i < length; i++) piece[i] = values[start + i];
        }
        // What is missing counts nowhere, and so do the lanes behind the last value.
        size_t whole = (length + 7) / 8 * 8;
        for (size_t i = length; i < whole; i++) piece[i] = NAN;
        uint8_t inside[PIECE / 8] = {0};
        if (hasTies) {
            LOOP(look)(piece, whole / 8, bounds, true, &all, inside);
        } else {
            LOOP(look)(piece, whole / 8, bounds, false, &all, inside);
        }
        for (size_t i = 0; i < whole; i += 64) {
            uint64_t bits = 0;
            for (size_t byte = 0; byte < 8; byte++) {
                bits |= (uint64_t)inside[i / 8 + byte] << 8 * byte;
            }
            for (; bits != 0; bits &= bits - 1) {
                candidates[kept++] = piece[i + (size_t)__builtin_ctzll(bits)];
            }
        }
    }
    for (int lane = 0; lane < 8; lane++) {
        found->present -= all.present[lane];
        found->sum += all.sum[lane];
        found->smallest =
            all.smallest[lane] < found->smallest ? all.smallest[lane] : found->smallest;
        found->largest = all.largest[lane] > found->largest ? all.largest[lane] : found->largest;
        for (int j = 0; j < WANTED; j++) {
            found->below[j] -= all.below[j][lane];
            found->below_high[j] -= all.under[j][lane];
            found->to_low[j] -= hasTies ? all.low[j][lane] : all.below[j][lane];
            found->to_high[j] -= hasTies ? all.high[j][lane] : all.under[j][lane];
        }
    }
    return kept;
}

#undef AT
