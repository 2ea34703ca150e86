/// Eight Floats at a time.
#if defined(__x86_64__)
#pragma STDC FP_CONTRACT OFF

#include <immintrin.h>

#include "../include/CKernels.h"

#define HM_WIDTH 8
// Where a processor knows no prefetch for writing, it is skipped.
#pragma clang attribute push(__attribute__((target("avx2,fma,prfchw"))), apply_to = function)
#include "../body/kernels.h"
#pragma clang attribute pop

#define HM_TABLE hm_kernels_avx2
#define HM_NAME "avx2"
#include "../body/table.h"
#endif
