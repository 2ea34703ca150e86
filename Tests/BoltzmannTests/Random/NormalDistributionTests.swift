import Testing

@testable import Boltzmann

struct NormalDistributionTests {
  /// Quantiles at (k + ½) / 2⁵³ from 60-digit arithmetic.
  @Test(
    arguments: [
      (0, -8.2923610758135955382),
      (1, -8.1607078408585831755),
      (1_048_576, -6.3379576810666337199),
      (1_099_511_627_776, -3.6683292851212067292),
      (281_474_976_710_656, -1.8627318674216506668),
      (630_503_947_831_869, -1.4757910281791706856),
      (720_575_940_379_279, -1.4050715603096324514),
      (1_125_899_906_842_624, -1.1503493803760079086),
      (2_251_799_813_697_593, -0.67448975019176856862),
      (3_377_699_720_527_872, -0.31863936396437501663),
      (4_503_599_627_370_495, -1.3914582123358834611e-16),
      (4_503_599_627_370_496, 1.3914582123358834611e-16),
      (6_192_449_487_634_432, 0.48877641111466965571),
      (9_007_199_254_740_991, 8.2923610758135955382),
    ] as [(UInt64, Double)])
  func quantiles(fraction: UInt64, quantile: Double) {
    let x = inverseNormalDistribution(atFraction: fraction)
    #expect(isClose(x, quantile, relative: 2e-15))
  }

  @Test func isOdd() {
    for k in stride(from: 0 as UInt64, to: 1 << 52, by: 1 << 45) {
      #expect(
        inverseNormalDistribution(atFraction: k)
          == -inverseNormalDistribution(atFraction: (1 << 53) - 1 - k))
    }
  }
}
