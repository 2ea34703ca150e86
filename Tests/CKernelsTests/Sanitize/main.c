/// Every kernel of every table at sizes around its blocks, on arrays of exactly the size that its
/// contract names: for the sanitizers to watch. Values are not looked at.
#include <CKernels.h>
#include <stdio.h>
#include <stdlib.h>

static const size_t sizes[] = {0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 63, 64, 65, 129};
#define SIZES (sizeof sizes / sizeof *sizes)

static size_t lines(size_t count) { return (count + HM_LINE - 1) / HM_LINE * HM_LINE; }
static size_t words(size_t count) { return (count + 63) / 64; }

static uint32_t state = 1;
static uint32_t next(void) { return state = state * 1664525u + 1013904223u; }

static float *floats(size_t count) {
  float *values = malloc(count * sizeof *values);
  for (size_t i = 0; i < count; i++) values[i] = (float)(int32_t)next() * 0x1p-31f;
  return values;
}

static double *doubles(size_t count) {
  double *values = malloc(count * sizeof *values);
  for (size_t i = 0; i < count; i++) values[i] = (double)next() * 0x1p-32;
  return values;
}

static uint64_t *bits(size_t rows, size_t columns) {
  uint64_t *values = malloc(rows * words(columns) * sizeof *values);
  for (size_t i = 0; i < rows * words(columns); i++) {
    size_t left = columns - i % words(columns) * 64;
    uint64_t word = (uint64_t)next() << 32 | next();
    values[i] = left >= 64 ? word : word & (((uint64_t)1 << left) - 1);
  }
  return values;
}

static void arrays(const hm_kernels *k, size_t count) {
  float *x = floats(count), *out = floats(count), *a = floats(count), *b = floats(count);
  double *y = doubles(count), *z = doubles(count);
  double *whole = doubles(count / 8 * 8), *factors = doubles(count / 8 * 8);
  uint32_t *random = malloc(count * sizeof *random);
  hm_draw draw = {1, 2, 3, 4, 5};
  k->elementwise.exponential(out, x, count);
  k->elementwise.logarithm(out, x, count);
  k->elementwise.logistic(out, x, count);
  k->elementwise.softplus(out, x, count);
  k->elementwise.exponential_double(z, y, count);
  k->elementwise.logistic_double(z, y, count);
  k->elementwise.scaled_log_sum(whole, factors, count / 8 * 8);
  k->sampling.random_words(random, count, draw);
  hm_ascent step = {0.5f, 0.5f, 0.1f, 0.5f, 0.01f};
  k->learning.ascend(x, NULL, a, b, count, step);
  k->learning.ascend(x, out, a, b, count, step);
  free(x), free(out), free(a), free(b), free(y), free(z), free(whole), free(factors), free(random);
}

static void matrices(const hm_kernels *k, size_t rows, size_t columns) {
  float *x = floats(rows * columns), *out = floats(rows * columns);
  uint64_t *packed = bits(rows, columns), *transposed = bits(columns, rows);
  hm_draw draw = {1, 2, 3, 4, 5};
  k->sampling.sample_logistic(packed, words(columns), out, columns, x, columns, rows, columns,
                              draw);
  k->sampling.sample_logistic(packed, words(columns), NULL, 0, x, columns, rows, columns, draw);
  k->sampling.sample_bernoulli(packed, words(columns), x, columns, rows, columns, draw);
  k->layout.transpose(out, rows, x, columns, rows, columns);
  k->layout.transpose_bits(transposed, words(rows), packed, words(columns), rows, columns);
  k->layout.expand_bits(out, columns, packed, words(columns), rows, columns);
  free(x), free(out), free(packed), free(transposed);
}

static void products(const hm_kernels *k, size_t rows, size_t inputs, size_t outputs) {
  size_t stride = lines(outputs);
  float *out = floats(rows * stride), *x = floats(rows * inputs), *bias = floats(stride);
  float *weights = floats(inputs * stride), *transposed = floats(outputs * rows);
  uint64_t *packed = bits(rows, inputs), *other = bits(rows, inputs);
  k->products.binary(out, stride, packed, words(inputs), weights, stride, bias, rows, inputs,
                     outputs);
  k->products.dense(out, stride, x, inputs, 1, weights, stride, NULL, rows, inputs, outputs);
  k->products.dense(out, stride, x, 1, rows, weights, stride, bias, rows, inputs, outputs);
  k->products.column_sums(bias, out, stride, rows, outputs);
  if (inputs > 0 && inputs <= HM_LEARN_SAMPLES) {
    hm_samples up = {packed, words(inputs), weights, stride, inputs};
    hm_samples down = {other, words(inputs), weights, stride, inputs};
    hm_weights target = {out, NULL, stride, transposed, rows};
    hm_ascent step = {0.5f, 0.5f, 0.1f, 0.5f, 0.01f};
    k->learning.learn(target, up, down, rows, outputs, step);
    float *velocity = floats(rows * stride);
    target.velocity = velocity;
    k->learning.learn(target, up, down, rows, outputs, step);
    free(velocity);
  }
  free(out), free(x), free(bias), free(weights), free(transposed), free(packed), free(other);
}

int main(void) {
  static const char *const names[] = {"reference", "avx2", "avx512", "neon"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const hm_kernels *kernels;
    if (hm_kernels_named(names[i], &kernels) != HM_KERNELS_FOUND) continue;
    for (size_t m = 0; m < SIZES; m++) {
      arrays(kernels, sizes[m]);
      for (size_t n = 0; n < SIZES; n++) {
        matrices(kernels, sizes[m], sizes[n]);
        for (size_t k = 0; k < SIZES; k++) products(kernels, sizes[m], sizes[k], sizes[n]);
      }
    }
    // More rows and inputs than one plan covers.
    products(kernels, 2100, 3, 16);
    products(kernels, 131, 1100, 17);
    products(kernels, 260, 1024, 1);
    printf("%s: no report\n", names[i]);
  }
}
