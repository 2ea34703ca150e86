import Boltzmann
import Foundation
import Testing

struct BarsAndStripesTests {
  @Test func sideTwo() {
    let data = Dataset.barsAndStripes(side: 2)
    #expect(
      (0..<8).map { Array(data[$0]) } == [
        [0, 0, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [1, 1, 1, 1],
        [0, 0, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 1, 1],
      ])
    #expect(data.labels == [0, 0, 0, 0, 1, 1, 1, 1])
    #expect(data.imageShape == .init(height: 2, width: 2))
  }

  /// 3 × 3: 16 rows, 14 images; the best log-likelihood is −41.588831 in total.
  @Test func sideThree() {
    let data = Dataset.barsAndStripes(side: 3)
    var counts: [[Double]: Int] = [:]
    for sample in 0..<data.count { counts[Array(data[sample]), default: 0] += 1 }
    #expect(data.count == 16 && counts.count == 14)
    let best = counts.values.reduce(0) { $0 + Double($1) * log(Double($1) / 16) }
    #expect(abs(best - -41.588831) < 5e-7)
  }
}
