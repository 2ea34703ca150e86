import CKernels
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The largest distance between two functions on evenly spaced points, in ulp of the second.
///
/// The platform's own functions are within one ulp of the exact value, hence the extra one in
/// every bound below.
private func largestDistance(
  _ function: (Double) -> Double, from reference: (Double) -> Double,
  over range: ClosedRange<Double>
) -> Double {
  let count = 100_000
  var largest = 0.0
  for index in 0...count {
    let fraction = Double(index) / Double(count)
    let x = range.lowerBound * (1 - fraction) + range.upperBound * fraction
    let expected = reference(x)
    largest = max(largest, abs(function(x) - expected) / expected.ulp)
  }
  return largest
}

private func isNondecreasing(
  _ function: (Double) -> Double, from start: Double, steps: Int
) -> Bool {
  var x = start
  var last = function(x)
  for _ in 0..<steps {
    x = x.nextUp
    let next = function(x)
    if next < last { return false }
    last = next
  }
  return true
}

@Suite struct ElementaryTests {
  @Test(arguments: [-745.0 ... -700, -700...709.7, -20...20, -1...1, -1e-9...1e-9])
  func exponentialIsWithinOneUlp(range: ClosedRange<Double>) {
    #expect(largestDistance(hm_exp, from: exp, over: range) <= 2)
  }

  @Test(arguments: [-745.0 ... -30, -40...50, -1...1, -1e-3...1e-3, -1e-300...1e-300])
  func exponentialMinusOneIsWithinTwoUlp(range: ClosedRange<Double>) {
    #expect(largestDistance(hm_expm1, from: expm1, over: range) <= 3)
  }

  @Test(arguments: [.leastNonzeroMagnitude...1e-307, 1e-9...2, 0.9...1.1, 1...1e9, 1e300...1.7e308])
  func logarithmIsWithinOneUlp(range: ClosedRange<Double>) {
    #expect(largestDistance(hm_log, from: log, over: range) <= 2)
  }

  @Test(arguments: [-0.999999...1, -1e-3...1e-3, -1e-15...1e-15, 0...1e6, 1e15...1e300])
  func logarithmOfOnePlusIsWithinTwoUlp(range: ClosedRange<Double>) {
    #expect(largestDistance(hm_log1p, from: log1p, over: range) <= 3)
  }

  @Test(arguments: [-700.0...0, -2...2, 0...40])
  func logisticIsAccurateInBothTails(range: ClosedRange<Double>) {
    // The reference itself is off by up to 2.5 ulp.
    let reference: (Double) -> Double = { $0 < 0 ? exp($0) / (1 + exp($0)) : 1 / (1 + exp(-$0)) }
    #expect(largestDistance(hm_logistic, from: reference, over: range) <= 4.5)
  }

  @Test(arguments: [-700.0...0, -2...2, 0...800])
  func softplusIsAccurateInBothTails(range: ClosedRange<Double>) {
    let reference: (Double) -> Double = { max($0, 0) + log1p(exp(-abs($0))) }
    #expect(largestDistance(hm_softplus, from: reference, over: range) <= 4.5)
  }

  @Test(arguments: [-40.0, -0.35, -0x1.62e42fefa39efp-2, 0.1, 0x1.62e42fefa39efp-2, 3.0])
  func risesMonotonicallyAcrossReductionBoundaries(centre: Double) {
    let start = centre - 2000 * centre.ulp
    #expect(isNondecreasing(hm_exp, from: start, steps: 4000))
    #expect(isNondecreasing(hm_expm1, from: start, steps: 4000))
  }

  @Test func infinitiesAndZerosAreDefined() {
    #expect(hm_exp(-.infinity) == 0)
    #expect(hm_exp(.infinity) == .infinity)
    #expect(hm_exp(710) == .infinity)
    #expect(hm_exp(-746) == 0)
    #expect(hm_exp(0) == 1)
    #expect(hm_expm1(-.infinity) == -1)
    #expect(hm_expm1(.infinity) == .infinity)
    #expect(hm_expm1(-0.0).sign == .minus)
    #expect(hm_log(0) == -.infinity)
    #expect(hm_log(-0.0) == -.infinity)
    #expect(hm_log(.infinity) == .infinity)
    #expect(hm_log(1) == 0)
    #expect(hm_log1p(-1) == -.infinity)
    #expect(hm_log1p(.infinity) == .infinity)
    #expect(hm_logistic(-.infinity) == 0)
    #expect(hm_logistic(.infinity) == 1)
    #expect(hm_logistic(0) == 0.5)
    #expect(hm_softplus(-.infinity) == 0)
    #expect(hm_softplus(.infinity) == .infinity)
  }

  @Test func notANumberStaysAndNegativeLogarithmsHaveNone() {
    for function in [hm_exp, hm_expm1, hm_log, hm_log1p, hm_logistic, hm_softplus] {
      #expect(function(.nan).isNaN)
    }
    #expect(hm_log(-1).bitPattern == 0x7ff8_0000_0000_0000)
    #expect(hm_log(-.infinity).bitPattern == 0x7ff8_0000_0000_0000)
    #expect(hm_log1p(-2).isNaN)
  }

  /// Guards against a compiler that fuses or reorders: these bits hold on every machine.
  @Test func bitsAreThoseOfTheStatedFormulas() {
    var digest: UInt64 = 14_695_981_039_346_656_037
    for index in -2000...2000 {
      let x = Double(index) * 0.173
      for y in [
        hm_exp(x), hm_expm1(x), hm_log(abs(x)), hm_log1p(abs(x)), hm_logistic(x), hm_softplus(x),
      ] {
        digest = (digest ^ y.bitPattern) &* 1_099_511_628_211
      }
    }
    #expect(digest == 18_286_153_174_914_120_483)
  }
}
