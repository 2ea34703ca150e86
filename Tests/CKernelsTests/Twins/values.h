/// Inputs: arrays of exactly as many values as asked for, for the sanitizers to watch their ends,
/// and with the same values on every machine.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state;
static void *taken[64];
static size_t taken_count;

static void *take(size_t size) {
  void *memory = malloc(size);
  if (taken_count == sizeof taken / sizeof *taken || (size > 0 && !memory)) abort();
  return taken[taken_count++] = memory;
}

static void release_all(void) {
  while (taken_count > 0) free(taken[--taken_count]);
}

/// SplitMix64.
static uint64_t next(void) {
  uint64_t z = state += 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}

/// From −scale to scale, a 32nd of them 0 and as many −0.
static float real(float scale) {
  uint64_t word = next();
  if (word % 32 < 2) return word % 32 == 0 ? 0.0f : -0.0f;
  return (float)((int32_t)(word >> 40) - (1 << 23)) * 0x1p-23f * scale;
}

static float *floats(size_t count, float scale) {
  float *values = take(count * sizeof *values);
  for (size_t i = 0; i < count; i++) values[i] = real(scale);
  return values;
}

/// From 0 to scale.
static double *doubles(size_t count, double scale) {
  double *values = take(count * sizeof *values);
  for (size_t i = 0; i < count; i++) values[i] = (double)(next() >> 11) * 0x1p-53 * scale;
  return values;
}

/// Whole numbers from −limit to limit.
static int32_t *whole_numbers(size_t count, int32_t limit) {
  int32_t *values = take(count * sizeof *values);
  for (size_t i = 0; i < count; i++) {
    values[i] = (int32_t)(next() % (2 * (uint64_t)limit + 1)) - limit;
  }
  return values;
}

/// Any bits at all: subnormal, infinite and NaN values too.
static void *patterns(size_t size) {
  unsigned char *values = take(size);
  for (size_t i = 0; i < size; i++) values[i] = (unsigned char)(next() >> 56);
  return values;
}

static size_t lines(size_t count) { return (count + HM_LINE - 1) / HM_LINE * HM_LINE; }
static size_t words(size_t count) { return (count + 63) / 64; }

/// Packed rows, of whose bits one in 2^sparsity is on.
static uint64_t *bits(size_t rows, size_t columns, int sparsity) {
  uint64_t *values = take(rows * words(columns) * sizeof *values);
  for (size_t i = 0; i < rows * words(columns); i++) {
    size_t left = columns - i % words(columns) * 64;
    values[i] = left >= 64 ? UINT64_MAX : ((uint64_t)1 << left) - 1;
    for (int k = 0; k < sparsity; k++) values[i] &= next();
  }
  return values;
}
