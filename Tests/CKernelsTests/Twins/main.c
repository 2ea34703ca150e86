/// Every kernel of every table that this machine can run, against its plain twin: the same bits at
/// sizes around every block, on arrays of exactly the size that its contract names.
///
///   twins [TABLE …]      only these tables, compared with the first of them
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

static const char *const names[] = {"reference", "avx2", "avx512", "neon", "four", "sixteen"};
static const hm_kernels *tables[sizeof names / sizeof *names];
static size_t table_count;

typedef void (*kernel_case)(const hm_kernels *, size_t, size_t, size_t);

/// One case under every table, each time from the same values.
static void run(kernel_case kernels, size_t a, size_t b, size_t c) {
  sizes_at_hand[0] = a, sizes_at_hand[1] = b, sizes_at_hand[2] = c;
  expected_size = 0;
  for (size_t t = 0; t < table_count; t++) {
    running = tables[t];
    is_first = t == 0;
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
      run(learning_from_row, sizes[m], widths[n], 1 + n % 3);
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
  run(learning_from_row, 300, 1100, 1);
  run(half_steps, 2100, 3, 16);
  run(half_steps, 131, 1100, 17);
  run(half_steps, 9, 17, 1100);
  run(half_steps, 1, 33, 256);
  run(half_steps, 3, 17, 257);
  run(half_steps, 13, 40, 457);
  run(enumeration_products, 9, 600, 33);
  run(layer_sums, 66, 600, 9);
}

/// The body as wide as other machines' registers.
extern const hm_kernels twins_four, twins_sixteen;

/// NULL where this machine cannot run it.
static const hm_kernels *table_named(const char *name) {
  const hm_kernels *found = NULL;
  if (hm_kernels_named(name, &found) == HM_KERNELS_FOUND) return found;
  // On x86-64 these need what avx2 needs.
  if (strcmp(hm_kernels_fastest()->name, "reference") == 0) return NULL;
  if (strcmp(name, twins_four.name) == 0) return &twins_four;
  if (strcmp(name, twins_sixteen.name) == 0) return &twins_sixteen;
  return NULL;
}

static void add_table(const hm_kernels *table) {
  if (table_count == COUNT(tables)) abort();
  tables[table_count++] = table;
}

int main(int argument_count, char **arguments) {
  int failures = 0;
  for (int i = 1; i < argument_count; i++) {
    const hm_kernels *table = table_named(arguments[i]);
    if (table) {
      add_table(table);
    } else {
      fprintf(stderr, "%s: not on this machine\n", arguments[i]);
      failures++;
    }
  }
  for (size_t i = 0; i < COUNT(names) && argument_count == 1; i++) {
    const hm_kernels *table = table_named(names[i]);
    if (table) add_table(table);
  }
  if (table_count == 0) return 1;
  run_sizes();
  run_blocks();
  free(expected);

  for (size_t i = 0; i < record_count; i++) {
    printf("%016llx  %s\n", (unsigned long long)records[i].hash, records[i].name);
    failures += records[i].differs != NULL;
  }
  fprintf(stderr, "%s: run\n", tables[0]->name);
  for (size_t t = 1; t < table_count; t++) {
    fprintf(stderr, "%s: compared with %s\n", tables[t]->name, tables[0]->name);
  }
  size_t kernel_count = (sizeof(hm_kernels) - sizeof(char *)) / sizeof(void (*)(void));
  if (record_count != kernel_count + ELEMENTARY_FUNCTIONS) {
    fprintf(stderr, "%zu of %zu kernels were run\n", record_count - ELEMENTARY_FUNCTIONS,
            kernel_count);
    failures++;
  }
  return failures == 0 ? 0 : 1;
}
