#ifdef __x86_64__
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define CKERNELS_SET avx2
#include "loops.h"
#pragma clang attribute pop
#endif
