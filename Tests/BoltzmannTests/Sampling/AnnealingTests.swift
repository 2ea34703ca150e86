import Testing

@testable import Boltzmann

struct AnnealingTests {
  let stream = RandomStream(seed: 2, name: "anneal")

  /// Article 2's recipe ends in the distribution at T = 1.
  @Test func endsInTheDistributionAtTheLastTemperature() throws {
    let machine = try slide35()
    let schedule = TemperatureSchedule.linear(from: 20, to: 1, steps: 5, sweeps: 20)
    let record = Annealing(machine, schedule: schedule).run(
      chains: 1500, counting: [.states(of: [0, 1, 2, 3])], stream: stream)
    let exact = try ExactDistribution(machine)
    let counts = record.frequencies[0].counts(of: 0..<16)
    #expect(ChiSquareTest(counts: counts, probabilities: exact.probabilities).pValue > 1e-3)
    #expect(record.steps.map(\.sweeps) == [20, 20, 20, 20, 40])
    for step in record.steps {
      let at = try Thermodynamics(EnergyTable(machine), temperature: step.temperature)
      let error = try #require(step.finalEnergy.standardError)
      #expect(abs(step.finalEnergy.mean - at.meanEnergy) < 5 * error)
    }
  }

  @Test(arguments: UpdateRule.allCases)
  func oneTemperatureIsSampling(rule: UpdateRule) throws {
    let machine = try randomMachine(unitCount: 9, seed: 4)
    let annealing = Annealing(
      machine, schedule: .constant(0.8, sweeps: 12), rule: rule, clamp: [2: true])
    let annealed = annealing.run(chains: 70, stream: stream)
    let sampler = ChainSampler(machine, temperature: 0.8, rule: rule, clamp: [2: true])
    let sampled = sampler.run(chains: 70, schedule: Schedule(sweeps: 12), stream: stream)
    #expect(annealed.lastStates == sampled.lastStates)
    #expect(annealed.steps[0].meanEnergy == sampled.meanEnergy)
  }

  @Test(arguments: UpdateRule.allCases)
  func findsTheGroundState(rule: UpdateRule) throws {
    let machine = try randomMachine(unitCount: 16, seed: 9)
    let ground = try ExactDistribution(machine).mostProbableStates(1)[0]
    let schedule = TemperatureSchedule.geometric(from: 10, to: 0.05, steps: 30, sweeps: 5)
    let record = Annealing(machine, schedule: schedule, rule: rule).run(
      chains: 20, stream: stream)
    #expect(record.lowestState == ground)
    #expect(record.lowestEnergy == machine.energy(of: ground))
    #expect(record.lowestEnergies.count == 20)
    #expect(record.lowestEnergies.allSatisfy { $0 >= record.lowestEnergy - 1e-6 })
    #expect(record.lowestEnergies.contains { abs($0 - record.lowestEnergy) < 1e-6 })
  }

  /// A chain's lowest energy is that of its best state after any sweep, the start included.
  @Test func lowestEnergiesAreThoseSeen() throws {
    let machine = try torus(side: 4) { $0 % 5 == 0 ? -1 : 1 }
    let schedule = TemperatureSchedule.geometric(from: 5, to: 0.5, steps: 3, sweeps: 2)
    let record = Annealing(machine, schedule: schedule).run(chains: 18, stream: stream)
    let temperatures = schedule.steps.flatMap { Array(repeating: $0.temperature, count: $0.sweeps) }
    for chain in 0..<18 {
      var plain = PlainKernel(machine: machine, temperature: 1, stream: stream)
      var state = InitialState.random.state(chain: chain, unitCount: 16, stream: stream)
      var lowest = machine.energy(of: state)
      for (step, temperature) in temperatures.enumerated() {
        plain.temperature = temperature
        plain.sweep(&state, step: step, chain: chain)
        lowest = min(lowest, machine.energy(of: state))
      }
      #expect(record.lowestEnergies[chain] == lowest)
      #expect(record.lastStates[chain] == state)
    }
    #expect(record.lowestEnergy == record.lowestEnergies.min())
    #expect(record.steps.map(\.sweeps).reduce(0, +) == temperatures.count)
  }

  @Test func threadsDoNotMatter() throws {
    let machine = try randomMachine(unitCount: 12, seed: 9)
    let annealing = Annealing(
      machine, schedule: .geometric(from: 10, to: 0.5, steps: 4, sweeps: 3))
    let records = [1, 2].map {
      annealing.run(chains: 130, counting: [.sum(of: [0, 1])], stream: stream, threads: $0)
    }
    #expect(records[0] == records[1])
  }
}
