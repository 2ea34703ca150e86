/// Four Floats at a time.
#if defined(__aarch64__)
#pragma STDC FP_CONTRACT OFF

#include "../include/CKernels.h"

#define HM_WIDTH 4
#include "../body/kernels.h"

#define HM_TABLE hm_kernels_neon
#define HM_NAME "neon"
#include "../body/table.h"
#endif
