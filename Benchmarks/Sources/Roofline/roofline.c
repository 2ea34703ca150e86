#include "Roofline.h"

#include "body.h"
#include "phases.h"

#if defined(__x86_64__)
#define HAS_AVX512 __builtin_cpu_supports("avx512f")
#define HAS_AVX2 (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
ROOFLINE_BODY(avx512, __attribute__((target("avx512f,avx512dq"))), 64)
PHASES_BODY(avx512, __attribute__((target("avx512f,avx512dq"))), 64)
ROOFLINE_BODY(avx2, __attribute__((target("avx2,fma"))), 32)
PHASES_BODY(avx2, __attribute__((target("avx2,fma"))), 32)
ROOFLINE_BODY(baseline, , 16)
PHASES_BODY(baseline, , 16)
#define CALL(function, ...)                     \
  (HAS_AVX512 ? function##_avx512(__VA_ARGS__)  \
   : HAS_AVX2 ? function##_avx2(__VA_ARGS__)    \
              : function##_baseline(__VA_ARGS__))
const char *roofline_instruction_set(void) {
  return HAS_AVX512 ? "avx512" : HAS_AVX2 ? "avx2" : "baseline";
}
#else
ROOFLINE_BODY(neon, , 16)
PHASES_BODY(neon, , 16)
#define CALL(function, ...) function##_neon(__VA_ARGS__)
const char *roofline_instruction_set(void) { return "neon"; }
#endif

double roofline_adds(size_t rounds) { return CALL(adds, rounds); }
double roofline_fmas(size_t rounds) { return CALL(fmas, rounds); }
double roofline_double_fmas(size_t rounds) { return CALL(double_fmas, rounds); }
double roofline_products(size_t rounds) { return CALL(products, rounds); }
void roofline_read(const void *memory, size_t bytes, size_t rounds) {
  CALL(read_all, memory, bytes, rounds);
}

void roofline_add_lines(const float *table, const uint16_t *places, size_t count) {
  CALL(add_lines, table, places, count);
}
void roofline_store_lines(float *table, size_t count) { CALL(store_lines, table, count); }
double roofline_philox(size_t rounds) { return CALL(philox, rounds); }
double roofline_logistic(size_t rounds) { return CALL(logistic, rounds); }
void roofline_move(void *memory, size_t bytes, size_t rounds) {
  CALL(move, memory, bytes, rounds);
}
