import Boltzmann
import Testing

struct MultinomialTestTests {
  /// Five throws of a coin: 5 : 0 and 0 : 5 in 2 of 32 cases, 4 : 1 or worse in 12, anything in all.
  @Test(arguments: [([5, 0], 5, 0.0625), ([1, 4], 1.8, 0.375), ([3, 2], 0.2, 1)])
  func coins(counts: [Int], statistic: Double, pValue: Double) throws {
    let test = try #require(MultinomialTest(counts: counts, probabilities: [0.5, 0.5]))
    #expect(isClose(test.statistic, statistic, relative: 1e-12))
    #expect(isClose(test.pValue, pValue, relative: 1e-12))
  }

  /// Two draws from ½, ⅓, ⅙: χ² is 10 of 002, 4 of 020, 2 of 200, 2½ of 011, 2 of 101, ½ of 110,
  /// with the probabilities 1/36, 1/9, 1/4, 1/9, 1/6, 1/3.
  @Test(arguments: [
    ([0, 0, 2], 1), ([0, 2, 0], 5), ([0, 1, 1], 9), ([1, 0, 1], 24), ([2, 0, 0], 24),
    ([1, 1, 0], 36),
  ])
  func threeCells(counts: [Int], of36: Double) throws {
    let p = [3, 2, 1].map { $0 / 6.0 }
    let test = try #require(MultinomialTest(counts: counts, probabilities: p))
    #expect(isClose(test.pValue, of36 / 36, relative: 1e-12))
  }

  /// All draws in the rarest cell: no outcome has a larger χ², so p is p₁ⁿ.
  @Test func unlikelyCounts() throws {
    let p = [0.1, 0.2, 0.7]
    let test = try #require(MultinomialTest(counts: [12, 0, 0], probabilities: p))
    #expect(isClose(test.pValue, 1e-12, relative: 1e-11))
    #expect(isClose(test.statistic, 12 / 0.1 - 12, relative: 1e-12))
  }

  /// C(1415, 2) outcomes of 1413 draws from three cells are a few too many.
  @Test func outcomesAreLimited() {
    let p = [1e-6, 1e-6, 1 - 2e-6]
    #expect(MultinomialTest(counts: [0, 0, 1412], probabilities: p) != nil)
    #expect(MultinomialTest(counts: [0, 0, 1413], probabilities: p) == nil)
  }
}
