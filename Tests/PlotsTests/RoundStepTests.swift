import Testing

@testable import Plots

@Suite struct RoundStepTests {
  @Test(arguments: [
    (0.3, 5, -1), (1, 1, 0), (1.0000001, 2, 0), (2.1, 5, 0), (6, 1, 1), (0.001, 1, -3),
    (1e-300, 1, -300), (3e299, 5, 299), (0.2, 2, -1),
  ])
  func atLeast(distance: Double, mantissa: Int, exponent: Int) {
    let step = RoundStep(atLeast: distance)
    #expect(step == RoundStep(mantissa: mantissa, exponent: exponent))
  }

  @Test func neighbours() {
    var step = RoundStep(mantissa: 1, exponent: -1)
    var sizes: [Double] = []
    for _ in 0..<4 {
      sizes.append(step.multiple(1))
      step = step.coarser
    }
    #expect(sizes == [0.1, 0.2, 0.5, 1])
    #expect(step.finer.finer.finer.finer == RoundStep(mantissa: 1, exponent: -1))
  }

  @Test func multiplesAreTheNearestDoubles() {
    let step = RoundStep(mantissa: 1, exponent: -1)
    #expect((0...9).map(step.multiple) == [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
  }

  @Test func labelsShareTheLeastNumberOfDecimals() {
    #expect(RoundStep(mantissa: 5, exponent: -1).label(-1) == "-0.5")
    #expect(RoundStep(mantissa: 5, exponent: -1).label(0) == "0.0")
    #expect(RoundStep(mantissa: 2, exponent: 3).label(4) == "8000")
    #expect(RoundStep(mantissa: 2, exponent: 6).label(7, inUnitsOf: 7) == "1.4")
    #expect(RoundStep(mantissa: 1, exponent: -9).label(-3, inUnitsOf: -9) == "-3")
  }

  @Test func indexPutsRoundingErrorsBack() {
    let step = RoundStep(mantissa: 1, exponent: -1)
    #expect(step.index(of: 0.1 + 0.2) == 3)
    #expect(step.index(of: 0.29) < 3)
  }
}
