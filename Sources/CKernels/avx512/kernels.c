/// Sixteen Floats at a time.
#if defined(__x86_64__)
#pragma STDC FP_CONTRACT OFF

#include <immintrin.h>

#include "../include/CKernels.h"

#define HM_WIDTH 16
/// Its instructions take masks of lanes, and one number for all lanes from memory.
#define HM_AVX512
#pragma clang attribute push(                                                       \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,prfchw"))), \
    apply_to = function)
#include "../body/kernels.h"
#pragma clang attribute pop

#define HM_TABLE hm_kernels_avx512
#define HM_NAME "avx512"
#include "../body/table.h"
#endif
