import Testing

@testable import Boltzmann

struct ConcurrentMapTests {
  @Test(arguments: [0, 1, 2, 100], [1, 2, 5])
  func resultsAreInOrder(count: Int, threads: Int) {
    #expect(mapConcurrently(count, threads: threads) { $0 * $0 } == (0..<count).map { $0 * $0 })
  }
}
