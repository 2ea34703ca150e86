/// What an annealing run saw.
public struct AnnealingRecord: Sendable, Equatable {
  /// One temperature of the schedule.
  public struct Step: Sendable, Hashable {
    /// T.
    public let temperature: Double
    /// The sweeps at it.
    public let sweeps: Int
    /// ⟨E⟩ over all its sweeps ± the error from the chains.
    public let meanEnergy: MonteCarloEstimate
    /// ⟨E⟩ after its last sweep ± the error from the chains.
    public let finalEnergy: MonteCarloEstimate
  }

  /// One per step of the schedule.
  public let steps: [Step]
  /// Over the final states: one per statistic, in the order they were given.
  public let frequencies: [Frequencies]
  /// The state each chain ended in.
  public let lastStates: [BitVector]
  /// The state of lowest energy among those at the start and after every sweep; of equal ones
  /// that of the first chain.
  public let lowestState: BitVector
  /// Its energy.
  public let lowestEnergy: Double

  init(
    _ block: AnnealingBlock, schedule: TemperatureSchedule, statistics: [Statistic],
    _ machine: BoltzmannMachine
  ) {
    steps = schedule.steps.indices.map { index in
      Step(
        temperature: schedule.steps[index].temperature, sweeps: schedule.steps[index].sweeps,
        meanEnergy: MonteCarloEstimate(block.means[index]),
        finalEnergy: MonteCarloEstimate(block.lasts[index]))
    }
    frequencies = statistics.map { Frequencies($0, ofIndependent: block.lastStates) }
    lastStates = block.lastStates
    lowestState = block.lowestState
    lowestEnergy = machine.energy(of: block.lowestState)
  }
}

/// What the chains of one block saw.
struct AnnealingBlock: Sendable {
  var means: [Moments]
  var lasts: [Moments]
  var lastStates: [BitVector] = []
  private(set) var lowestState = BitVector(zeros: 0)
  private var lowestEnergy = Double.infinity

  init(stepCount: Int) {
    means = Array(repeating: Moments(), count: stepCount)
    lasts = means
  }

  /// Keeps the chain's state when its energy is the lowest yet.
  mutating func note(_ chain: Chain) {
    if chain.energy < lowestEnergy {
      (lowestState, lowestEnergy) = (chain.state, chain.energy)
    }
  }

  mutating func merge(_ other: AnnealingBlock) {
    for index in means.indices {
      means[index].merge(other.means[index])
      lasts[index].merge(other.lasts[index])
    }
    lastStates += other.lastStates
    if other.lowestEnergy < lowestEnergy {
      (lowestState, lowestEnergy) = (other.lowestState, other.lowestEnergy)
    }
  }
}
