/// Philox4x32-10: four random words from a counter and a key.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
#ifndef HM_PHILOX_H
#define HM_PHILOX_H

#include <stdint.h>

#define HM_PHILOX_MULTIPLIER_0 0xd2511f53u
#define HM_PHILOX_MULTIPLIER_1 0xcd9e8d57u
#define HM_PHILOX_WEYL_0 0x9e3779b9u
#define HM_PHILOX_WEYL_1 0xbb67ae85u
#define HM_PHILOX_ROUNDS 10

/// The four words of one counter.
typedef struct {
  uint32_t x, y, z, w;
} hm_philox_block;

/// The words of the counter (c0, c1, c2, c3) under the key (k0, k1); each is uniform on 0 … 2³²−1.
static inline hm_philox_block hm_philox4x32_10(uint32_t c0, uint32_t c1, uint32_t c2, uint32_t c3,
                                               uint32_t k0, uint32_t k1) {
  for (int round = 0; round < HM_PHILOX_ROUNDS; round++) {
    uint64_t a = (uint64_t)HM_PHILOX_MULTIPLIER_0 * c0;
    uint64_t b = (uint64_t)HM_PHILOX_MULTIPLIER_1 * c2;
    c0 = (uint32_t)(b >> 32) ^ c1 ^ k0;
    c1 = (uint32_t)b;
    c2 = (uint32_t)(a >> 32) ^ c3 ^ k1;
    c3 = (uint32_t)a;
    k0 += HM_PHILOX_WEYL_0;
    k1 += HM_PHILOX_WEYL_1;
  }
  hm_philox_block block = {c0, c1, c2, c3};
  return block;
}

#endif
