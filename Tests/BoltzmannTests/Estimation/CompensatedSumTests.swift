import Boltzmann
import Testing

struct CompensatedSumTests {
  @Test func keepsWhatRoundingDrops() {
    var sum = CompensatedSum()
    for term in [1, 1e100, 1, -1e100] { sum.add(term) }
    #expect(sum.value == 2)
  }
}
