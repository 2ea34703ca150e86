/// Threads that work together for a while and wait for each other often.
#ifndef HM_TEAM_H
#define HM_TEAM_H

#include <stddef.h>

#pragma clang assume_nonnull begin

typedef struct hm_team hm_team;

typedef void (*hm_team_body)(void *context, hm_team *team, size_t member, size_t count);

/// Runs body(context, team, member, count) for every member 0 … count − 1 at once, member 0 on the
/// thread that calls, and returns when all have returned. `count` is at most `wanted`: as many as
/// threads could be started.
void hm_team_run(size_t wanted, hm_team_body body, void *context);

/// Waits until every member has called this; whether all of them said yes.
///
/// What members wrote before, all can read afterwards. A short wait spins, a long one sleeps.
int hm_team_meet(hm_team *team, int says_yes);

/// Deals that there can be between two meetings.
#define HM_TEAM_DEALS 2

/// Takes for `member` some of what nobody took yet of 0 … total − 1 in a deal since the last
/// meeting: returns how many from *first on, 0 when all are taken. total < 2²⁰.
///
/// First a quarter of what is left of an equal share of its own, so that data stay where they are;
/// then as much from the end of another's, so that all are done at nearly the same time (guided
/// self-scheduling: Polychronopoulos & Kuck 1987; by affinity: Markatos & LeBlanc 1994).
size_t hm_team_take(hm_team *team, size_t deal, size_t member, size_t total, size_t *first);

#pragma clang assume_nonnull end

#endif
