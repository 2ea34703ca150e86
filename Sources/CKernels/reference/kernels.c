/// The plain twin of every kernel: the formulas of include/, nothing else.
#pragma STDC FP_CONTRACT OFF

#include "../include/CKernels.h"
#include "float_functions.h"

#include "elementwise.h"
#include "enumeration.h"
#include "gibbs.h"
#include "gibbs_tabulated.h"
#include "layout.h"
#include "products.h"
#include "learning.h"
#include "sampling.h"
#include "layers.h"

#define HM_TABLE hm_kernels_reference
#define HM_NAME "reference"
#include "../body/table.h"
