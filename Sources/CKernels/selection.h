// One pass of a selection; included by loops.h.

#define AT(place) (*(doubles *)(place))

static size_t LOOP(selection_scan)(const double *values, const uint16_t *members, size_t count,
                                   const double *bounds, ckernels_selection *found,
                                   double *candidates) {
#pragma clang fp contract(off)
    enum { PIECE = 256, WANTED = CKERNELS_SELECTION_INTERVALS };
    words below[WANTED] = {0}, low[WANTED] = {0}, under[WANTED] = {0};
    words high[WANTED] = {0}, present = {0};
    doubles sum = {0}, smallest = (doubles){0} + INFINITY, largest = (doubles){0} - INFINITY;
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
        for (size_t i = 0; i < whole; i += 8) {
            doubles value = AT(piece + i);
            words inside = {0};
#pragma clang loop unroll(full)
            for (int j = 0; j < WANTED; j++) {
                below[j] += value < bounds[2 * j];
                words is_low = value <= bounds[2 * j];
                low[j] += is_low;
                words less = value < bounds[2 * j + 1];
                under[j] += less;
                high[j] += value <= bounds[2 * j + 1];
                inside |= less & ~is_low;
            }
            words is = value == value;
            present += is;
            sum += is ? value : 0;
            smallest = value < smallest ? value : smallest;
            largest = value > largest ? value : largest;
#pragma clang loop unroll(full)
            for (int lane = 0; lane < 8; lane++) {
                candidates[kept] = piece[i + lane];
                kept -= inside[lane];
            }
        }
    }
    for (int lane = 0; lane < 8; lane++) {
        found->present -= present[lane];
        found->sum += sum[lane];
        found->smallest = smallest[lane] < found->smallest ? smallest[lane] : found->smallest;
        found->largest = largest[lane] > found->largest ? largest[lane] : found->largest;
        for (int j = 0; j < WANTED; j++) {
            found->below[j] -= below[j][lane];
            found->to_low[j] -= low[j][lane];
            found->below_high[j] -= under[j][lane];
            found->to_high[j] -= high[j][lane];
        }
    }
    return kept;
}

#undef AT
