// ln(1 + x); included by loops.h. Without FMA or a library's function, so that the bits are the
// same on every instruction set and system.

#define AT(type, place) (*(type *)(place))

// With 1 + x = 2^k · (1 + f), 1 + f around 1, and s = f / (2 + f): ln(1 + f) = 2 artanh(s), whose
// series is 2 (s + s³/3 + s⁵/5 + …). Here 2s is f - s · f, of which f is exact. What 1 + x is
// rounded by is added in the end, relative to it.
static inline __attribute__((always_inline)) void LOOP(log1p_eight)(const double *values,
                                                                   double *result) {
#pragma clang fp contract(off)
    const int64_t half = 0x3fe6a09e667f3bcd; // the bits of √½
    const double ln2_high = 0x1.62e42feep-1, ln2_low = 0x1.a39ef35793c76p-33;
    doubles x = AT(doubles, values), u = 1 + x;
    words bits = (words)u, power = (bits - half) >> 52;
    // Where 1 + x needs no halving or doubling, f is x itself, to the last digit.
    words is_near = power == 0;
    doubles f = (doubles)(bits - (power << 52)) - 1;
    f = is_near ? x : f;
    doubles lost = u > 2 ? 1 - (u - x) : x - (u - 1);
    lost = is_near ? 0 : lost / u;
    // A small whole number in the last bits of 1.5 · 2^52 becomes a double.
    doubles k = (doubles)(power + 0x4338000000000000) - 0x1.8p52;
    doubles s = f / (2 + f), z = s * s, w = z * z;
    doubles even = w * (2.0 / 5 + w * (2.0 / 9 + w * (2.0 / 13 + w * (2.0 / 17 + w * (2.0 / 21)))));
    doubles odd =
        z * (2.0 / 3 + w * (2.0 / 7 + w * (2.0 / 11 + w * (2.0 / 15 + w * (2.0 / 19)))));
    doubles square = 0.5 * f * f;
    doubles tail = s * (square + (even + odd)) + (k * ln2_low + lost);
    doubles found = k * ln2_high - ((square - tail) - f);
    found = x == INFINITY ? x : found;
    found = x == -1 ? -INFINITY : found;
    found = x == 0 ? x : found;
    AT(doubles, result) = x >= -1 ? found : NAN;
}

static void LOOP(log1p_all)(const double *values, size_t count, double *result) {
    size_t place = 0;
    for (; place + 8 <= count; place += 8) LOOP(log1p_eight)(values + place, result + place);
    if (place == count) return;
    double rest[8] = {0};
    for (size_t lane = 0; place + lane < count; lane++) rest[lane] = values[place + lane];
    LOOP(log1p_eight)(rest, rest);
    for (size_t lane = 0; place + lane < count; lane++) result[place + lane] = rest[lane];
}

#undef AT
