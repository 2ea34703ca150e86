import Testing

@testable import Boltzmann

/// Every sampler of the library leaves exp(−E/T)/Z as it is, and its broken twins do not.
struct SamplerCertificateTests {
  static let stream = RandomStream(seed: 5, name: "samplers")
  static let chains = 3000

  /// The machines that a sampler is certified on, each at several temperatures.
  enum Case: CaseIterable {
    case fourUnits, lattice, dense, restricted

    func machine() throws -> BoltzmannMachine {
      switch self {
      case .fourUnits: try slide35()
      case .lattice:
        try IsingModel.lattice(rows: 4, columns: 4).boltzmannMachine().machine
      case .dense: try randomMachine(unitCount: 10, weightScale: 3, seed: 33)
      case .restricted: try BoltzmannMachine(restricted)
      }
    }

    var temperatures: [Double] {
      switch self {
      case .fourUnits: [0.5, 1, 5]
      case .lattice: [2.269185314213]
      case .dense: [2, 8]
      case .restricted: [0.7, 1, 3]
      }
    }

    var clamp: Clamp {
      switch self {
      case .fourUnits: [2: true]
      case .lattice: [0: true, 5: false, 10: true]
      case .dense: [1: false, 6: true]
      case .restricted: [0: true, 7: false]
      }
    }

    var restricted: RestrictedBoltzmannMachine {
      RestrictedBoltzmannMachine(
        visibleCount: 6, hiddenCount: 4, weights: .normal(mean: 0, standardDeviation: 1.5),
        visibleBiases: .normal(mean: 0, standardDeviation: 1),
        hiddenBiases: .normal(mean: 0, standardDeviation: 1), stream: stream)
    }
  }

  /// Certificates at all temperatures of a case, free and clamped.
  private func certify(
    _ one: Case, by sampler: (BoltzmannMachine, Double, Clamp, [BitVector]) -> [BitVector]
  ) throws {
    let machine = try one.machine()
    for clamp in [Clamp(), one.clamp] {
      let table = try EnergyTable(machine, clamp: clamp)
      for temperature in one.temperatures {
        let exact = ExactDistribution(table, temperature: temperature)
        let certificate = Certificate(of: exact, chains: Self.chains, stream: Self.stream) {
          sampler(machine, temperature, clamp, $0)
        }
        #expect(certificate.verdict == .stays, "T = \(temperature), \(clamp.units) held")
      }
    }
  }

  @Test(arguments: Case.allCases, ScanOrder.allCases)
  func heatBath(one: Case, scan: ScanOrder) throws {
    try certify(one) { machine, temperature, clamp, starts in
      ChainSampler(machine, temperature: temperature, clamp: clamp, scan: scan).run(
        chains: starts.count, schedule: Schedule(sweeps: 3), from: .perChain(starts),
        stream: Self.stream
      ).lastStates
    }
  }

  /// In a fixed order Metropolis stays in p as well; what a certificate does not tell is whether
  /// it would ever get there.
  @Test(arguments: Case.allCases, ScanOrder.allCases)
  func metropolis(one: Case, scan: ScanOrder) throws {
    try certify(one) { machine, temperature, clamp, starts in
      ChainSampler(
        machine, temperature: temperature, rule: .metropolis, clamp: clamp, scan: scan
      ).run(
        chains: starts.count, schedule: Schedule(sweeps: 3), from: .perChain(starts),
        stream: Self.stream
      ).lastStates
    }
  }

  @Test(arguments: Case.allCases)
  func annealingAtOneTemperature(one: Case) throws {
    try certify(one) { machine, temperature, clamp, starts in
      Annealing(machine, schedule: .constant(temperature, sweeps: 3), clamp: clamp).run(
        chains: starts.count, from: .perChain(starts), stream: Self.stream
      ).lastStates
    }
  }

  @Test func blockGibbs() throws {
    let restricted = Case.restricted.restricted
    try certify(.restricted) { _, temperature, clamp, starts in
      BlockGibbs(restricted, temperature: temperature, clamp: clamp).run(
        chains: starts.count, schedule: Schedule(sweeps: 3), from: .perChain(starts),
        stream: Self.stream
      ).lastStates
    }
  }

  /// Every rung of a ladder keeps its own distribution.
  @Test(arguments: Case.allCases, [false, true])
  func parallelTempering(one: Case, isClamped: Bool) throws {
    let clamp = isClamped ? one.clamp : Clamp()
    let machine = try one.machine()
    let coldest = one.temperatures[0]
    let ladder = TemperatureLadder.geometric(from: coldest, to: 2 * coldest, rungs: 3)
    let tempering = ParallelTempering(SingleUnitKernel(machine, clamp: clamp), ladder: ladder)
    let certificates = try Self.certificates(machine, clamp, ladder) { starts in
      tempering.run(
        ladders: starts[0].count, schedule: Schedule(sweeps: 4), from: .atRungs(starts),
        stream: Self.stream
      ).rungs.map(\.lastStates)
    }
    #expect(certificates.allSatisfy { $0.verdict == .stays })
  }

  private static func certificates(
    _ machine: BoltzmannMachine, _ clamp: Clamp, _ ladder: TemperatureLadder,
    run: ([[BitVector]]) -> [[BitVector]]
  ) throws -> [Certificate] {
    let table = try EnergyTable(machine, clamp: clamp)
    let exact = ladder.temperatures.map { ExactDistribution(table, temperature: $0) }
    let starts = exact.enumerated().map { rung, exact in
      Certificate.starts(in: exact, chains: chains, stream: stream.substream(UInt64(rung)))
    }
    return zip(exact, zip(starts, run(starts))).map {
      Certificate(of: $0, from: $1.0, to: $1.1)
    }
  }

  // MARK: Broken twins

  enum Mistake: CaseIterable {
    case none, wrongSign, stale, lateTemperature, oneSignedChanges
  }

  @Test(arguments: Mistake.allCases)
  func brokenSingleUnitKernelsDrift(mistake: Mistake) throws {
    let machine = try randomMachine(unitCount: 10, weightScale: 1.5, density: 0.8, seed: 21)
    let clamp: Clamp = [1: true, 6: true]
    var kernel = PlainKernel(
      machine: machine, temperature: 1, clamp: clamp, stream: Self.stream)
    switch mistake {
    case .none: break
    case .wrongSign: kernel.biasSign = -1
    case .stale: kernel.gapsAreStale = true
    case .lateTemperature: kernel.schedule = [1.3, 1, 1]
    case .oneSignedChanges: (kernel.rule, kernel.changesHaveOneSign) = (.metropolis, true)
    }
    let exact = try ExactDistribution(machine, clamp: clamp)
    let certificate = Certificate(of: exact, chains: Self.chains, stream: Self.stream) { starts in
      kernel.run(starts, sweeps: mistake == .lateTemperature ? 1 : 3)
    }
    #expect(certificate.verdict == (mistake == .none ? .stays : .drifts))
  }

  /// The wrong sign of a single bias among ten.
  @Test func oneWrongBiasIsFound() throws {
    let machine = try randomMachine(unitCount: 10, seed: 6)
    var biases = machine.biases
    biases[4] = -biases[4]
    let wrong = try BoltzmannMachine(couplings: machine.couplings, biases: biases)
    let exact = try ExactDistribution(machine)
    let certificate = Certificate(of: exact, chains: Self.chains, stream: Self.stream) { starts in
      ChainSampler(wrong).run(
        chains: starts.count, schedule: Schedule(sweeps: 5), from: .perChain(starts),
        stream: Self.stream
      ).lastStates
    }
    #expect(certificate.verdict == .drifts)
  }

  @Test(arguments: PlainTempering.Mistake.allCases)
  func brokenLaddersDrift(mistake: PlainTempering.Mistake) throws {
    let machine = try randomMachine(unitCount: 8, seed: 12)
    let ladder = TemperatureLadder([1, 1.5, 2.2])
    let tempering = PlainTempering(
      machine: machine, ladder: ladder, stream: Self.stream, mistake: mistake)
    let certificates = try Self.certificates(machine, Clamp(), ladder) { starts in
      tempering.run(starts, sweeps: 4)
    }
    let drifts = certificates.contains { $0.verdict == .drifts }
    #expect(drifts == (mistake != .none))
  }

  /// Both layers from the old state of the other: each is right given what it saw, both together
  /// are not.
  @Test func layersUpdatedAtOnceDrift() throws {
    let machine = try Case.restricted.machine()
    func redraw(_ held: Range<Int>, _ starts: [BitVector]) -> [BitVector] {
      ChainSampler(machine, holding: Array(held)).run(
        chains: starts.count, schedule: Schedule(sweeps: 1), from: .perChain(starts),
        stream: Self.stream
      ).lastStates
    }
    let certificate = try Certificate(
      of: ExactDistribution(machine), chains: Self.chains, stream: Self.stream
    ) { starts in
      zip(redraw(0..<6, starts), redraw(6..<10, starts)).map { hidden, visible in
        BitVector((0..<10).map { $0 < 6 ? visible[$0] : hidden[$0] })
      }
    }
    #expect(certificate.verdict == .drifts)
  }
}
