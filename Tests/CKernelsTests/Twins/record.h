/// What the kernels of the first table wrote, and whether those of the others write the same bits.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// A kernel, the FNV-1a hash of all that it writes, and the table last seen to disagree.
typedef struct {
  const char *name;
  uint64_t hash;
  const hm_kernels *differs;
} kernel_record;

static kernel_record records[64];
static size_t record_count;

/// What the case at hand wrote under the first table.
static unsigned char *expected;
static size_t expected_size, expected_room, place;

static const hm_kernels *running;
static int is_first;
static size_t sizes_at_hand[3];

static kernel_record *record_of(const char *name) {
  for (size_t i = 0; i < record_count; i++) {
    if (strcmp(records[i].name, name) == 0) return &records[i];
  }
  if (record_count == sizeof records / sizeof *records) abort();
  records[record_count] = (kernel_record){name, 0xcbf29ce484222325u, NULL};
  return &records[record_count++];
}

static void expect(const unsigned char *bytes, size_t size) {
  if (expected_size + size > expected_room) {
    expected_room = 2 * (expected_size + size);
    expected = realloc(expected, expected_room);
    if (!expected) abort();
  }
  if (size > 0) memcpy(expected + expected_size, bytes, size);
  expected_size += size;
}

static void see(const char *name, const void *out, size_t size) {
  const unsigned char *bytes = out;
  kernel_record *record = record_of(name);
  if (is_first) {
    for (size_t i = 0; i < size; i++) record->hash = (record->hash ^ bytes[i]) * 0x100000001b3u;
    expect(bytes, size);
    return;
  }
  for (size_t i = 0; i < size && record->differs != running; i++) {
    if (bytes[i] == expected[place + i]) continue;
    record->differs = running;
    fprintf(stderr, "%s: %s differs at sizes %zu, %zu, %zu, byte %zu of %zu\n", running->name,
            name, sizes_at_hand[0], sizes_at_hand[1], sizes_at_hand[2], i, size);
  }
  place += size;
}

/// Notes the first `count` values of what a kernel has written.
#define SEE(kernel, out, count) see(#kernel, out, (count) * sizeof *(out))
