/// The numeric kernels of the engine.
///
/// Every function gives the same bits on every platform and under every instruction set: only
/// + − × ÷ in a stated order, fused multiply-add only where a formula says fma, no libm.
#ifndef CKERNELS_H
#define CKERNELS_H

#include "hm_elementary.h"
#include "hm_kernels.h"
#include "hm_philox.h"
#include "hm_team.h"

#endif
