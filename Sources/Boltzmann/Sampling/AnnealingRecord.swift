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
  /// The lowest energy that each chain had, at the start or after a sweep.
  public let lowestEnergies: [Double]
  /// A state of the lowest energy of all chains; of several, from the first block of sixteen chains
  /// that has one, the first seen there.
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
    lowestEnergies = block.lowestEnergies
    lowestState = block.lowestState
    lowestEnergy = machine.energy(of: block.lowestState)
  }
}

/// What the chains of one block saw.
struct AnnealingBlock: Sendable {
  var means: [Moments]
  var lasts: [Moments]
  var lastStates: [BitVector] = []
  private(set) var lowestEnergies: [Double] = []
  private(set) var lowestState = BitVector(zeros: 0)
  private var lowestEnergy = Double.infinity

  init(stepCount: Int) {
    means = Array(repeating: Moments(), count: stepCount)
    lasts = means
  }

  /// Adds the chains of a lane block behind these.
  mutating func append(_ lowest: LowestEnergies, lastStates: [BitVector]) {
    self.lastStates += lastStates
    lowestEnergies += lowest.energies
    keep(lowest.state, lowest.energy)
  }

  mutating func merge(_ other: AnnealingBlock) {
    for index in means.indices {
      means[index].merge(other.means[index])
      lasts[index].merge(other.lasts[index])
    }
    lastStates += other.lastStates
    lowestEnergies += other.lowestEnergies
    keep(other.lowestState, other.lowestEnergy)
  }

  private mutating func keep(_ state: BitVector, _ energy: Double) {
    if energy < lowestEnergy { (lowestState, lowestEnergy) = (state, energy) }
  }
}

/// The lowest energies that the chains of a lane block have had, and one state of the lowest.
struct LowestEnergies: Sendable {
  private(set) var energies: [Double]
  private(set) var energy = Double.infinity
  private(set) var state = BitVector(zeros: 0)

  init(_ energies: [Double], of block: LaneBlock) {
    self.energies = energies
    keepState(energies, block)
  }

  /// Compares with the energies after a sweep.
  mutating func note(_ energies: [Double], of block: LaneBlock) {
    for (lane, energy) in energies.enumerated() {
      self.energies[lane] = min(self.energies[lane], energy)
    }
    keepState(energies, block)
  }

  private mutating func keepState(_ energies: [Double], _ block: LaneBlock) {
    guard let lane = energies.indices.min(by: { energies[$0] < energies[$1] }),
      energies[lane] < energy
    else { return }
    (energy, state) = (energies[lane], block.state(lane: lane))
  }
}
