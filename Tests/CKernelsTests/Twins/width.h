/// The body HM_WIDTH wide, where the registers are of another width: the compiler splits or joins its
/// vectors, so what its lanes, tails and masks do is proven here too.
#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"

#include <CKernels.h>

#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#endif
#include "../../../Sources/CKernels/body/kernels.h"
#if defined(__x86_64__)
#pragma clang attribute pop
#endif

#include "../../../Sources/CKernels/body/table.h"
