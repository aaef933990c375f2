#define CKERNELS_SET portable
#include "loops.h"
