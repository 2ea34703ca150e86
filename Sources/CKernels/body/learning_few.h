/// Learning from few samples, as persistent chains or small batches have them.

/// Groups of so few samples need no plan: all patterns of all of them stay in the first cache, and
/// adding an entry of zeros costs less than a branch.
#define HM_FEW_GROUPS (HM_FEW_SAMPLES / 4)

/// The sums of all patterns of a group of so many samples, which is known when this is inlined.
static inline __attribute__((always_inline)) void fill_group(float *table, const float *samples,
                                                             size_t count) {
  for (size_t v = 0; v < HM_LINE; v += HM_WIDTH) {
    vfloat sums[HM_PATTERNS];
    sums[0] = all(0);
#pragma clang loop unroll(full)
    for (size_t m = 0; m < count; m++) {
      vfloat value = load(samples + m * HM_LINE + v);
#pragma clang loop unroll(full)
      for (size_t lower = 0; lower < (size_t)1 << m; lower++) {
        sums[((size_t)1 << m) + lower] = sums[lower] + value;
      }
    }
#pragma clang loop unroll(full)
    for (size_t pattern = 0; pattern < (size_t)1 << count; pattern++) {
      store(table + pattern * HM_LINE + v, sums[pattern]);
    }
  }
}

/// The same for a few samples of one panel.
static void fill_few(float *table, const float *samples, size_t count) {
  for (; count >= 4; count -= 4, samples += 4 * HM_LINE, table += HM_PATTERNS * HM_LINE) {
    fill_group(table, samples, 4);
  }
  if (count == 3) fill_group(table, samples, 3);
  if (count == 2) fill_group(table, samples, 2);
  if (count == 1) fill_group(table, samples, 1);
}

/// The tables of both phases, one after the other.
#define HM_FEW_ENTRIES (HM_FEW_GROUPS * HM_PATTERNS)

/// For each unit that moves, its row in two numbers, then the places in the tables of its sums in
/// each group.
typedef struct {
  size_t count;
  uint16_t places[];
} few_moves;
#define HM_ROW_NUMBERS 2

/// Units that are looked at together.
#define HM_LISTED 64

static void list_few(few_moves *moves, hm_statistics positive, hm_statistics negative, int skips) {
  const hm_inputs rise = positive.units, fall = negative.units;
  const size_t ups = (rise.count + 3) / 4, downs = (fall.count + 3) / 4;
  uint16_t *place = moves->places;
  moves->count = 0;
  for (size_t top = 0; top < rise.rows; top += HM_LISTED) {
    uint32_t moving[HM_LISTED];
    size_t left = rise.rows - top < HM_LISTED ? rise.rows - top : HM_LISTED, count = 0;
    for (size_t k = top; k < top + left; k++) {
      // The next overwrites one that stays: cheaper than a branch that nobody foresees.
      moving[count] = (uint32_t)k;
      count += ((rise.bits[k * rise.stride] | fall.bits[k * fall.stride]) != 0) | !skips;
    }
    for (size_t i = 0; i < count; i++) {
      uint64_t up = rise.bits[moving[i] * rise.stride], down = fall.bits[moving[i] * fall.stride];
      memcpy(place, &moving[i], sizeof moving[i]);
      place += HM_ROW_NUMBERS;
      for (size_t group = 0; group < ups; group++, up >>= 4) {
        *place++ = (uint16_t)((group * HM_PATTERNS + (up & 15)) * HM_LINE);
      }
      for (size_t group = 0; group < downs; group++, down >>= 4) {
        *place++ = (uint16_t)((HM_FEW_ENTRIES + group * HM_PATTERNS + (down & 15)) * HM_LINE);
      }
    }
    moves->count += count;
  }
}

/// Groups in order; no sum is −0, so the first needs no 0 before it.
static inline void sum_few(vfloat sums[HM_LINE_VECTORS], const float *tables,
                           const uint16_t *places, size_t groups) {
  for (int v = 0; v < HM_LINE_VECTORS; v++) sums[v] = load(tables + places[0] + v * HM_WIDTH);
  for (size_t group = 1; group < groups; group++) {
    const float *entry = tables + places[group];
    for (int v = 0; v < HM_LINE_VECTORS; v++) sums[v] += load(entry + v * HM_WIDTH);
  }
}

/// Moves a panel along the statistics of a few samples; the lanes that are no longer finite.
static inline __attribute__((always_inline)) vint ascend_along_few(
    float *w, float *velocity, const few_moves *moves, const float *tables, size_t ups,
    size_t downs, hm_ascent step) {
  const uint16_t *places = moves->places;
  vint diverged = {0};
  for (size_t i = 0; i < moves->count; i++, places += HM_ROW_NUMBERS + ups + downs) {
    vfloat rise[HM_LINE_VECTORS], fall[HM_LINE_VECTORS];
    uint32_t row;
    memcpy(&row, places, sizeof row);
    sum_few(rise, tables, places + HM_ROW_NUMBERS, ups);
    sum_few(fall, tables, places + HM_ROW_NUMBERS + ups, downs);
#pragma clang loop unroll(full)
    for (size_t v = 0; v < HM_LINE_VECTORS; v++) {
      size_t place = (size_t)row * HM_LINE + v * HM_WIDTH;
      vfloat value = load(w + place), speed = velocity ? load(velocity + place) : (vfloat){0};
      diverged |= ascend_lanes(&value, &speed, rise[v], fall[v], step, velocity != NULL);
      store(w + place, value);
      if (velocity) store(velocity + place, speed);
    }
  }
  return diverged;
}

/// `learn` where each phase has few groups of samples.
static vint learn_few(hm_panels target, hm_statistics positive, hm_statistics negative,
                      size_t first, size_t end, hm_ascent step, const few_moves *moves) {
  _Alignas(64) float tables[2 * HM_FEW_ENTRIES * HM_LINE];
  const size_t ups = (positive.units.count + 3) / 4, downs = (negative.units.count + 3) / 4;
  vint diverged = {0};
  for (size_t n = first; n < end; n++) {
    size_t place = n * target.height * HM_LINE;
    float *w = target.w + place, *velocity = target.velocity ? target.velocity + place : NULL;
    fill_few(tables, positive.hidden + n * positive.panel_rows * HM_LINE, positive.units.count);
    fill_few(tables + HM_FEW_ENTRIES * HM_LINE,
             negative.hidden + n * negative.panel_rows * HM_LINE, negative.units.count);
    // Known numbers of groups, the usual ones, spare the inner loops.
    if (ups == 1 && downs == 1 && !velocity) {
      diverged |= ascend_along_few(w, NULL, moves, tables, 1, 1, step);
    } else if (ups == 3 && downs == 3 && !velocity) {
      diverged |= ascend_along_few(w, NULL, moves, tables, 3, 3, step);
    } else {
      diverged |= ascend_along_few(w, velocity, moves, tables, ups, downs, step);
    }
  }
  return diverged;
}
