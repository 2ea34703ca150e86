#include <stdlib.h>
#include <string.h>

#include "include/hm_kernels.h"

extern const hm_kernels hm_kernels_reference;
#if defined(__x86_64__)
extern const hm_kernels hm_kernels_avx2, hm_kernels_avx512;
#elif defined(__aarch64__)
extern const hm_kernels hm_kernels_neon;
#endif

static const char *const names[] = {"reference", "avx2", "avx512", "neon"};

/// Stores the kernels this machine can run, fastest first, and returns how many.
static size_t available(const hm_kernels *tables[3]) {
  size_t count = 0;
#if defined(__x86_64__)
  __builtin_cpu_init();
  int has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  int has_avx512 = has_avx2 && __builtin_cpu_supports("avx512f") &&
                   __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
                   __builtin_cpu_supports("avx512vl");
  if (has_avx512) tables[count++] = &hm_kernels_avx512;
  if (has_avx2) tables[count++] = &hm_kernels_avx2;
#elif defined(__aarch64__)
  tables[count++] = &hm_kernels_neon;
#endif
  tables[count++] = &hm_kernels_reference;
  return count;
}

const hm_kernels *hm_kernels_fastest(void) {
  const hm_kernels *tables[3];
  available(tables);
  return tables[0];
}

hm_kernels_status hm_kernels_named(const char *name, const hm_kernels **found) {
  const hm_kernels *tables[3];
  size_t count = available(tables);
  for (size_t i = 0; i < count; i++) {
    if (strcmp(name, tables[i]->name) == 0) {
      *found = tables[i];
      return HM_KERNELS_FOUND;
    }
  }
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (strcmp(name, names[i]) == 0) return HM_KERNELS_UNSUPPORTED;
  }
  return HM_KERNELS_UNKNOWN;
}

const char *hm_kernels_requested(void) { return getenv("HARMONIUM_KERNELS"); }

const char *hm_threads_requested(void) { return getenv("HARMONIUM_THREADS"); }
