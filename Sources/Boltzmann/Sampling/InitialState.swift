/// Where a chain starts; held units then go to their values.
public enum InitialState: Sendable {
  /// Every unit on with probability ½, independently.
  case random
  /// All units off.
  case zeros
  /// All units on.
  case ones
  /// All chains from one state.
  case given(BitVector)
  /// Chain c from state number c.
  case perChain([BitVector])
  /// Each chain from its own exact draw.
  case exact(ExactSampler)

  /// The first states of some chains.
  func states(
    _ chains: Range<Int>, _ machine: BoltzmannMachine, _ stream: RandomStream
  ) -> [BitVector] {
    chains.map { state(chain: $0, unitCount: machine.unitCount, stream: stream) }
  }

  package func state(chain: Int, unitCount: Int, stream: RandomStream) -> BitVector {
    let state =
      switch self {
      case .random: Self.random(chain: chain, unitCount: unitCount, stream: stream)
      case .zeros: BitVector(zeros: unitCount)
      case .ones: BitVector(ones: unitCount)
      case .given(let state): state
      case .perChain(let states): states[chain]
      case .exact(let sampler): sampler.state(chain: chain, stream: stream)
      }
    precondition(state.count == unitCount, "A chain's first state has one bit per unit.")
    return state
  }

  private static func random(chain: Int, unitCount: Int, stream: RandomStream) -> BitVector {
    var state = BitVector(zeros: unitCount)
    for first in stride(from: 0, to: unitCount, by: 4) {
      let words = stream.block(.initialState, step: 0, chain: chain, group: first / 4)
      for unit in first..<min(first + 4, unitCount) {
        state[unit] = RandomStream.isOn(words[unit - first], probability: 0.5)
      }
    }
    return state
  }
}
