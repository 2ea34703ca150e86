import Boltzmann
import Testing

struct EffectiveTemperatureTests {
  private func samples(
    _ machine: BoltzmannMachine, at temperature: Double, count: Int, seed: UInt64 = 0
  ) throws -> BitMatrix {
    let sampler = ExactSampler(try ExactDistribution(machine, temperature: temperature))
    let stream = RandomStream(seed: seed, name: "exact")
    return BitMatrix(rows: (0..<count).map { sampler.state(chain: $0, stream: stream) })
  }

  @Test(arguments: [0.5, 1, 3])
  func exactSamplesGiveTheirTemperature(temperature: Double) throws {
    let machine = try randomMachine(unitCount: 10, seed: 6)
    let found = try EffectiveTemperature(
      of: samples(machine, at: temperature, count: 1000), machine, threads: 2)
    let estimate = try #require(found.temperature)
    let error = try #require(estimate.standardError)
    #expect(abs(estimate.mean - temperature) < 4 * error)
    #expect(error < 0.2 * temperature)
  }

  /// The stated error is the spread over many sets of samples.
  @Test func theErrorIsTheSpread() throws {
    let machine = try randomMachine(unitCount: 8, seed: 12)
    var (values, errors) = (Moments(), Moments())
    for seed in 0..<60 {
      let set = try samples(machine, at: 1, count: 150, seed: UInt64(seed))
      let beta = try EffectiveTemperature(of: set, machine).inverseTemperature
      values.add(beta.mean)
      errors.add(try #require(beta.standardError))
    }
    let spread = try #require(values.variance).squareRoot()
    #expect(spread > 0.75 * errors.mean && spread < 1.35 * errors.mean)
  }

  /// Rows that are copies of one another are no new evidence: as one group they say so.
  @Test func copiesInAGroupDoNotShrinkTheError() throws {
    let machine = try randomMachine(unitCount: 8, seed: 12)
    let set = try samples(machine, at: 1, count: 300)
    let copies = BitMatrix(rows: 1200, columns: 8) { set[$0 / 4, $1] }
    let alone = try EffectiveTemperature(of: set, machine).inverseTemperature
    let grouped = try EffectiveTemperature(of: copies, machine, groupLength: 4).inverseTemperature
    let naive = try EffectiveTemperature(of: copies, machine).inverseTemperature
    let (one, four) = (try #require(alone.standardError), try #require(grouped.standardError))
    #expect(isClose(alone.mean, grouped.mean, relative: 1e-10))
    #expect(isClose(one, four, relative: 1e-10))
    #expect(try #require(naive.standardError) < 0.51 * one)
  }

  /// Samples of the machine with all signs turned have a negative temperature.
  @Test func samplesOfTheOppositePreferHighEnergies() throws {
    let machine = try randomMachine(unitCount: 8, seed: 3)
    let found = try EffectiveTemperature(
      of: samples(machine.scaled(by: -1), at: 1, count: 800), machine)
    let beta = found.inverseTemperature
    #expect(found.temperature == nil)
    #expect(abs(beta.mean + 1) < 4 * (try #require(beta.standardError)))
  }

  @Test func setsWithoutATemperatureSaySo() throws {
    let machine = try BoltzmannMachine(weights: [[0, 2], [2, 0]], biases: [-0.5, -0.5])
    let ground = BitMatrix(rows: [BitVector(ones: 2), BitVector(zeros: 2)])
    #expect(throws: EffectiveTemperatureError.zeroTemperature) {
      try EffectiveTemperature(of: ground, machine)
    }
    let highest = BitMatrix(rows: [BitVector([true, false])])
    #expect(throws: EffectiveTemperatureError.onlyMaxima) {
      try EffectiveTemperature(of: highest, machine.scaled(by: 1))
    }
    let flat = try BoltzmannMachine(weights: [[0, 0], [0, 0]])
    for samples in [ground, BitMatrix(rows: 0, columns: 2)] {
      #expect(throws: EffectiveTemperatureError.noEnergies) {
        try EffectiveTemperature(of: samples, flat)
      }
    }
  }
}
