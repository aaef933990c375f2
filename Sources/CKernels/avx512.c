#ifdef __x86_64__
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"))), apply_to = function)
#define CKERNELS_SET avx512
#define CKERNELS_MANY_REGISTERS
#include "loops.h"
#pragma clang attribute pop
#endif
