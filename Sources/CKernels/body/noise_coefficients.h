/// The constants that the reference and the vector version of the noise of updates share.
#ifndef HM_NOISE_COEFFICIENTS_H
#define HM_NOISE_COEFFICIENTS_H

/// log₂(1 + f) = f (N0 + N1 f + …), √½ ≤ 1 + f < √2, to 3.3·10⁻⁷: a minimax fit rounded to Float.
#define HM_N0 0x1.7154c4p+0f
#define HM_N1 -0x1.71582ep-1f
#define HM_N2 0x1.ebff06p-2f
#define HM_N3 -0x1.6f93b2p-2f
#define HM_N4 0x1.30659ap-2f
#define HM_N5 -0x1.173e20p-2f
#define HM_N6 0x1.5d759cp-3f

/// Beyond any field.
#define HM_NOISE_LIMIT 0x1p29f

#endif
