import Boltzmann
import Testing

struct RetrievalStudyTests {
  private static let stream = RandomStream(seed: 1, name: "retrieval")

  /// Amit, Gutfreund and Sompolinsky, for loads at which 2000 units are nearly as good as infinitely
  /// many.
  @Test(arguments: [0.05, 0.08, 0.1]) func overlapsAreThoseOfTheTheory(load: Double) throws {
    let theory = HopfieldTheory(load: load)
    let study = RetrievalStudy(unitCount: 2000, patternCount: Int(load * 2000))
    let record = study.run(networks: 4, stream: Self.stream)
    #expect(abs(record.overlap.mean - (try #require(theory.overlap))) < 0.003)
    // One unit in 1/p is willing to flip, out of 4 · 8 · 2000.
    let error = (theory.flipProbability / 64_000).squareRoot()
    #expect(abs(record.willingShare.mean - theory.flipProbability) < 4 * error)
  }

  @Test func beyondTheCriticalLoadPatternsAreLost() {
    let record = RetrievalStudy(unitCount: 1000, patternCount: 250).run(
      networks: 3, stream: Self.stream)
    #expect(record.overlap.mean < 0.6 && record.recalledShare.mean == 0)
  }

  @Test func noiseIsPutRightFarBelowIt() {
    let study = RetrievalStudy(unitCount: 500, patternCount: 10, flipCount: 100)
    let record = study.run(networks: 3, stream: Self.stream, threads: 2)
    #expect(record == study.run(networks: 3, stream: Self.stream))
    #expect(record.overlap.mean == 1 && record.recalledShare.mean == 1)
    #expect(record.willingShare.mean == 0)
  }
}
