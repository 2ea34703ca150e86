/// Arrays: whole vectors, then one partly filled.

#define HM_MAP(name, function)                                                  \
  static void name(float *out, const float *x, size_t count) {                  \
    size_t i = 0;                                                               \
    for (; i + HM_WIDTH <= count; i += HM_WIDTH) store(out + i, function(load(x + i))); \
    if (i < count) store_some(out + i, function(load_some(x + i, count - i)), count - i); \
  }

HM_MAP(exponential, vexp)
HM_MAP(logarithm, vlog)
HM_MAP(logistic, vlogistic)
HM_MAP(softplus, vsoftplus)

/// hm_exp, step for step; the power of two is split elsewhere, which changes no bit.
static inline vdouble vexp_double(vdouble x) {
  vint64 low = x < -746, high = x > 710;
  vdouble clamped = (vdouble)((low & (vint64)((vdouble){0} - 746)) | (~low & (vint64)x));
  clamped = (vdouble)((high & (vint64)((vdouble){0} + 710)) | (~high & (vint64)clamped));
  vdouble shifted = clamped * HM_LOG2_E + HM_ROUNDING_SHIFT;
  vdouble k = shifted - HM_ROUNDING_SHIFT;
  vdouble upper = clamped - k * HM_LN2_UPPER;
  vdouble lower = k * HM_LN2_LOWER;
  vdouble r = upper - lower;
  vdouble lost = (upper - r) - lower;
  vdouble q = 0x1.1f8b97296df3ap-29 * r + 0x1.af4e55fa96b3bp-26;
  q = q * r + 0x1.27e4cca26fe56p-22;
  q = q * r + 0x1.71de01fd5955dp-19;
  q = q * r + 0x1.a01a01ad0c73fp-16;
  q = q * r + 0x1.a01a01abf882bp-13;
  q = q * r + 0x1.6c16c16c151cep-10;
  q = q * r + 0x1.11111111100bdp-7;
  q = q * r + 0x1.5555555555558p-5;
  q = q * r + 0x1.5555555555557p-3;
  q = q * r + 0.5;
  vdouble y = 1 + (r + ((r * r) * q + lost));
  // k + 2048, positive, so that a logical shift halves it.
  vuint64 exponent = (vuint64)shifted - (0x4338000000000000u - 2048);
  vuint64 half = exponent >> 1;
  y = y * (vdouble)((half + (1023 - 1024)) << 52) *
      (vdouble)((exponent - half + (1023 - 1024)) << 52);
  vint64 undefined = x != x;
  return (vdouble)((undefined & (vint64)x) | (~undefined & (vint64)y));
}

static inline vdouble vlogistic_double(vdouble x) {
  vint64 above = x > 0;
  vdouble e = vexp_double((vdouble)((vuint64)x ^ ((vuint64)above & 0x8000000000000000u)));
  vdouble one = (vdouble){0} + 1;
  vdouble sum = 1 + e;
  vdouble quotient = (vdouble)((above & (vint64)one) | (~above & (vint64)e)) / sum;
  vdouble lost = e - (sum - 1);
  vdouble inverse =
      (vdouble)((above & (vint64)quotient) | (~above & (vint64)(1 - quotient)));
  vdouble y = quotient - quotient * (lost * inverse);
  vint64 undefined = x != x;
  return (vdouble)((undefined & (vint64)x) | (~undefined & (vint64)y));
}

#define HM_MAP_DOUBLE(name, function)                                \
  static void name(double *out, const double *x, size_t count) {     \
    size_t i = 0;                                                    \
    for (; i + HM_WIDTH / 2 <= count; i += HM_WIDTH / 2) {           \
      vdouble v;                                                     \
      memcpy(&v, x + i, sizeof v);                                   \
      v = function(v);                                               \
      memcpy(out + i, &v, sizeof v);                                 \
    }                                                                \
    if (i < count) {                                                 \
      vdouble v = {0};                                               \
      memcpy(&v, x + i, (count - i) * sizeof *x);                    \
      v = function(v);                                               \
      memcpy(out + i, &v, (count - i) * sizeof *x);                  \
    }                                                                \
  }

HM_MAP_DOUBLE(exponential_double, vexp_double)
HM_MAP_DOUBLE(logistic_double, vlogistic_double)
