/// Half-steps and learning of a restricted machine, panel by panel.
///
/// A panel is HM_LINE columns of a matrix, row after row: entry (k, 16 n + j) of a matrix of
/// `height` rows is at (n · height + k) · 16 + j. The weights [visible, hidden] lie in panels of
/// hidden units whose height is `visible` rounded up to whole lines; both kinds of padding are 0.
/// So a thread that owns some panels finds all it reads and writes in one piece, and weights need
/// no transposed copy: the other direction transposes squares of 16 × 16 on its way.
#ifndef HM_LAYERS_H
#define HM_LAYERS_H

#include <stddef.h>
#include <stdint.h>

#include "hm_learning.h"
#include "hm_products.h"
#include "hm_sampling.h"

#pragma clang assume_nonnull begin

/// The most words of inputs that are planned together.
#define HM_PLAN_WORDS 16
/// From so many hidden units on, their plans can be used by halves.
#define HM_HALVED_INPUTS 256
/// Up to so many samples in both phases, `learn` needs no plans.
#define HM_FEW_SAMPLES 32

/// Rows of inputs that are 0 or 1: input k of row m is bit k mod 64 of word ⌊k/64⌋ of the row, rows
/// `stride` words apart, unused bits 0.
typedef struct {
  const uint64_t *bits;
  size_t stride, rows, count;
  /// Memory of `plan_bytes(rows, count, plan_words)`, for `plan` to fill.
  void *plan;
  /// The words of inputs that are planned together, 1 … HM_PLAN_WORDS: threads that share a plan
  /// make as many pieces of it.
  size_t plan_words;
  /// Whether they are hidden units: `visible` adds transposed weights, which a plan expects
  /// elsewhere than those of `hidden` and `learn`. Only `plan` looks at it.
  int are_hidden;
} hm_inputs;

/// What a layer's units answer, 16 units to a panel.
typedef struct {
  /// σ(field) of row m, unit 16 n + j, at (n · panel_rows + m) · 16 + j; panel_rows 0 lets each
  /// panel overwrite the one before. Padding becomes 0.
  float *values;
  size_t panel_rows;
  /// States drawn: bit j of states[n · state_rows + m]; or NULL, and nothing is drawn.
  uint16_t *_Nullable states;
  size_t state_rows;
  size_t units;
} hm_answers;

/// Σₘ xₘ hₘᵀ: the bits of row k say in which samples unit k is on; hidden [samples, hidden] in
/// panels of `panel_rows`.
typedef struct {
  hm_inputs units;
  const float *hidden;
  size_t panel_rows;
} hm_statistics;

/// What learning moves, weights and hidden biases, each with its velocity or NULL; NULL stays.
typedef struct {
  float *_Nullable w, *_Nullable velocity;
  size_t height;
  float *_Nullable bias, *_Nullable bias_velocity;
} hm_panels;

/// All that a machine learns: weights, and biases in whole lines.
typedef struct {
  float *w;
  size_t height;
  float *visible_bias, *hidden_bias;
  size_t visible, hidden;
} hm_machine;

/// Updates along single rows: what moves, and where to put what each update makes: the packed states
/// of the chain, and in whole lines σ of the hidden units that the data cause, of the last ones of
/// the chain, and if wanted of the last visible ones.
typedef struct {
  hm_machine machine;
  uint64_t *visible_states, *hidden_states;
  float *hidden, *chain_hidden;
  float *_Nullable visible;
  /// Only positive, negative and rate are looked at.
  hm_ascent step;
  /// Of every draw but its number.
  hm_draw draw;
} hm_row_learning;

typedef struct {
  /// Bytes of a plan for so many rows and inputs.
  size_t (*plan_bytes)(size_t rows, size_t count, size_t plan_words);

  /// Plans the sums of the words first … end − 1 of some inputs for `panels` panels of outputs;
  /// first is a multiple of plan_words, and so is end unless it is the number of words. Threads may
  /// plan different words at once. Only a whole plan can be used, and none is needed: sums are then
  /// made row by row.
  void (*plan)(hm_inputs inputs, size_t panels, size_t first, size_t end);

  /// The panels first … end − 1 of the hidden units, given visible ones: fields in the order of
  /// products.binary, σ, and draws as in hm_sampling.h, row m being chain draw.chain + m.
  void (*hidden)(hm_answers out, hm_inputs visible, const float *w, size_t height,
                 const float *bias, size_t first, size_t end, hm_draw draw);

  /// The same for panels of visible units, given hidden ones.
  void (*visible)(hm_answers out, hm_inputs hidden, const float *w, size_t height,
                  const float *bias, size_t first, size_t end, hm_draw draw);

  /// Half of the fields of `visible` for at least HM_HALVED_INPUTS hidden units: half 0 is the bias
  /// and the sum over the first ⌈words/2⌉ words of them, half 1 the sum over the others. Row m,
  /// unit 16 n + j is at ((n − first) · rows + m) · 16 + j.
  ///
  /// So threads need not read the weights of each other's hidden units.
  void (*visible_half)(float *fields, hm_inputs hidden, const float *w, size_t height,
                       const float *bias, int half, size_t first, size_t end);

  /// σ and draws, as in `visible`, from fields that are sums of two halves, as they were made.
  void (*answer_halves)(hm_answers out, const float *first_half, const float *second_half,
                        size_t rows, size_t first, size_t end, hm_draw draw);

  /// σ and draws for one panel of fields: values, `panel` and draws as in `hidden`.
  void (*answer)(hm_answers out, size_t panel, size_t rows, hm_draw draw);

  /// sums[k] = the number of bits that are 1 in row k.
  void (*counts)(float *sums, hm_inputs inputs);

  /// Lists in `scratch`, 33 · height floats, what moves, for each `learn` of the same update: one
  /// list serves all panels, and each thread makes its own.
  void (*list_moves)(hm_panels target, hm_statistics positive, hm_statistics negative,
                     hm_ascent step, float *scratch);

  /// `ascend` for the panels first … end − 1 along the statistics of both phases, each summed in
  /// the order of products.binary as planned, and for their hidden biases, without decay, along
  /// the sums of `hidden`. Without velocity and decay, a unit that is on in no sample keeps its
  /// weights untouched. `scratch` is what `list_moves` made of the same arguments. Returns 0 if
  /// every w and bias is finite, else 1.
  int (*learn)(hm_panels target, hm_statistics positive, hm_statistics negative, size_t first,
               size_t end, hm_ascent step, float *scratch);

  /// An update along one row of packed data by a chain of `steps` steps that starts there: `hidden`
  /// given the data, `visible` and `hidden` in turn, under the numbers from `half_step` on, one after
  /// the other; then `learn`, and `ascend` for the visible biases. Returns 0 if every parameter is
  /// finite, else 1.
  int (*learn_from_row)(const hm_row_learning *learning, const uint64_t *data, size_t steps,
                        uint32_t half_step);
} hm_layer_kernels;

#pragma clang assume_nonnull end

#endif
