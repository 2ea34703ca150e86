/// One table of kernels per instruction set, all with the same results bit for bit.
#ifndef HM_KERNELS_H
#define HM_KERNELS_H

#include "hm_elementwise.h"
#include "hm_enumeration.h"
#include "hm_gibbs.h"
#include "hm_layers.h"
#include "hm_layout.h"
#include "hm_learning.h"
#include "hm_products.h"
#include "hm_sampling.h"

#pragma clang assume_nonnull begin

typedef struct {
  /// "reference", "avx2", "avx512" or "neon".
  const char *name;
  hm_elementwise_kernels elementwise;
  hm_sampling_kernels sampling;
  hm_product_kernels products;
  hm_layout_kernels layout;
  hm_learning_kernels learning;
  hm_layer_kernels layers;
  hm_gibbs_kernels gibbs;
  hm_enumeration_kernels enumeration;
} hm_kernels;

typedef enum {
  HM_KERNELS_FOUND,
  /// No kernels have this name.
  HM_KERNELS_UNKNOWN,
  /// The kernels exist, but not for this machine.
  HM_KERNELS_UNSUPPORTED,
} hm_kernels_status;

/// The fastest kernels that this machine can run.
const hm_kernels *hm_kernels_fastest(void);

/// Looks up kernels by name; *found is written only when the status is HM_KERNELS_FOUND.
hm_kernels_status hm_kernels_named(const char *name, const hm_kernels *_Nullable *_Nonnull found);

/// The value of HARMONIUM_KERNELS, or NULL: the name that forces one table for the process.
const char *_Nullable hm_kernels_requested(void);

/// The value of HARMONIUM_THREADS, or NULL: how many threads to use where nothing else is said.
const char *_Nullable hm_threads_requested(void);

#pragma clang assume_nonnull end

#endif
