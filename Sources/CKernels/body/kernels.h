/// Every kernel, written once for vectors of HM_WIDTH Floats; an instruction set's file sets the
/// width, so all of them compute the same thing by construction.
#include <string.h>

// HM_ROWS rows of a binary product and HM_DENSE_ROWS of a dense one are summed side by side: as
// many as the registers of that width hold.
#if HM_WIDTH == 4
#define HM_ROWS 4
#define HM_DENSE_ROWS 4
#elif HM_WIDTH == 8
#define HM_ROWS 8
#define HM_DENSE_ROWS 6
#elif HM_WIDTH == 16
#define HM_ROWS 8
#define HM_DENSE_ROWS 12
#endif

#include "coefficients.h"
#include "vector.h"

#include "float_functions.h"

#include "binary_plan.h"
#include "binary_product.h"
#include "dense_product.h"
#include "elementwise.h"
#include "layout.h"
#include "philox.h"
#include "sampling.h"
#include "answers.h"
#include "layer_row.h"
#include "layers.h"

#include "ascent.h"
#include "learning_few.h"
#include "learning.h"
#include "learning_row.h"

#include "enumeration.h"
#include "gibbs.h"
#include "gibbs_rows.h"
#include "gibbs_tabulated.h"
