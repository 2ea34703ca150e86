/// Double products in tiles whose sums stay in registers, from panels of columns that stay in the
/// first cache: rows a power of two apart would all fall on the same few of its lines.
#include "scaled_sum.h"

#define HM_DOUBLES (HM_WIDTH / 2)
#define HM_PANEL_VECTORS 2
#define HM_PANEL (HM_PANEL_VECTORS * HM_DOUBLES)
/// Rows of a panel that are taken at a time; 16 KiB for the widest vectors.
#define HM_PANEL_DEPTH (2048 / HM_PANEL)
#define HM_PRODUCT_ROWS 4
/// Rows that share one copy of a panel.
#define HM_LAYER_ROWS 64

static inline vdouble load_doubles(const double *p) {
  vdouble v;
  memcpy(&v, p, sizeof v);
  return v;
}

static inline void store_doubles(double *p, vdouble v) { memcpy(p, &v, sizeof v); }

static inline vdouble all_doubles(double x) { return x - (vdouble){0}; }

/// Copies columns of a matrix side by side, missing ones as 0.
static inline void pack_panel(double *panel, const double *from, size_t stride, size_t depth,
                              size_t width) {
  for (size_t k = 0; k < depth; k++) {
    for (size_t n = 0; n < HM_PANEL; n++) {
      panel[k * HM_PANEL + n] = n < width ? from[k * stride + n] : 0;
    }
  }
}

/// out[m][n] += Σ_k a[m][k] · panel[k][n] for `rows` rows; the first `width` columns are written.
static inline __attribute__((always_inline)) void product_tile(
    int rows, double *out, size_t out_stride, const double *a, size_t a_stride,
    const double *panel, size_t depth, size_t width) {
  vdouble sums[HM_PRODUCT_ROWS][HM_PANEL_VECTORS];
  double line[HM_PANEL] = {0};
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
    memcpy(line, out + (size_t)r * out_stride, width * sizeof *line);
#pragma clang loop unroll(full)
    for (int v = 0; v < HM_PANEL_VECTORS; v++) sums[r][v] = load_doubles(line + v * HM_DOUBLES);
  }
  for (size_t k = 0; k < depth; k++) {
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
      vdouble factor = all_doubles(a[(size_t)r * a_stride + k]);
#pragma clang loop unroll(full)
      for (int v = 0; v < HM_PANEL_VECTORS; v++) {
        sums[r][v] += factor * load_doubles(panel + k * HM_PANEL + v * HM_DOUBLES);
      }
    }
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < HM_PANEL_VECTORS; v++) store_doubles(line + v * HM_DOUBLES, sums[r][v]);
    memcpy(out + (size_t)r * out_stride, line, width * sizeof *line);
  }
}

static void product(double *out, const double *a, const double *b, size_t rows, size_t inner,
                    size_t columns) {
  _Alignas(64) double panel[HM_PANEL_DEPTH * HM_PANEL];
  memset(out, 0, rows * columns * sizeof *out);
  for (size_t first = 0; first < inner; first += HM_PANEL_DEPTH) {
    size_t depth = inner - first < HM_PANEL_DEPTH ? inner - first : HM_PANEL_DEPTH;
    for (size_t n = 0; n < columns; n += HM_PANEL) {
      size_t width = columns - n < HM_PANEL ? columns - n : HM_PANEL;
      pack_panel(panel, b + first * columns + n, columns, depth, width);
      size_t m = 0;
      for (; m + HM_PRODUCT_ROWS <= rows; m += HM_PRODUCT_ROWS) {
        product_tile(HM_PRODUCT_ROWS, out + m * columns + n, columns, a + m * inner + first, inner,
                     panel, depth, width);
      }
      for (; m < rows; m++) {
        product_tile(1, out + m * columns + n, columns, a + m * inner + first, inner, panel, depth,
                     width);
      }
    }
  }
}

/// Π_k (1 + g[m][k] · h[k][n]) over `depth` factors, times what is in `mantissas`, for `rows` rows.
static inline __attribute__((always_inline)) void layer_tile(
    int rows, double *mantissas, int64_t *powers, const double *g, size_t g_stride,
    const double *panel, size_t depth, size_t stretch) {
  vdouble products[HM_PRODUCT_ROWS][HM_PANEL_VECTORS];
  vint64 exponents[HM_PRODUCT_ROWS][HM_PANEL_VECTORS];
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < HM_PANEL_VECTORS; v++) {
      products[r][v] = load_doubles(mantissas + r * HM_PANEL + v * HM_DOUBLES);
      memcpy(&exponents[r][v], powers + r * HM_PANEL + v * HM_DOUBLES,
             sizeof exponents[r][v]);
    }
  }
  for (size_t first = 0; first < depth; first += stretch) {
    size_t end = depth - first < stretch ? depth : first + stretch;
    for (size_t k = first; k < end; k++) {
#pragma clang loop unroll(full)
      for (int r = 0; r < rows; r++) {
        vdouble factor = all_doubles(g[(size_t)r * g_stride + k]);
#pragma clang loop unroll(full)
        for (int v = 0; v < HM_PANEL_VECTORS; v++) {
          products[r][v] *= 1 + factor * load_doubles(panel + k * HM_PANEL + v * HM_DOUBLES);
        }
      }
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
      for (int v = 0; v < HM_PANEL_VECTORS; v++) {
        vuint64 bits = (vuint64)products[r][v];
        exponents[r][v] += (vint64)(bits >> 52) - 1023;
        products[r][v] = (vdouble)((bits & 0x000fffffffffffffu) | 0x3ff0000000000000u);
      }
    }
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < HM_PANEL_VECTORS; v++) {
      store_doubles(mantissas + r * HM_PANEL + v * HM_DOUBLES, products[r][v]);
      memcpy(powers + r * HM_PANEL + v * HM_DOUBLES, &exponents[r][v],
             sizeof exponents[r][v]);
    }
  }
}

static void layer_sums(double *sums, int64_t *exponents, const double *g, const double *h,
                       const double *starts, const int64_t *powers, size_t rows, size_t units,
                       size_t columns, size_t stretch) {
  _Alignas(64) double panel[HM_PANEL_DEPTH * HM_PANEL];
  double mantissas[HM_LAYER_ROWS * HM_PANEL];
  int64_t set_aside[HM_LAYER_ROWS * HM_PANEL];
  for (size_t m = 0; m < rows; m++) {
    sums[m] = 0;
    exponents[m] = HM_NO_EXPONENT;
  }
  for (size_t top = 0; top < rows; top += HM_LAYER_ROWS) {
    size_t height = rows - top < HM_LAYER_ROWS ? rows - top : HM_LAYER_ROWS;
    for (size_t n = 0; n < columns; n += HM_PANEL) {
      size_t width = columns - n < HM_PANEL ? columns - n : HM_PANEL;
      for (size_t i = 0; i < height * HM_PANEL; i++) {
        mantissas[i] = 1;
        set_aside[i] = 0;
      }
      for (size_t first = 0; first < units; first += HM_PANEL_DEPTH) {
        size_t depth = units - first < HM_PANEL_DEPTH ? units - first : HM_PANEL_DEPTH;
        pack_panel(panel, h + first * columns + n, columns, depth, width);
        const double *factors = g + top * units + first;
        size_t m = 0;
        for (; m + HM_PRODUCT_ROWS <= height; m += HM_PRODUCT_ROWS) {
          layer_tile(HM_PRODUCT_ROWS, mantissas + m * HM_PANEL, set_aside + m * HM_PANEL,
                     factors + m * units, units, panel, depth, stretch);
        }
        for (; m < height; m++) {
          layer_tile(1, mantissas + m * HM_PANEL, set_aside + m * HM_PANEL, factors + m * units,
                     units, panel, depth, stretch);
        }
      }
      for (size_t i = 0; i < height * HM_PANEL; i++) {
        size_t m = top + i / HM_PANEL, column = i % HM_PANEL;
        if (column >= width) continue;
        hm_add_scaled(&sums[m], &exponents[m], starts[n + column] * mantissas[i],
                      set_aside[i] + powers[n + column]);
      }
    }
  }
}
