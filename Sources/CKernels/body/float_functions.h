/// The Float functions on vectors; step for step those of reference/float_functions.h.

/// Vectors that take each step of a function together: chains of operations are long, and they do
/// not wait for one another.
#define HM_ABREAST 8

/// exp(x) without its power of two, whose exponent is shifted[i] less HM_FLOAT_SHIFT_BITS.
static inline __attribute__((always_inline)) void exp_fractions(vfloat *y, vint *shifted,
                                                                const vfloat *x, size_t count) {
  vfloat sum[HM_ABREAST], k[HM_ABREAST], r[HM_ABREAST], q[HM_ABREAST];
  HM_EACH sum[i] = fma_all(x[i], all(HM_FLOAT_LOG2_E), all(HM_FLOAT_SHIFT));
  HM_EACH k[i] = sum[i] - HM_FLOAT_SHIFT;
  HM_EACH r[i] = fma_all(k[i], all(-HM_FLOAT_LN2_UPPER), x[i]);
  HM_EACH r[i] = fma_all(k[i], all(-HM_FLOAT_LN2_LOWER), r[i]);
  HM_EACH q[i] = fma_all(all(HM_E5), r[i], all(HM_E4));
  HM_EACH q[i] = fma_all(q[i], r[i], all(HM_E3));
  HM_EACH q[i] = fma_all(q[i], r[i], all(HM_E2));
  HM_EACH q[i] = fma_all(q[i], r[i], all(HM_E1));
  HM_EACH q[i] = fma_all(q[i], r[i], all(HM_E0));
  HM_EACH shifted[i] = (vint)sum[i];
  HM_EACH y[i] = 1 + fma_all(r[i] * r[i], q[i], r[i]);
}

static inline vfloat vexp_inside(vfloat x) {
  vint shifted;
  vfloat y;
  exp_fractions(&y, &shifted, &x, 1);
  vint exponent = shifted - HM_FLOAT_SHIFT_BITS;
  vint half = exponent >> 1;
  vfloat first = (vfloat)((half + 127) << 23);
  vfloat second = (vfloat)((exponent - half + 127) << 23);
  return y * first * second;
}

static inline vfloat vexp(vfloat x) {
  vfloat clamped = choose(x < HM_FLOAT_EXP_LOWEST, all(HM_FLOAT_EXP_LOWEST), x);
  clamped = choose(clamped > HM_FLOAT_EXP_HIGHEST, all(HM_FLOAT_EXP_HIGHEST), clamped);
  return choose(x != x, x, vexp_inside(clamped));
}

/// exp(−|x|); a NaN stays one.
static inline vfloat vexp_of_negative(vfloat x) {
  vfloat negated = (vfloat)((vint)x | INT32_MIN);
  return vexp_inside(choose(negated < HM_FLOAT_EXP_LOWEST, all(HM_FLOAT_EXP_LOWEST), negated));
}

static inline vfloat vlog(vfloat x) {
  vint subnormal = x < 0x1p-126f;
  vfloat normal = choose(subnormal, x * 0x1p23f, x);
  vint bits = (vint)normal + HM_FLOAT_ROOT_SHIFT;
  vfloat k = __builtin_convertvector((bits >> 23) - 127 - (subnormal & 23), vfloat);
  vfloat f = (vfloat)((bits & 0x007fffff) + HM_FLOAT_ROOT_BITS) - 1;
  vfloat p = fma_all(all(HM_L8), f, all(HM_L7));
  p = fma_all(p, f, all(HM_L6));
  p = fma_all(p, f, all(HM_L5));
  p = fma_all(p, f, all(HM_L4));
  p = fma_all(p, f, all(HM_L3));
  p = fma_all(p, f, all(HM_L2));
  p = fma_all(p, f, all(HM_L1));
  p = fma_all(p, f, all(HM_L0));
  vfloat square = f * f;
  vfloat tail = fma_all(all(-0.5f), square, (square * f) * p);
  tail = fma_all(k, all(HM_FLOAT_LN2_LOWER), tail);
  vfloat y = fma_all(k, all(HM_FLOAT_LN2_UPPER), f + tail);
  const vint infinity = (vint){0} + 0x7f800000;
  y = choose(x < 0, (vfloat)((vint){0} + 0x7fc00000), y);
  y = choose(x == 0, (vfloat)(infinity | INT32_MIN), y);
  return choose((x != x) | (x == (vfloat)infinity), x, y);
}

/// σ(x) from exp(−|x|).
static inline __attribute__((always_inline)) void logistics_from(vfloat *y, const vfloat *x,
                                                                 const vfloat *e, size_t count) {
  vfloat quotient[HM_ABREAST], residue[HM_ABREAST];
  HM_EACH residue[i] = choose(x[i] > 0, all(1), e[i]);
  HM_EACH quotient[i] = residue[i] / (1 + e[i]);
  HM_EACH residue[i] = fma_all(-quotient[i], e[i], residue[i] - quotient[i]);
  HM_EACH {
    vfloat inverse = choose(x[i] > 0, quotient[i], 1 - quotient[i]);
    y[i] = fma_all(residue[i], inverse, quotient[i]);
  }
}

static inline vfloat vlogistic(vfloat x) {
  vfloat e = vexp_of_negative(x), y;
  logistics_from(&y, &x, &e, 1);
  return choose(x != x, x, y);
}

/// The same out of the way: fields so large are rare.
static __attribute__((noinline, cold)) vfloat vlogistic_of_any(vfloat x) { return vlogistic(x); }

/// Up to this |x|, exp(−|x|) and all on its way are normal numbers.
#define HM_FLOAT_NORMAL 86.0f

/// σ of up to HM_ABREAST vectors up to HM_FLOAT_NORMAL: the power of two is added to the exponent,
/// and nothing is clamped and no NaN kept.
static inline __attribute__((always_inline)) void logistics_inside(vfloat *x, size_t count) {
  vfloat negated[HM_ABREAST], e[HM_ABREAST];
  vint shifted[HM_ABREAST];
  HM_EACH negated[i] = (vfloat)((vint)x[i] | INT32_MIN);
  exp_fractions(e, shifted, negated, count);
  HM_EACH e[i] = (vfloat)((vint)e[i] + (shifted[i] << 23));
  logistics_from(x, x, e, count);
}

/// σ of so many vectors, which is known when this is inlined.
static inline __attribute__((always_inline)) void logistic_vectors(vfloat *x, size_t count) {
  // As integers, the bits of |x| are in the order of |x|, infinity and NaN above.
  vint largest = {0};
  HM_EACH largest = __builtin_elementwise_max(largest, (vint)x[i] & INT32_MAX);
  if (mask_bits(largest > (vint)all(HM_FLOAT_NORMAL)) != 0) {
    HM_EACH x[i] = vlogistic_of_any(x[i]);
    return;
  }
#pragma clang loop unroll(full)
  for (size_t i = 0; i < count; i += HM_ABREAST) {
    logistics_inside(x + i, count - i < HM_ABREAST ? count - i : HM_ABREAST);
  }
}

static inline vfloat vsoftplus(vfloat x) {
  vfloat e = vexp_of_negative(x);
  vfloat p = fma_all(all(HM_S9), e, all(HM_S8));
  p = fma_all(p, e, all(HM_S7));
  p = fma_all(p, e, all(HM_S6));
  p = fma_all(p, e, all(HM_S5));
  p = fma_all(p, e, all(HM_S4));
  p = fma_all(p, e, all(HM_S3));
  p = fma_all(p, e, all(HM_S2));
  p = fma_all(p, e, all(HM_S1));
  p = fma_all(p, e, all(HM_S0));
  vfloat tail = fma_all(e * e, p, e);
  return choose(x != x, x, choose(x > 0, x + tail, tail));
}
