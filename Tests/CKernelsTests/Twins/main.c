/// Every kernel of every table that this machine can run, against its plain twin: the same bits at
/// sizes around every block, on arrays of exactly the size that its contract names.
///
/// Prints a hash of all that each kernel writes, the same on every machine. A new kernel is one
/// line, its call and a SEE, in the file of its family.
#include <CKernels.h>
#include <math.h>

#include "record.h"
#include "values.h"

#include "elementary.h"
#include "elementwise.h"
#include "enumeration.h"
#include "gibbs.h"
#include "layout.h"
#include "learning.h"
#include "products.h"
#include "sampling.h"

#include "layers.h"

static const hm_kernels *tables[4];
static size_t table_count;

typedef void (*kernel_case)(const hm_kernels *, size_t, size_t, size_t);

/// One case under every table, the reference first, each time from the same values.
static void run(kernel_case kernels, size_t a, size_t b, size_t c) {
  sizes_at_hand[0] = a, sizes_at_hand[1] = b, sizes_at_hand[2] = c;
  expected_size = 0;
  for (size_t t = 0; t < table_count; t++) {
    running = tables[t];
    is_reference = t == 0;
    place = 0;
    state = a << 40 ^ b << 20 ^ c;
    kernels(running, a, b, c);
    release_all();
  }
}

static const size_t sizes[] = {0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 129};
/// The same for the lengths of sums, and for how many of them lie side by side.
static const size_t lengths[] = {0, 1, 3, 4, 5, 64, 65};
static const size_t widths[] = {0, 1, 5, 8, 15, 16, 17, 65};
#define COUNT(array) (sizeof(array) / sizeof *(array))

static void run_sizes(void) {
  for (size_t m = 0; m < COUNT(sizes); m++) {
    run(elementwise, sizes[m], 0, 0);
    run(ascending, sizes[m], 0, 0);
    run(gibbs, sizes[m], 1, 3);
    run(gibbs, sizes[m], 1, 1000);
    run(gibbs, sizes[m], 5, 40);
    for (size_t n = 0; n < COUNT(sizes); n++) {
      run(sampling, sizes[m], sizes[n], 0);
      run(layout, sizes[m], sizes[n], 0);
    }
    for (size_t n = 0; n < COUNT(widths); n++) {
      for (size_t k = 0; k < COUNT(lengths); k++) {
        run(products, sizes[m], lengths[k], widths[n]);
        run(half_steps, sizes[m], lengths[k], widths[n]);
        run(learning, sizes[m], lengths[k], widths[n]);
        run(enumeration_products, sizes[m], lengths[k], widths[n]);
        run(layer_sums, sizes[m], lengths[k], widths[n]);
      }
    }
  }
}

/// More rows, inputs, units or values than one block covers.
static void run_blocks(void) {
  run(elementary, 10000, 0, 0);
  run(every_float, 16411, 0, 0);
  run(gibbs, 300, 1, 100000);
  // Fields up to the largest, of units without neighbours.
  run(gibbs, 129, 1000, 500000000);
  run(products, 2100, 3, 16);
  run(products, 131, 1100, 17);
  run(products, 260, 1024, 1);
  run(products, 5, 70, 300);
  run(learning, 1030, 65, 5);
  run(learning, 140, 1030, 2);
  run(learning, 140, 33, 17);
  run(half_steps, 2100, 3, 16);
  run(half_steps, 131, 1100, 17);
  run(half_steps, 9, 17, 1100);
  run(enumeration_products, 9, 600, 33);
  run(layer_sums, 66, 600, 9);
}

static int was_compared(const char *name) {
  for (size_t t = 0; t < table_count; t++) {
    if (strcmp(tables[t]->name, name) == 0) return 1;
  }
  return 0;
}

/// Arguments are the names of tables that this machine must be able to run.
int main(int argument_count, char **arguments) {
  static const char *const names[] = {"reference", "avx2", "avx512", "neon"};
  for (size_t i = 0; i < COUNT(names); i++) {
    if (hm_kernels_named(names[i], &tables[table_count]) == HM_KERNELS_FOUND) table_count++;
  }
  run_sizes();
  run_blocks();
  free(expected);

  int failures = 0;
  for (size_t i = 0; i < record_count; i++) {
    printf("%016llx  %s\n", (unsigned long long)records[i].hash, records[i].name);
    failures += records[i].differs != NULL;
  }
  for (size_t t = 1; t < table_count; t++) fprintf(stderr, "%s: compared\n", tables[t]->name);
  for (int i = 1; i < argument_count; i++) {
    if (was_compared(arguments[i])) continue;
    fprintf(stderr, "%s: not on this machine\n", arguments[i]);
    failures++;
  }
  size_t kernel_count = (sizeof(hm_kernels) - sizeof(char *)) / sizeof(void (*)(void));
  if (record_count != kernel_count + ELEMENTARY_FUNCTIONS) {
    fprintf(stderr, "%zu of %zu kernels were run\n", record_count - ELEMENTARY_FUNCTIONS,
            kernel_count);
    failures++;
  }
  return failures == 0 ? 0 : 1;
}
