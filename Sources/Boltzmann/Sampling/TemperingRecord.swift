/// What a run of parallel tempering saw.
public struct TemperingRecord: Sendable, Equatable {
  /// One temperature of the ladder.
  public struct Rung: Sendable, Equatable {
    /// T.
    public let temperature: Double
    /// ⟨E⟩ over the samples ± the error from the ladders; nil when no state counts.
    public let meanEnergy: MonteCarloEstimate?
    /// One per statistic, in the order they were given.
    public let frequencies: [Frequencies]
    /// The state each ladder has here at the end.
    public let lastStates: [BitVector]
  }

  /// The temperatures, coldest first.
  public let rungs: [Rung]
  /// For each pair of neighbours, coldest first, the share of its exchanges that were accepted ±
  /// the error from the ladders; nil when a pair was never tried after the warm-up.
  public let acceptance: [MonteCarloEstimate?]
  /// How often, after the warm-up, a replica came back to the coldest rung after it had been at the
  /// hottest; one number for each ladder.
  public let roundTrips: [Int]
  /// The lowest energy that each ladder had, at the start or after a sweep.
  public let lowestEnergies: [Double]
  /// A state of the lowest energy of all; of several the one that the first block of sixteen
  /// replicas saw first.
  public let lowestState: BitVector
  /// Its energy.
  public let lowestEnergy: Double
  /// For the first ladder, after each sweep that is traced, the replica at every rung.
  public let trace: [[Int]]

  init(
    _ block: TemperingBlock, ladder: TemperatureLadder, schedule: Schedule,
    _ machine: BoltzmannMachine
  ) {
    rungs = ladder.temperatures.indices.map { rung in
      Rung(
        temperature: ladder.temperatures[rung],
        meanEnergy: block.energies[rung].count > 0
          ? MonteCarloEstimate(block.energies[rung]) : nil,
        frequencies: block.tallies[rung].map {
          $0.frequencies(samplesPerChain: schedule.samplesPerChain)
        }, lastStates: block.lastStates[rung])
    }
    acceptance = block.acceptance.map { $0.count > 0 ? MonteCarloEstimate($0) : nil }
    roundTrips = block.roundTrips
    trace = block.trace
    lowestEnergies = block.lowestEnergies
    lowestState = block.lowestState
    lowestEnergy = machine.energy(of: block.lowestState)
  }
}

/// What some ladders saw.
struct TemperingBlock: Sendable {
  var tallies: [[Tally]]
  private(set) var energies: [Moments]
  private(set) var lastStates: [[BitVector]]
  private(set) var acceptance: [Moments]
  private(set) var roundTrips: [Int] = []
  var trace: [[Int]] = []
  var lowestEnergies: [Double] = []
  private(set) var lowestState = BitVector(zeros: 0)
  private var lowestEnergy = Double.infinity

  init(rungs: Int, _ statistics: [Statistic]) {
    tallies = Array(repeating: statistics.map(Tally.init), count: rungs)
    energies = Array(repeating: Moments(), count: rungs)
    lastStates = Array(repeating: [], count: rungs)
    acceptance = Array(repeating: Moments(), count: rungs - 1)
  }

  /// Closes the samples of some ladders at a rung, in order.
  mutating func append(
    _ lanes: LaneSamples, lastStates: [BitVector], _ rung: Int, samples: Int
  ) {
    for lane in lastStates.indices {
      for index in tallies[rung].indices {
        var tally = lanes.tallies[lane][index]
        tally.endChain(sampleCount: samples)
        tallies[rung][index].merge(tally)
      }
      if samples > 0 { energies[rung].add(lanes.energySums[lane].value / Double(samples)) }
    }
    self.lastStates[rung] += lastStates
  }

  /// Adds the exchanges of a ladder.
  mutating func append(_ exchange: ReplicaExchange) {
    for pair in acceptance.indices where exchange.tries[pair] > 0 {
      acceptance[pair].add(Double(exchange.accepted[pair]) / Double(exchange.tries[pair]))
    }
    roundTrips.append(exchange.roundTrips)
  }

  mutating func merge(_ other: TemperingBlock) {
    for rung in tallies.indices {
      for index in tallies[rung].indices { tallies[rung][index].merge(other.tallies[rung][index]) }
      energies[rung].merge(other.energies[rung])
      lastStates[rung] += other.lastStates[rung]
    }
    for pair in acceptance.indices { acceptance[pair].merge(other.acceptance[pair]) }
    roundTrips += other.roundTrips
    lowestEnergies += other.lowestEnergies
    keep(other.lowestState, other.lowestEnergy)
  }

  /// Keeps the state with the lowest energy.
  mutating func keep(_ state: BitVector, _ energy: Double) {
    if energy < lowestEnergy { (lowestState, lowestEnergy) = (state, energy) }
  }
}

/// The exchanges of one ladder.
struct ReplicaExchange: Sendable {
  private(set) var tries: [Int]
  private(set) var accepted: [Int]
  private(set) var roundTrips = 0
  /// For each replica, whether it was at the coldest rung and, since then, at the hottest.
  private var hasBeenCold: [Bool]
  private var comesFromHot: [Bool]

  init(rungs: Int) {
    tries = Array(repeating: 0, count: rungs - 1)
    accepted = tries
    hasBeenCold = Array(repeating: false, count: rungs)
    comesFromHot = hasBeenCold
  }

  mutating func tried(_ pair: Int, _ isAccepted: Bool) {
    tries[pair] += 1
    if isAccepted { accepted[pair] += 1 }
  }

  /// Notes which replica is at each rung.
  mutating func visit(_ replicas: [Int]) {
    guard let cold = replicas.first, let hot = replicas.last else { return }
    if hasBeenCold[hot] { comesFromHot[hot] = true }
    if comesFromHot[cold] { roundTrips += 1 }
    (hasBeenCold[cold], comesFromHot[cold]) = (true, false)
  }
}
