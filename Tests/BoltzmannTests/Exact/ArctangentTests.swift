import Testing

@testable import Boltzmann

@Suite struct ArctangentTests {
  @Test func knownAngles() {
    let known: [(Double, Double)] = [
      (0, 0), (1, .pi / 4), (3.0.squareRoot(), .pi / 3), (1 / 3.0.squareRoot(), .pi / 6),
      (2.0.squareRoot() - 1, .pi / 8), (.infinity, .pi / 2), (1e-300, 1e-300),
    ]
    for (tangent, angle) in known { #expect(isClose(arctangent(tangent), angle, relative: 2e-15)) }
  }

  @Test func isTheInverseOfTheTangent() {
    for step in 1..<200 {
      let angle = Double(step) * .pi / 400
      let cosine = sine(.pi / 2 - angle)
      #expect(isClose(arctangent(sine(angle) / cosine), angle, relative: 2e-15))
    }
  }
}
