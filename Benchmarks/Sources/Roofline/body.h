/// The loops, written once for every vector width.
///
/// Twelve accumulators hide the latency of the operation; the empty assembler statements keep each
/// value in a register and the compiler from folding rounds.
#include <stddef.h>
#include <stdint.h>

#define CHAINS 12
#if defined(__x86_64__)
#define KEEP(v) __asm__ volatile("" : "+v"(v))
#else
#define KEEP(v) __asm__ volatile("" : "+w"(v))
#endif
#define EACH for (int i = 0; i < CHAINS; i++)

#define LOOP(name, attributes, type, lanes, step)         \
  attributes static double name(size_t rounds) {          \
    type chain[CHAINS], a = (type){0} + 1, b = a;         \
    EACH chain[i] = a;                                    \
    KEEP(a);                                              \
    KEEP(b);                                              \
    for (size_t round = 0; round < rounds; round++) {     \
      _Pragma("clang loop unroll(full)") EACH {           \
        chain[i] = step;                                  \
        KEEP(chain[i]);                                   \
      }                                                   \
    }                                                     \
    return (double)rounds * CHAINS * (lanes);             \
  }

#define ROOFLINE_BODY(isa, attributes, bytes)                                                    \
  typedef float vf_##isa __attribute__((vector_size(bytes)));                                    \
  typedef double vd_##isa __attribute__((vector_size(bytes)));                                   \
  typedef uint64_t vu_##isa __attribute__((vector_size(bytes)));                                 \
  LOOP(adds_##isa, attributes, vf_##isa, bytes / 4, chain[i] + a)                                \
  LOOP(fmas_##isa, attributes, vf_##isa, bytes / 4, __builtin_elementwise_fma(chain[i], a, b))   \
  LOOP(double_fmas_##isa, attributes, vd_##isa, bytes / 8,                                       \
       __builtin_elementwise_fma(chain[i], a, b))                                                \
  LOOP(products_##isa, attributes, vu_##isa, bytes / 8,                                          \
       (chain[i] & 0xffffffffu) * (a & 0xffffffffu))                                             \
  attributes static void read_all_##isa(const void *memory, size_t size, size_t rounds) {        \
    for (size_t round = 0; round < rounds; round++) {                                            \
      const char *from = memory;                                                                 \
      for (size_t offset = 0; offset < size; offset += 16 * bytes) {                             \
        _Pragma("clang loop unroll(full)") for (int i = 0; i < 16; i++) {                        \
          vf_##isa v = *(const vf_##isa *)(from + offset + (size_t)i * bytes);                   \
          KEEP(v);                                                                               \
        }                                                                                        \
      }                                                                                          \
    }                                                                                            \
  }
