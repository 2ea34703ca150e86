import Boltzmann
import Testing

struct StudentDistributionTests {
  /// One and two degrees of freedom have closed forms, many are normal.
  @Test func knownForms() {
    #expect(isClose(studentCoverage(within: 1, degreesOfFreedom: 1), 0.5, relative: 1e-15))
    for t in [0.1, 1, 2.5, 40] {
      let exact = t / (2 + t * t).squareRoot()
      #expect(isClose(studentCoverage(within: t, degreesOfFreedom: 2), exact, relative: 1e-14))
    }
    #expect(studentCoverage(within: 0, degreesOfFreedom: 7) == 0)
    #expect(abs(studentCoverage(within: 2.5758293, degreesOfFreedom: 1_000_001) - 0.99) < 1e-6)
  }

  /// Two-sided points of 99 % and 95 % from Abramowitz and Stegun, table 26.10.
  @Test(arguments: [
    (1, 63.657, 0.99), (3, 5.841, 0.99), (4, 4.604, 0.99), (9, 3.250, 0.99), (30, 2.750, 0.99),
    (1, 12.706, 0.95), (5, 2.571, 0.95), (8, 2.306, 0.95), (120, 1.980, 0.95),
  ])
  func tabulatedPoints(degrees: Int, point: Double, share: Double) {
    #expect(abs(studentCoverage(within: point, degreesOfFreedom: degrees) - share) < 1e-4)
  }
}
