/// What no training step by contrastive divergence goes without, as loops that do nothing else.
///
/// A line is 16 Floats, one line of one panel of a layer.
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define PHASE_LINE 16
#define PHASE_LINES 8
#define PHASE_PHILOX_ROUNDS 10

/// Words stand in vectors of their own: four vectors are two of words. As many pairs as registers
/// hold.
#define PHASE_PAIRS(bytes) ((bytes) == 64 ? 4 : 3)

/// Vectors in a line, and lines that registers hold sums of.
#define VECTORS(bytes) (64 / (bytes))
#define SIDE_BY_SIDE(bytes) ((bytes) == 16 ? 2 : PHASE_LINES)

#define PHASES_BODY(isa, attributes, bytes)                                                       \
  /* Adds `count` lines of a table, side by side. Each place says where one is, in pairs of */    \
  /* Floats, and four come in one load: both leave more of the loads to the lines. */             \
  attributes static void add_lines_##isa(const float *table, const uint16_t *places,              \
                                         size_t count) {                                          \
    vf_##isa sums[SIDE_BY_SIDE(bytes)][VECTORS(bytes)] = {0};                                     \
    for (size_t i = 0; i < count; i += SIDE_BY_SIDE(bytes)) {                                     \
      uint64_t fours[(SIDE_BY_SIDE(bytes) + 3) / 4] = {0};                                        \
      memcpy(fours, places + i, SIDE_BY_SIDE(bytes) * sizeof *places);                            \
      _Pragma("clang loop unroll(full)") for (size_t r = 0; r < SIDE_BY_SIDE(bytes); r++) {       \
        size_t place = fours[r / 4] >> (16 * (r % 4)) & 0xffff;                                   \
        const vf_##isa *line = (const vf_##isa *)((const char *)table + place * 8);               \
        _Pragma("clang loop unroll(full)") for (int v = 0; v < VECTORS(bytes); v++) {             \
          sums[r][v] += line[v];                                                                  \
        }                                                                                         \
      }                                                                                           \
    }                                                                                             \
    _Pragma("clang loop unroll(full)") for (size_t r = 0; r < SIDE_BY_SIDE(bytes); r++) {         \
      _Pragma("clang loop unroll(full)") for (int v = 0; v < VECTORS(bytes); v++) {               \
        KEEP(sums[r][v]);                                                                         \
      }                                                                                           \
    }                                                                                             \
  }                                                                                               \
  /* Makes `count` sums of lines and stores them in a table. */                                   \
  attributes static void store_lines_##isa(float *table, size_t count) {                          \
    vf_##isa a = {0}, b = {0};                                                                    \
    KEEP(a);                                                                                      \
    for (size_t i = 0; i < count; i++) {                                                          \
      _Pragma("clang loop unroll(full)") for (int v = 0; v < VECTORS(bytes); v++) {               \
        vf_##isa sum = a + b;                                                                     \
        KEEP(sum);                                                                                \
        *(vf_##isa *)(table + i * PHASE_LINE + v * (bytes) / 4) = sum;                            \
      }                                                                                           \
    }                                                                                             \
  }                                                                                               \
  /* Philox4x32-10 on pairs of vectors of words, nothing made of the words. */                    \
  attributes static double philox_##isa(size_t rounds) {                                          \
    vu_##isa c[4][PHASE_PAIRS(bytes)], key = (vu_##isa){0} + 0x9e3779b9u;                         \
    KEEP(key);                                                                                    \
    for (int i = 0; i < 4 * PHASE_PAIRS(bytes); i++) c[i % 4][i / 4] = key + (uint32_t)i;         \
    for (size_t round = 0; round < rounds; round++) {                                             \
      for (int r = 0; r < PHASE_PHILOX_ROUNDS; r++) {                                             \
        _Pragma("clang loop unroll(full)") for (int g = 0; g < PHASE_PAIRS(bytes); g++) {         \
          vu_##isa a = (c[0][g] & 0xffffffffu) * 0xd2511f53u;                                     \
          vu_##isa b = (c[2][g] & 0xffffffffu) * 0xcd9e8d57u;                                     \
          c[0][g] = (b >> 32) ^ c[1][g] ^ key;                                                    \
          c[1][g] = b;                                                                            \
          c[2][g] = (a >> 32) ^ c[3][g] ^ key;                                                    \
          c[3][g] = a;                                                                            \
          KEEP(c[0][g]);                                                                          \
          KEEP(c[2][g]);                                                                          \
        }                                                                                         \
      }                                                                                           \
    }                                                                                             \
    return (double)rounds * 2 * PHASE_PAIRS(bytes) * (bytes / 4);                                 \
  }                                                                                               \
  /* The multiply-adds, additions and the division of a logistic function, eight at a time. */    \
  attributes static double logistic_##isa(size_t rounds) {                                        \
    vf_##isa x[8], a = (vf_##isa){0} + 0.5f;                                                      \
    KEEP(a);                                                                                      \
    for (int i = 0; i < 8; i++) x[i] = a;                                                         \
    for (size_t round = 0; round < rounds; round++) {                                             \
      _Pragma("clang loop unroll(full)") for (int i = 0; i < 8; i++) {                            \
        vf_##isa y = x[i];                                                                        \
        _Pragma("clang loop unroll(full)") for (int step = 0; step < 9; step++) {                 \
          y = __builtin_elementwise_fma(y, a, x[i]);                                              \
        }                                                                                         \
        vf_##isa quotient = a / (a + y);                                                          \
        y = __builtin_elementwise_fma(quotient, y, a - quotient);                                 \
        x[i] = __builtin_elementwise_fma(y, a - quotient, quotient);                              \
        KEEP(x[i]);                                                                               \
      }                                                                                           \
    }                                                                                             \
    return (double)rounds * 8 * (bytes / 4);                                                      \
  }                                                                                               \
  /* Reads, changes and writes so many bytes. */                                                  \
  attributes static void move_##isa(void *memory, size_t size, size_t rounds) {                   \
    vf_##isa a = {0};                                                                             \
    KEEP(a);                                                                                      \
    for (size_t round = 0; round < rounds; round++) {                                             \
      for (char *at = memory, *end = at + size; at < end; at += 16 * bytes) {                     \
        _Pragma("clang loop unroll(full)") for (int i = 0; i < 16; i++) {                         \
          *(vf_##isa *)(at + (size_t)i * bytes) += a;                                             \
        }                                                                                         \
      }                                                                                           \
    }                                                                                             \
  }
