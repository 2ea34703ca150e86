/// The Float functions on vectors; step for step those of reference/float_functions.h.

/// exp(x) without its power of two, whose exponent is `*shifted` less HM_FLOAT_SHIFT_BITS.
static inline vfloat vexp_fraction(vfloat x, vint *shifted) {
  vfloat sum = fma_all(x, all(HM_FLOAT_LOG2_E), all(HM_FLOAT_SHIFT));
  vfloat k = sum - HM_FLOAT_SHIFT;
  vfloat r = fma_all(k, all(-HM_FLOAT_LN2_UPPER), x);
  r = fma_all(k, all(-HM_FLOAT_LN2_LOWER), r);
  vfloat q = fma_all(all(HM_E5), r, all(HM_E4));
  q = fma_all(q, r, all(HM_E3));
  q = fma_all(q, r, all(HM_E2));
  q = fma_all(q, r, all(HM_E1));
  q = fma_all(q, r, all(HM_E0));
  *shifted = (vint)sum;
  return 1 + fma_all(r * r, q, r);
}

static inline vfloat vexp_inside(vfloat x) {
  vint shifted;
  vfloat y = vexp_fraction(x, &shifted);
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
static inline vfloat vlogistic_from(vfloat x, vfloat e) {
  vint above = x > 0;
  vfloat numerator = choose(above, all(1), e);
  vfloat quotient = numerator / (1 + e);
  vfloat residue = fma_all(-quotient, e, numerator - quotient);
  return fma_all(residue, choose(above, quotient, 1 - quotient), quotient);
}

static inline vfloat vlogistic(vfloat x) {
  return choose(x != x, x, vlogistic_from(x, vexp_of_negative(x)));
}

/// Up to this |x|, exp(−|x|) and all on its way are normal numbers.
#define HM_FLOAT_NORMAL 86.0f

/// σ of so many vectors, which is known when this is inlined; whether all their |x| are at most
/// HM_FLOAT_NORMAL, and so all σ(x) are in 2⁻¹²⁶ … 1.
///
/// Inside, the power of two is added to the exponent, and nothing is clamped and no NaN kept.
static inline __attribute__((always_inline)) int logistic_vectors(float *out, const float *x,
                                                                  size_t count) {
  // As integers, the bits of |x| are in the order of |x|, infinity and NaN above.
  vint largest = {0};
#pragma clang loop unroll(full)
  for (size_t i = 0; i < count; i++) {
    largest = __builtin_elementwise_max(largest, (vint)load(x + i * HM_WIDTH) & INT32_MAX);
  }
  if (mask_bits(largest > (vint)all(HM_FLOAT_NORMAL)) != 0) {
    for (size_t i = 0; i < count; i++) {
      store(out + i * HM_WIDTH, vlogistic(load(x + i * HM_WIDTH)));
    }
    return 0;
  }
#pragma clang loop unroll(full)
  for (size_t i = 0; i < count; i++) {
    vfloat value = load(x + i * HM_WIDTH);
    vint shifted;
    vfloat e = vexp_fraction((vfloat)((vint)value | INT32_MIN), &shifted);
    e = (vfloat)((vint)e + (shifted << 23));
    store(out + i * HM_WIDTH, vlogistic_from(value, e));
  }
  return 1;
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
