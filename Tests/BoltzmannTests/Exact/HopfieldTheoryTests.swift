import Boltzmann
import Testing

struct HopfieldTheoryTests {
  /// Amit, Gutfreund and Sompolinsky, solved with forty digits.
  @Test(arguments: [
    (0.05, 0.9999922281490462), (0.08, 0.9995573815600714), (0.1, 0.9979992663472992),
    (0.13, 0.9872118907992347),
  ]) func overlaps(load: Double, overlap: Double) throws {
    let theory = try #require(HopfieldTheory(load: load).overlap)
    #expect(abs(theory - overlap) < 1e-14)
  }

  @Test func theCriticalLoad() throws {
    let critical = HopfieldTheory.critical
    #expect(abs(critical.load - 0.1379055664949317) < 1e-14)
    // The overlap has an infinite slope there, and so half of the digits.
    #expect(abs(critical.overlap - 0.9674171156852916) < 1e-9)
    let below = try #require(HopfieldTheory(load: critical.load * (1 - 1e-12)).overlap)
    #expect(below > critical.overlap && below < critical.overlap + 1e-5)
    #expect(HopfieldTheory(load: critical.load * (1 + 1e-12)).overlap == nil)
    #expect(HopfieldTheory(load: 1000).overlap == nil)
  }

  /// A unit of a pattern is pulled the other way with ½ erfc(√(1/2α)).
  @Test(arguments: [
    (0.05, 3.872108215522042e-6), (0.1, 0.0007827011290012748), (0.13, 0.002772833657622029),
  ]) func flips(load: Double, probability: Double) {
    #expect(isClose(HopfieldTheory(load: load).flipProbability, probability, relative: 1e-13))
  }

  @Test func anEmptyNetworkRecallsAll() {
    #expect(HopfieldTheory(load: 1e-9).overlap == 1)
    #expect(HopfieldTheory(load: 1e-9).flipProbability == 0)
  }
}
