import Testing

@testable import Plots

@Suite struct LogarithmTests {
  @Test(arguments: -300...300) func powersOfTen(exponent: Int) throws {
    let power = try #require(Double("1e\(exponent)"))
    let tolerance = 4 * Double(exponent).ulp
    #expect(abs(decimalLogarithm(power) - Double(exponent)) <= max(tolerance, 1e-16))
  }

  /// OEIS A007524, A114490, A153268: log10 of 2, 3 and √½.
  @Test(arguments: [
    (2, 0.30102999566398120), (3, 0.47712125471966244), (0.7071067811865476, -0.1505149978319906),
  ])
  func known(x: Double, logarithm: Double) {
    #expect(abs(decimalLogarithm(x) - logarithm) <= 2 * logarithm.magnitude.ulp)
  }

  @Test func oneIsExactlyZero() { #expect(decimalLogarithm(1) == 0) }
}
