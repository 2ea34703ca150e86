/// The constants that the reference and the vector version of each Float function share.
///
/// Remez fits on the reduced range, rounded to Float.
#ifndef HM_COEFFICIENTS_H
#define HM_COEFFICIENTS_H

/// ln 2 in two parts; k · upper is exact inside an fma.
#define HM_FLOAT_LN2_UPPER 0x1.62e43p-1f
#define HM_FLOAT_LN2_LOWER -0x1.05c61p-29f
#define HM_FLOAT_LOG2_E 0x1.715476p+0f
/// 1.5 · 2²³: adding it rounds to the nearest integer and leaves that integer in the low bits.
#define HM_FLOAT_SHIFT 0x1.8p23f
#define HM_FLOAT_SHIFT_BITS 0x4b400000

/// Beyond these, exp is 0 or ∞ in Float.
#define HM_FLOAT_EXP_LOWEST -104.0f
#define HM_FLOAT_EXP_HIGHEST 89.0f

/// exp(r) = 1 + r + r² (E0 + E1 r + …), |r| ≤ ½ ln 2.
#define HM_E0 0x1.000000p-1f
#define HM_E1 0x1.555556p-3f
#define HM_E2 0x1.5554e8p-5f
#define HM_E3 0x1.1110aap-7f
#define HM_E4 0x1.6d444ep-10f
#define HM_E5 0x1.a17f4cp-13f

/// ln(1 + f) = f − f²/2 + f³ (L0 + L1 f + …), √½ ≤ 1 + f < √2.
#define HM_L0 0x1.555546p-2f
#define HM_L1 -0x1.ffffeep-3f
#define HM_L2 0x1.99a53ap-3f
#define HM_L3 -0x1.5562dcp-3f
#define HM_L4 0x1.233378p-3f
#define HM_L5 -0x1.fb44a4p-4f
#define HM_L6 0x1.e64886p-4f
#define HM_L7 -0x1.e2df12p-4f
#define HM_L8 0x1.1b4732p-4f
/// Shifts the exponent's change from 2 to √2: 1.0's bits minus √½'s, and √½'s bits.
#define HM_FLOAT_ROOT_SHIFT 0x004afb0d
#define HM_FLOAT_ROOT_BITS 0x3f3504f3

/// ln(1 + e) = e + e² (S0 + S1 e + …), 0 ≤ e ≤ 1.
#define HM_S0 -0x1.000000p-1f
#define HM_S1 0x1.5554d4p-2f
#define HM_S2 -0x1.ffe1cep-3f
#define HM_S3 0x1.983c2cp-3f
#define HM_S4 -0x1.4cee2cp-3f
#define HM_S5 0x1.050556p-3f
#define HM_S6 -0x1.63c0b6p-4f
#define HM_S7 0x1.716fc6p-5f
#define HM_S8 -0x1.ed6d26p-7f
#define HM_S9 0x1.3432f6p-9f

#endif
