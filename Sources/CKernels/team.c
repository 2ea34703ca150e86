#include "include/hm_team.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/// Turns of a wait before it offers its processor to others, and before it sleeps: some 50 µs, and a
/// millisecond or more. Who sleeps comes late to the next meeting, where then others sleep.
#define SPINS 2000
#define OFFERS 4000
/// For plans and tables on the stack; some systems give a thread less.
#define STACK_BYTES ((size_t)4 << 20)

/// The meeting that this followed, then how many were taken from the end of a share and from its
/// beginning, TAKEN_BITS each; what followed another meeting counts as 0.
typedef struct {
  _Alignas(64) atomic_uint_least64_t taken;
} team_share;
#define TAKEN_BITS 20
#define TAKEN_MASK (((uint64_t)1 << TAKEN_BITS) - 1)

struct hm_team {
  size_t count;
  hm_team_body body;
  void *context;
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  /// Whether `count` is final.
  int is_open;
  atomic_size_t arrived;
  atomic_size_t meeting;
  /// Whether someone said no in an even and in an odd meeting.
  atomic_int said_no[2];
  /// What was taken of each deal, `count` shares one after the other.
  team_share *shares;
};

typedef struct {
  hm_team *team;
  size_t number;
  pthread_t thread;
} member;

static inline void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static void *start(void *argument) {
  member *self = argument;
  hm_team *team = self->team;
  pthread_mutex_lock(&team->mutex);
  while (!team->is_open) pthread_cond_wait(&team->changed, &team->mutex);
  pthread_mutex_unlock(&team->mutex);
  team->body(team->context, team, self->number, team->count);
  return NULL;
}

/// Starts members 1 … and returns how many there are with the caller.
static size_t start_members(hm_team *team, member *members, size_t wanted) {
  pthread_attr_t attributes;
  if (!members || pthread_attr_init(&attributes) != 0) return 1;
  pthread_attr_setstacksize(&attributes, STACK_BYTES);
  size_t count = 1;
  while (count < wanted) {
    members[count] = (member){.team = team, .number = count};
    if (pthread_create(&members[count].thread, &attributes, start, &members[count]) != 0) break;
    count++;
  }
  pthread_attr_destroy(&attributes);
  return count;
}

void hm_team_run(size_t wanted, hm_team_body body, void *context) {
  team_share alone[HM_TEAM_DEALS] = {0};
  hm_team team = {.count = 1, .body = body, .context = context, .shares = alone};
  team_share *shares = wanted > 1 ? aligned_alloc(64, wanted * sizeof alone) : NULL;
  if (!shares) {
    body(context, &team, 0, 1);
    return;
  }
  memset(shares, 0, wanted * sizeof alone);
  team.shares = shares;
  pthread_mutex_init(&team.mutex, NULL);
  pthread_cond_init(&team.changed, NULL);
  member *members = calloc(wanted, sizeof *members);
  size_t count = start_members(&team, members, wanted);
  pthread_mutex_lock(&team.mutex);
  team.count = count;
  team.is_open = 1;
  pthread_cond_broadcast(&team.changed);
  pthread_mutex_unlock(&team.mutex);
  body(context, &team, 0, count);
  for (size_t i = 1; i < count; i++) pthread_join(members[i].thread, NULL);
  free(members);
  free(shares);
  pthread_cond_destroy(&team.changed);
  pthread_mutex_destroy(&team.mutex);
}

static void sleep_through(hm_team *team, size_t meeting) {
  pthread_mutex_lock(&team->mutex);
  while (atomic_load(&team->meeting) == meeting) {
    pthread_cond_wait(&team->changed, &team->mutex);
  }
  pthread_mutex_unlock(&team->mutex);
}

int hm_team_meet(hm_team *team, int says_yes) {
  size_t meeting = atomic_load(&team->meeting);
  if (team->count == 1) {
    atomic_store(&team->meeting, meeting + 1);
    return says_yes;
  }
  if (!says_yes) atomic_store(&team->said_no[meeting % 2], 1);
  if (atomic_fetch_add(&team->arrived, 1) == team->count - 1) {
    atomic_store(&team->arrived, 0);
    atomic_store(&team->said_no[(meeting + 1) % 2], 0);
    pthread_mutex_lock(&team->mutex);
    atomic_store(&team->meeting, meeting + 1);
    pthread_cond_broadcast(&team->changed);
    pthread_mutex_unlock(&team->mutex);
  } else {
    for (int i = 0; i < SPINS && atomic_load(&team->meeting) == meeting; i++) pause_briefly();
    for (int i = 0; i < OFFERS && atomic_load(&team->meeting) == meeting; i++) sched_yield();
    if (atomic_load(&team->meeting) == meeting) sleep_through(team, meeting);
  }
  return !atomic_load(&team->said_no[meeting % 2]);
}

/// Takes a quarter of what is left of a share from number `begin` on, from its end for a thief.
static size_t take_quarter(team_share *share, uint64_t meeting, size_t begin, size_t size,
                           int steals, size_t *first) {
  uint64_t taken = atomic_load(&share->taken), now;
  size_t count, start, end;
  do {
    now = taken >> 2 * TAKEN_BITS == meeting ? taken : meeting << 2 * TAKEN_BITS;
    start = now & TAKEN_MASK;
    end = size - (now >> TAKEN_BITS & TAKEN_MASK);
    if (start == end) return 0;
    count = (end - start + 3) / 4;
  } while (!atomic_compare_exchange_weak(
      &share->taken, &taken, now + ((uint64_t)count << (steals ? TAKEN_BITS : 0))));
  *first = begin + (steals ? end - count : start);
  return count;
}

size_t hm_team_take(hm_team *team, size_t deal, size_t member, size_t total, size_t *first) {
  // As many bits as there is room for: other meetings are long over.
  uint64_t meeting = atomic_load(&team->meeting) & (UINT64_MAX >> 2 * TAKEN_BITS);
  for (size_t i = 0; i < team->count; i++) {
    size_t owner = (member + i) % team->count;
    size_t begin = owner * total / team->count, end = (owner + 1) * total / team->count;
    size_t count = take_quarter(&team->shares[deal * team->count + owner], meeting, begin,
                                end - begin, i > 0, first);
    if (count > 0) return count;
  }
  return 0;
}
