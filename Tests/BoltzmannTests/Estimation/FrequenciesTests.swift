import Testing

@testable import Boltzmann

struct FrequenciesTests {
  /// Two chains of four samples: the value 1 three times and once, the value 3 once and thrice.
  private func tally(_ statistic: Statistic) -> Frequencies {
    var tally = Tally(statistic)
    for chain in [[1, 1, 3, 1], [3, 3, 1, 3]] as [[UInt64]] {
      for index in chain { tally.count(BitVector(index: index, count: 2)) }
      tally.endChain(sampleCount: 4)
    }
    return tally.frequencies(samplesPerChain: 4)
  }

  /// Shares ¾ and ¼: mean ½, variance ⅛, error √(⅛ / 2) = ¼; the dense and the sparse way.
  @Test func errorsComeFromTheChains() {
    for statistic in [Statistic.states(of: [0, 1]), Statistic { Int($0.index) }] {
      let frequencies = tally(statistic)
      #expect(frequencies.cells.map(\.value) == [1, 3])
      #expect(frequencies.counts(of: 0...3) == [0, 4, 0, 4])
      #expect(frequencies[1].frequency == MonteCarloEstimate(mean: 0.5, standardError: 0.25))
      #expect(frequencies[2].frequency == MonteCarloEstimate(mean: 0, standardError: 0))
      #expect(frequencies.mean == MonteCarloEstimate(mean: 2, standardError: 0.5))
      #expect(frequencies.sampleCount == 8)
    }
  }

  @Test func valuesComeAscendingWhateverTheOrder() {
    let states = [3, 0, 2, 3].map { BitVector(index: $0, count: 2) }
    let frequencies = Frequencies(Statistic { -Int($0.index) }, ofIndependent: states)
    #expect(frequencies.cells.map(\.value) == [-3, -2, 0])
    #expect(frequencies.cells.map(\.count) == [2, 1, 1])
    #expect(frequencies.chainCount == 4)
  }

  @Test func mergingKeepsAllChains() {
    let statistic = Statistic { Int($0.index) }
    var (all, left, right) = (Tally(statistic), Tally(statistic), Tally(statistic))
    for (chain, index) in [2, 0, 2, 1].enumerated() {
      let state = BitVector(index: UInt64(index), count: 2)
      all.count(state)
      all.endChain(sampleCount: 1)
      if chain < 2 {
        left.count(state)
        left.endChain(sampleCount: 1)
      } else {
        right.count(state)
        right.endChain(sampleCount: 1)
      }
    }
    left.merge(right)
    let (merged, whole) = (
      left.frequencies(samplesPerChain: 1), all.frequencies(samplesPerChain: 1)
    )
    #expect(merged.cells == whole.cells && merged.chainCount == 4)
    #expect(merged.mean.mean == whole.mean.mean)
  }

  /// A single chain has frequencies but no error.
  @Test func oneChainGivesNoError() {
    let frequencies = Frequencies(.sum(of: [0]), ofIndependent: [BitVector(ones: 1)])
    #expect(frequencies[1].frequency == MonteCarloEstimate(mean: 1, standardError: nil))
  }
}
