/// What a sampling run saw.
public struct SamplingRecord: Sendable, Equatable {
  /// One per statistic, in the order they were given.
  public let frequencies: [Frequencies]
  /// The state each chain ended in.
  public let lastStates: [BitVector]
  /// ⟨E⟩ over the samples ± the error from the chains; nil when no state counts.
  public let meanEnergy: MonteCarloEstimate?
  /// ⟨E⟩ over the chains after each sweep, warm-up included; empty when it was not traced.
  public let energyTrace: [MonteCarloEstimate]
  /// One per observable followed, in the order they were given: its values in each chain's samples.
  public let traces: [Trace]

  init(_ record: BlockRecord, schedule: Schedule) {
    frequencies = record.tallies.map {
      $0.frequencies(samplesPerChain: schedule.samplesPerChain)
    }
    lastStates = record.lastStates
    meanEnergy = record.energies.count > 0 ? MonteCarloEstimate(record.energies) : nil
    energyTrace = record.energyTrace.map(MonteCarloEstimate.init)
    traces = record.traces.traces(thinning: schedule.thinning)
  }
}

/// What the chains of one block saw.
struct BlockRecord: Sendable {
  var tallies: [Tally]
  var lastStates: [BitVector] = []
  var energies = Moments()
  var energyTrace: [Moments]
  var traces: TraceRecorder

  init(_ statistics: [Statistic], tracedSweeps: Int, _ traces: TraceRecorder = TraceRecorder()) {
    tallies = statistics.map(Tally.init)
    self.traces = traces
    energyTrace = Array(repeating: Moments(), count: tracedSweeps)
  }

  /// Closes the chains of a lane block, in order.
  mutating func append(_ lanes: LaneSamples, lastStates: [BitVector], samples: Int) {
    for lane in lastStates.indices {
      for index in tallies.indices {
        var tally = lanes.tallies[lane][index]
        tally.endChain(sampleCount: samples)
        tallies[index].merge(tally)
      }
      if samples > 0 { energies.add(lanes.energySums[lane].value / Double(samples)) }
    }
    self.lastStates += lastStates
  }

  mutating func merge(_ other: BlockRecord) {
    for index in tallies.indices { tallies[index].merge(other.tallies[index]) }
    lastStates += other.lastStates
    energies.merge(other.energies)
    for sweep in energyTrace.indices { energyTrace[sweep].merge(other.energyTrace[sweep]) }
    traces.merge(other.traces)
  }
}

/// What the chains of one lane block have seen so far, lane by lane.
struct LaneSamples: Sendable {
  private(set) var tallies: [[Tally]]
  private(set) var energySums: [CompensatedSum]

  init(_ statistics: [Statistic], laneCount: Int) {
    tallies = Array(repeating: statistics.map(Tally.init), count: laneCount)
    energySums = Array(repeating: CompensatedSum(), count: laneCount)
  }

  /// Counts one sample of every lane; no states are needed without statistics.
  mutating func count(_ states: [BitVector], _ energies: [Double]) {
    for (lane, state) in states.enumerated() {
      for index in tallies[lane].indices { tallies[lane][index].count(state) }
    }
    for (lane, energy) in energies.enumerated() { energySums[lane].add(energy) }
  }
}
