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

  init(_ record: BlockRecord, schedule: Schedule) {
    frequencies = record.tallies.map {
      $0.frequencies(samplesPerChain: schedule.samplesPerChain)
    }
    lastStates = record.lastStates
    meanEnergy = record.energies.count > 0 ? MonteCarloEstimate(record.energies) : nil
    energyTrace = record.energyTrace.map(MonteCarloEstimate.init)
  }
}

/// What the chains of one block saw.
struct BlockRecord: Sendable {
  var tallies: [Tally]
  var lastStates: [BitVector] = []
  var energies = Moments()
  var energyTrace: [Moments]

  init(_ statistics: [Statistic], tracedSweeps: Int) {
    tallies = statistics.map(Tally.init)
    energyTrace = Array(repeating: Moments(), count: tracedSweeps)
  }

  mutating func endChain(_ chain: Chain, energySum: Double, samples: Int) {
    for index in tallies.indices { tallies[index].endChain(sampleCount: samples) }
    if samples > 0 { energies.add(energySum / Double(samples)) }
    lastStates.append(chain.state)
  }

  mutating func merge(_ other: BlockRecord) {
    for index in tallies.indices { tallies[index].merge(other.tallies[index]) }
    lastStates += other.lastStates
    energies.merge(other.energies)
    for sweep in energyTrace.indices { energyTrace[sweep].merge(other.energyTrace[sweep]) }
  }
}
