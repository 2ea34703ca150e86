import Boltzmann
import Foundation
import Testing

struct ExactDistributionTests {
  @Test func slide35() throws {
    let exact = try ExactDistribution(BoltzmannTests.slide35())
    #expect(abs(exact.partitionFunction - 39.6898932233) < 1e-9)
    #expect(abs(exact.logZ - 3.6810965766) < 1e-9)
    let visible = exact.marginal(over: [0, 1])
    let expected = [0.0848548375, 0.3050483875, 0.1440740038, 0.4660227711]
    #expect(zip(visible, expected).allSatisfy { abs($0 - $1) < 1e-10 })
  }

  @Test func slide35GivenTheHiddenUnits() throws {
    let exact = try ExactDistribution(BoltzmannTests.slide35(), clamp: [2: true, 3: true])
    let visible = exact.marginal(over: [0, 1])
    let expected = [0.032059, 0.236883, 0.087144, 0.643914]
    #expect(zip(visible, expected).allSatisfy { abs($0 - $1) < 5e-7 })
    #expect(exact.probability(of: BitVector([true, true, true, false])) == 0)
    #expect(exact.energy(of: BitVector([true, true, true, false])) == nil)
    #expect(exact.energy(of: BitVector([true, true, true, true])) == -2)
  }

  /// The last table of article 2: weights × 0.3, which is T = 10/3, given h = [1, 1].
  @Test func histogramOfArticle2() throws {
    let sum = Statistic.sum(of: [0, 1])
    let clamp: Clamp = [2: true, 3: true]
    let scaled = try ExactDistribution(
      BoltzmannTests.slide35(scaledBy: 0.3), clamp: clamp
    ).distribution(of: sum)
    let warm = try ExactDistribution(
      BoltzmannTests.slide35(), temperature: 10 / 3.0, clamp: clamp
    ).distribution(of: sum)
    let expected = [0.150793610506, 0.478313955950, 0.370892433544]
    #expect(scaled.map(\.value) == [0, 1, 2])
    for k in 0..<3 {
      #expect(abs(scaled[k].probability - expected[k]) < 1e-12)
      #expect(isClose(warm[k].probability, scaled[k].probability, relative: 1e-14))
    }
  }

  @Test(arguments: [0, 1, 5, 10, 11, 13], [0.3, 1, 40])
  func agreesWithBruteForce(unitCount: Int, temperature: Double) throws {
    let machine = try randomMachine(
      unitCount: unitCount, weightScale: 2, seed: UInt64(unitCount))
    let exact = try ExactDistribution(machine, temperature: temperature)
    let states = allStates(unitCount)
    let weights = states.map { exp(-machine.energy(of: $0) / temperature) }
    let z = weights.reduce(0, +)
    #expect(abs(exact.logZ - log(z)) < 1e-12 * max(1, abs(log(z))))
    for (index, state) in states.enumerated() {
      #expect(isClose(exact.probability(of: state), weights[index] / z, relative: 1e-12))
      #expect(exact.probability(of: state) == exact.probabilities[index])
      #expect(exact.table.state(at: index) == state)
    }
    let mean = zip(states, weights).reduce(0) { $0 + machine.energy(of: $1.0) * $1.1 } / z
    #expect(abs(exact.meanEnergy - mean) < 1e-12 * max(1, abs(mean)))
  }

  /// p(free | held) is the joint over the marginal of the held units.
  @Test func aClampConditions() throws {
    let machine = try randomMachine(unitCount: 12, density: 0.7, seed: 8)
    let joint = try ExactDistribution(machine, temperature: 0.8)
    let clamp: Clamp = [0: true, 5: false, 11: true]
    let conditional = try ExactDistribution(machine, temperature: 0.8, clamp: clamp)
    let held = joint.marginal(over: clamp.units)[0b101]
    for index in 0..<conditional.table.count {
      let state = conditional.table.state(at: index)
      #expect(
        isClose(
          conditional.probabilities[index], joint.probability(of: state) / held, relative: 1e-12))
    }
    #expect(abs(conditional.logZ - joint.logZ - log(held)) < 1e-12)
    let marginal = conditional.marginal(over: [5, 3, 11])
    #expect(marginal.indices.allSatisfy { ($0 & 0b101 == 0b100) == (marginal[$0] > 0) })
  }

  @Test func marginalsAndStatisticsAgree() throws {
    let exact = try ExactDistribution(randomMachine(unitCount: 11, seed: 4))
    let units = [7, 2, 10]
    let marginal = exact.marginal(over: units)
    let distribution = exact.distribution(of: .states(of: units))
    #expect(distribution.map(\.value) == Array(0..<8))
    #expect(zip(marginal, distribution).allSatisfy { abs($0 - $1.probability) < 1e-15 })
    let onCount = exact.expectation { Double($0.onCount) }
    let sum = (0..<11).reduce(0) { $0 + exact.marginal(over: [$1])[1] }
    #expect(abs(onCount - sum) < 1e-13)
    #expect(exact.marginal(over: []).count == 1)
  }

  @Test func mostProbableStatesComeInOrder() throws {
    let ground = try ExactDistribution(BoltzmannTests.slide35()).mostProbableStates(4)
    #expect(ground.map(\.index) == [5, 7, 15, 10])
    let exact = try ExactDistribution(randomMachine(unitCount: 9, seed: 6))
    let all = exact.mostProbableStates(600).map { exact.probability(of: $0) }
    #expect(all.count == 512)
    #expect(zip(all, all.dropFirst()).allSatisfy { $0 >= $1 })
  }

  @Test func aMachineBeyondTheLimitIsRefused() throws {
    let machine = try BoltzmannMachine(unitCount: 40, edges: [])
    let error = try #require(throws: EnumerationLimit.self) {
      try ExactDistribution(machine, clamp: [3: true])
    }
    #expect(error.freeUnitCount == 39 && error.largestFreeUnitCount == 22)
    #expect("\(error)" == "Enumeration would visit 2^39 states; the limit is 2^22.")
    #expect(throws: EnumerationLimit.self) { try machine.logPartitionFunction() }
  }
}
