import Boltzmann
import Testing

struct RandomVariatesTests {
  let stream = RandomStream(seed: 35, name: "slide35")

  @Test func knownAnswers() {
    #expect(stream.uniform(.weights, step: 9, chain: 3, unit: 5) == 0.5911361821963694)
    let normal = stream.normal(.weights, step: 9, chain: 3, unit: 5)
    #expect(isClose(normal, 0.23046863185918415854, relative: 1e-15))
    #expect(
      stream.permutation(of: 10, .order, step: 2, chain: 4) == [2, 4, 1, 7, 5, 3, 8, 9, 0, 6])
  }

  /// A comparison of whole numbers: the ends are exact, and the threshold is where it should be.
  @Test func bernoulliComparesIntegers() {
    #expect(!RandomStream.isOn(0, probability: 0))
    #expect(RandomStream.isOn(.max, probability: 1))
    #expect(RandomStream.isOn((1 << 31) - 1, probability: 0.5))
    #expect(!RandomStream.isOn(1 << 31, probability: 0.5))
    #expect(!RandomStream.isOn(0, probability: 0x1p-34))
    #expect(RandomStream.isOn(0, probability: 0x1p-32))
  }

  /// 10⁵ draws: mean and variance within five standard errors of 0 and 1.
  @Test func normalsAreStandard() throws {
    var moments = Moments()
    for unit in 0..<100_000 {
      moments.add(stream.normal(.weights, step: 0, chain: 0, unit: unit))
    }
    let variance = try #require(moments.variance)
    #expect(abs(moments.mean) < 5 / 100_000.0.squareRoot())
    #expect(abs(variance - 1) < 5 * (2 / 100_000.0).squareRoot())
  }

  @Test func indicesAreUniform() {
    var counts = [Int](repeating: 0, count: 7)
    for unit in 0..<70_000 {
      counts[stream.index(below: 7, .data, step: 0, chain: 0, unit: unit)] += 1
    }
    let test = ChiSquareTest(
      counts: counts, probabilities: Array(repeating: 1.0 / 7, count: 7))
    #expect(test.degreesOfFreedom == 6)
    #expect(test.pValue > 1e-4)
  }

  /// All 24 orders of four occur equally often.
  @Test func permutationsAreUniform() {
    var counts: [[Int]: Int] = [:]
    for step in 0..<24_000 {
      counts[stream.permutation(of: 4, step: step, chain: 0), default: 0] += 1
    }
    #expect(counts.count == 24)
    let test = ChiSquareTest(
      counts: Array(counts.values), probabilities: Array(repeating: 1.0 / 24, count: 24))
    #expect(test.pValue > 1e-4)
    #expect(stream.permutation(of: 0, step: 0, chain: 0) == [])
    #expect(stream.permutation(of: 1, step: 0, chain: 0) == [0])
  }
}
