/// What the observables of some chains were, sample by sample, within bounded memory.
struct TraceRecorder: Sendable {
  let observables: [Observable]
  /// Every so many samples are kept.
  let stride: Int
  /// [observable][chain][sample].
  private(set) var series: [[[Double]]]

  /// Keeps as many samples of each chain as fit the largest count of a trace, equally spaced.
  init(_ observables: [Observable] = [], chains: Int = 1, samplesPerChain: Int = 0) {
    let longest = max(Trace.largestCount / chains, 1)
    self.observables = observables
    stride = max((samplesPerChain + longest - 1) / longest, 1)
    series = Array(repeating: [], count: observables.count)
  }

  /// Whether sample number `number`, from 1, of each chain is kept.
  func keeps(sample number: Int) -> Bool {
    !observables.isEmpty && number.isMultiple(of: stride)
  }

  /// Whether an observable needs states besides energies.
  var needsStates: Bool {
    observables.contains { if case .statistic = $0 { true } else { false } }
  }

  /// Begins the series of some more chains.
  mutating func open(chains: Int) {
    for index in series.indices {
      series[index] += Array(repeating: [], count: chains)
    }
  }

  /// Adds a sample of each of the chains opened last.
  mutating func add(_ states: [BitVector], _ energies: [Double]) {
    for (index, observable) in observables.enumerated() {
      let first = series[index].count - energies.count
      for (lane, energy) in energies.enumerated() {
        switch observable {
        case .energy: series[index][first + lane].append(energy)
        case .statistic(let statistic):
          series[index][first + lane].append(Double(statistic(states[lane])))
        }
      }
    }
  }

  /// Adds the chains of another recorder behind these.
  mutating func merge(_ other: TraceRecorder) {
    for index in series.indices { series[index] += other.series[index] }
  }

  /// The traces, samples lying `thinning` sweeps apart.
  func traces(thinning: Int) -> [Trace] {
    series.map { Trace(chains: $0, interval: stride * thinning) }
  }
}
