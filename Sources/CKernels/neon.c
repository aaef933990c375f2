#ifdef __aarch64__
#define CKERNELS_SET neon
#include "loops.h"
#endif
