/// The table HM_TABLE, called HM_NAME, of the kernels included before this.
const hm_kernels HM_TABLE = {
    .name = HM_NAME,
    .elementwise = {exponential, logarithm, logistic, softplus, exponential_double,
                    logistic_double},
    .sampling = {random_words, sample_logistic, sample_bernoulli},
    .products = {binary, dense, column_sums},
    .layout = {transpose, transpose_bits, expand_bits},
    .learning = {ascend},
    .layers = {plan_bytes, plan, hidden, visible, visible_half, answer_halves, answer, counts,
               list_moves, learn, learn_from_row},
    .gibbs = {start_lanes, sweep_lanes, lane_energies, lane_states, start_rows, sweep_rows,
              row_energies, row_states, start_tabulated, sweep_tabulated, tabulated_energies,
              tabulated_states},
    .enumeration = {product, layer_sums},
};
