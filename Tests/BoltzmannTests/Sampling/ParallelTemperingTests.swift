import Testing

@testable import Boltzmann

struct ParallelTemperingTests {
  let stream = RandomStream(seed: 3, name: "tempering")
  let ladder = TemperatureLadder([0.8, 1.1, 1.7, 2.6, 4])

  private func machine() throws -> BoltzmannMachine {
    try randomMachine(unitCount: 9, weightScale: 1.5, seed: 14)
  }

  /// Draw for draw the same states as the plain twin, in one ladder and in many.
  @Test(arguments: [1, 2, 17], [Clamp(), [1: true, 4: false]])
  func agreesWithItsPlainTwin(ladders: Int, clamp: Clamp) throws {
    let machine = try machine()
    let starts = ladder.temperatures.indices.map { rung in
      (0..<ladders).map {
        InitialState.random.state(chain: 100 * rung + $0, unitCount: 9, stream: stream)
      }
    }
    let tempering = ParallelTempering(SingleUnitKernel(machine, clamp: clamp), ladder: ladder)
    let plain = PlainTempering(machine: machine, ladder: ladder, clamp: clamp, stream: stream)
    for sweeps in [1, 2, 40] {
      let record = tempering.run(
        ladders: ladders, schedule: Schedule(sweeps: sweeps), from: .atRungs(starts),
        stream: stream)
      #expect(record.rungs.map(\.lastStates) == plain.run(starts, sweeps: sweeps))
    }
  }

  @Test func everyTemperatureHasItsDistribution() throws {
    let machine = try machine()
    let tempering = ParallelTempering(SingleUnitKernel(machine), ladder: ladder)
    let record = tempering.run(
      ladders: 200, schedule: Schedule(warmUp: 20, sweeps: 60),
      counting: [.states(of: [0, 3, 5]), Statistic { $0.onCount }], stream: stream)
    for rung in record.rungs {
      let exact = try ExactDistribution(machine, temperature: rung.temperature)
      let energy = try #require(rung.meanEnergy)
      #expect(abs(energy.mean - exact.meanEnergy) < 5 * (energy.standardError ?? 0))
      for (value, probability) in exact.distribution(of: .states(of: [0, 3, 5])) {
        let frequency = rung.frequencies[0][value].frequency
        #expect(abs(frequency.mean - probability) < 5 * (frequency.standardError ?? 0))
      }
      #expect(rung.frequencies.allSatisfy { $0.sampleCount == 12_000 })
    }
  }

  /// In equilibrium the acceptance of a pair is Σ p_a(s) p_b(s′) min(1, exp(Δ(1/T) ΔE)).
  @Test func acceptanceIsThatOfThePair() throws {
    let machine = try randomMachine(unitCount: 5, seed: 2)
    let ladder = TemperatureLadder([0.5, 1, 3])
    let exact = try ladder.temperatures.map { try ExactDistribution(machine, temperature: $0) }
    let record = ParallelTempering(SingleUnitKernel(machine), ladder: ladder).run(
      ladders: 500, schedule: Schedule(warmUp: 10, sweeps: 40),
      from: .atRungs(
        exact.map { Certificate.starts(in: $0, chains: 500, stream: stream) }), stream: stream)
    for pair in 0..<2 {
      let (cold, hot) = (exact[pair], exact[pair + 1])
      let slope = 1 / cold.temperature - 1 / hot.temperature
      var expected = 0.0
      for (i, p) in cold.probabilities.enumerated() {
        for (j, q) in hot.probabilities.enumerated() {
          let exponent = slope * (cold.table.energies[i] - hot.table.energies[j])
          expected += p * q * min(1, exponential(exponent))
        }
      }
      let measured = try #require(record.acceptance[pair])
      #expect(abs(measured.mean - expected) < 5 * (measured.standardError ?? 0))
      #expect((measured.standardError ?? 1) < 0.01)
    }
  }

  /// Rungs of almost one temperature: replicas walk through, and round trips are counted as a plain
  /// look at the trace counts them.
  @Test func roundTripsAreThoseOfTheTrace() throws {
    let ladder = TemperatureLadder([1, 1.01, 1.02, 1.03])
    let record = ParallelTempering(SingleUnitKernel(try machine()), ladder: ladder).run(
      ladders: 3, schedule: Schedule(warmUp: 5, sweeps: 200), tracing: 0..<205, stream: stream)
    #expect(record.trace.count == 205 && record.roundTrips.count == 3)
    var trips = 0
    for replica in 0..<4 {
      let places = record.trace.dropFirst(5).compactMap { $0.firstIndex(of: replica) }
      let ends = places.filter { $0 == 0 || $0 == 3 }.drop { $0 == 3 }
      trips += zip(ends, ends.dropFirst()).count { $0 == 3 && $1 == 0 }
    }
    #expect(record.roundTrips[0] == trips && trips > 10)
    #expect(record.trace.allSatisfy { $0.sorted() == [0, 1, 2, 3] })
  }

  @Test(arguments: [1, 15, 16, 33])
  func threadsAndKernelsDoNotMatter(ladders: Int) throws {
    let tempering = ParallelTempering(
      SingleUnitKernel(try randomMachine(unitCount: 70, density: 0.5, seed: 1)), ladder: ladder)
    func run(_ threads: Int, _ kernels: Kernels) -> TemperingRecord {
      tempering.run(
        ladders: ladders, schedule: Schedule(warmUp: 2, sweeps: 6), counting: [.sum(of: [1, 2])],
        tracing: 0..<8, stream: stream, threads: threads, kernels: kernels)
    }
    let reference = try run(1, Kernels(named: "reference"))
    #expect(run(3, .standard) == reference)
    #expect(reference.rungs.allSatisfy { $0.lastStates.count == ladders })
    #expect(reference.lowestEnergies.count == ladders)
  }

  /// Two valleys that single flips of a cold machine never connect: tempering gets across.
  @Test func aColdMachineLeavesItsValley() throws {
    let machine = try IsingModel.lattice(rows: 4, columns: 4).boltzmannMachine().machine
    let kernel = SingleUnitKernel(machine)
    let down = InitialState.given(BitVector(zeros: 16))
    let schedule = Schedule(warmUp: 200, sweeps: 400)
    let cold = ChainSampler(kernel, temperature: 0.8).run(
      chains: 20, schedule: schedule, from: down, counting: [.states(of: [0])], stream: stream)
    #expect(cold.frequencies[0][1].frequency.mean < 0.1)
    let ladder = TemperatureLadder.geometric(from: 0.8, to: 5, rungs: 8)
    let record = ParallelTempering(kernel, ladder: ladder).run(
      ladders: 20, schedule: schedule, from: .each(down), counting: [.states(of: [0])],
      stream: stream)
    let up = record.rungs[0].frequencies[0][1].frequency
    #expect(abs(up.mean - 0.5) < 5 * (try #require(up.standardError)))
    #expect((up.standardError ?? 1) < 0.1)
    #expect(record.roundTrips.allSatisfy { $0 > 0 })
  }

  @Test func theLowestStateIsKept() throws {
    let machine = try randomMachine(unitCount: 16, seed: 9)
    let ground = try ExactDistribution(machine).mostProbableStates(1)[0]
    let tempering = ParallelTempering(
      SingleUnitKernel(machine), ladder: .geometric(from: 0.2, to: 6, rungs: 7))
    let record = tempering.run(ladders: 3, schedule: Schedule(sweeps: 100), stream: stream)
    #expect(record.lowestState == ground && record.lowestEnergy == machine.energy(of: ground))
    #expect(record.lowestEnergies.allSatisfy { $0 >= record.lowestEnergy - 1e-6 })
  }

  @Test func withoutSamplesThereIsNoMean() throws {
    let record = ParallelTempering(SingleUnitKernel(try machine()), ladder: ladder).run(
      ladders: 2, schedule: Schedule(sweeps: 0), stream: stream)
    #expect(record.rungs.allSatisfy { $0.meanEnergy == nil })
    #expect(record.acceptance == [nil, nil, nil, nil] && record.roundTrips == [0, 0])
  }
}
