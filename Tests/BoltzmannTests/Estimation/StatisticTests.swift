import Boltzmann
import Testing

struct StatisticTests {
  let state = BitVector([true, false, true, true])

  @Test func valuesOfAState() {
    #expect(Statistic.states(of: [3, 1, 0])(state) == 0b101)
    #expect(Statistic.sum(of: [0, 1, 2])(state) == 2)
    #expect(Statistic { $0.onCount * 10 }(state) == 30)
  }

  @Test func valueCounts() {
    #expect(Statistic.states(of: [3, 1, 0]).valueCount == 8)
    #expect(Statistic.sum(of: [0, 1, 2]).valueCount == 4)
    #expect(Statistic { _ in 0 }.valueCount == nil)
  }
}
