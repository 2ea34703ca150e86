internal import Boltzmann

/// Runs of a Hopfield net from states near what it stores, or far from it.
struct RecallStudy: Sendable {
  /// Where runs start.
  enum Start: String, CaseIterable, Sendable {
    case patterns, mixtures, random
  }

  /// Where a run ends.
  enum End: String, CaseIterable, Sendable {
    case origin, stored, reversed, mixture, other, alternating
  }

  /// One run.
  struct Run: Sendable {
    let start: BitVector
    /// The pattern it should recall, if it started from one.
    let origin: Int?
    let record: DescentRecord
    let end: End
    /// The overlap with the origin, or the largest with any pattern, before and after.
    let startOverlap: Double
    let endOverlap: Double
  }

  let network: HopfieldNetwork
  let start: Start
  /// The number of units flipped in a pattern.
  let flipCount: Int
  let order: Descent.Order
  /// The chains that run before descent; nil runs downhill from the start.
  let heatBath: (sampler: ChainSampler, sweeps: Int)?

  /// The runs, run k recalling pattern k mod P.
  func run(
    _ chains: Int, _ descent: HopfieldDescent, stream: RandomStream, threads: Int
  ) -> [Run] {
    let starts = (0..<chains).map { start(of: $0, stream) }
    let warm =
      heatBath.map { bath in
        bath.sampler.run(
          chains: chains, schedule: Schedule(warmUp: bath.sweeps - 1, sweeps: 1),
          from: .perChain(starts), stream: stream, threads: threads
        ).lastStates
      } ?? starts
    let records = mapConcurrently(chains, threads: threads) { chain in
      descent.run(from: warm[chain], chain: chain)
    }
    var kinds: [BitVector: HopfieldNetwork.StateKind] = [:]
    return (0..<chains).map { chain in
      let record = records[chain]
      let origin = start == .patterns ? chain % network.patterns.count : nil
      let kind = kinds[record.state] ?? network.kind(of: record.state)
      kinds[record.state] = kind
      return Run(
        start: starts[chain], origin: origin, record: record,
        end: end(of: record, kind, origin: origin),
        startOverlap: overlap(of: starts[chain], origin),
        endOverlap: overlap(of: record.state, origin))
    }
  }

  private func start(of chain: Int, _ stream: RandomStream) -> BitVector {
    let patterns = network.patterns
    switch start {
    case .random:
      return InitialState.random.state(
        chain: chain, unitCount: network.unitCount, stream: stream)
    case .patterns:
      return patterns[chain % patterns.count].flipping(flipCount, stream: stream, chain: chain)
    case .mixtures:
      let draws = stream.substream(named: "mixtures")
      let chosen = draws.permutation(of: patterns.count, .data, step: 0, chain: chain).prefix(3)
      return HopfieldNetwork.sign(
        ofSumOf: chosen.enumerated().map { place, number in
          draws.doubleWord(.order, step: 0, chain: chain, unit: place) >> 63 == 1
            ? patterns[number].reversed : patterns[number]
        })
    }
  }

  private func end(
    of record: DescentRecord, _ kind: HopfieldNetwork.StateKind, origin: Int?
  ) -> End {
    if case .alternation = record.end { return .alternating }
    if let origin, record.state == network.patterns[origin] { return .origin }
    switch kind {
    case .stored: return .stored
    case .reversed: return .reversed
    case .mixture: return .mixture
    case .other: return .other
    }
  }

  private func overlap(of state: BitVector, _ origin: Int?) -> Double {
    if let origin { return network.overlap(of: state, with: origin) }
    return network.patterns.indices.reduce(0) {
      max($0, abs(network.overlap(of: state, with: $1)))
    }
  }
}
