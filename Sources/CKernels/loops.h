// The loops, written once over vectors of 64 bytes. Each instruction set includes this file with
// CKERNELS_SET defined; the compiler splits the vectors into registers of that set.

#include "include/CKernels.h"

#include <math.h>

#define JOIN2(a, b) a##_##b
#define JOIN(a, b) JOIN2(a, b)
#define LOOP(name) JOIN(name, CKERNELS_SET)

typedef float floats __attribute__((ext_vector_type(16), aligned(4)));
typedef double doubles __attribute__((ext_vector_type(8), aligned(8)));
typedef double doubles16 __attribute__((ext_vector_type(16), aligned(8)));
enum { LANES = 16 };

#define FLOATS(at) (*(floats *)(at))

#include "kmeans.h"

#define NUMBER float
#define NUMBERS floats
#define DOUBLES doubles16
#define WIDTH 16
#define NAME distance_sums
#include "distances.h"

#define NUMBER double
#define NUMBERS doubles
#define DOUBLES doubles
#define WIDTH 8
#define NAME exact_distance_sums
#include "distances.h"

#include "moments.h"
#include "selection.h"
#include "logarithm.h"

#define STRING2(name) #name
#define STRING(name) STRING2(name)
#define FIELD(result, name, parameters) .name = LOOP(name),

const ckernels_functions LOOP(ckernels) = {
    .name = STRING(CKERNELS_SET), CKERNELS_FUNCTIONS(FIELD)};
