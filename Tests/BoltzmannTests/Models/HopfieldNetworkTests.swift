import Testing

@testable import Boltzmann

struct HopfieldNetworkTests {
  static func random(
    _ count: Int, units: Int, rule: HopfieldNetwork.Rule = .hebb, seed: UInt64 = 1
  ) throws -> HopfieldNetwork {
    try HopfieldNetwork(
      patterns: HopfieldNetwork.randomPatterns(
        count, unitCount: units, stream: RandomStream(seed: seed, name: "patterns")), rule: rule)
  }

  private func pattern(_ signs: String) -> BitVector { BitVector(signs.map { $0 == "+" }) }

  @Test func hebbByHand() throws {
    let network = try HopfieldNetwork(patterns: [pattern("++-+"), pattern("+--+")])
    let model = try network.isingModel()
    #expect(
      model.couplings.edges == [
        .init(0, 2, -0.5), .init(0, 3, 0.5), .init(2, 3, -0.5),
      ])
    #expect(model.fields == [0, 0, 0, 0] && model.constant == 0)
    #expect(network.load == 0.5 && network.rank == nil)
    #expect(network.overlap(of: pattern("+++-"), with: 0) == 0)
    #expect(network.overlap(of: pattern("--+-"), with: 0) == -1)
  }

  /// E = −(Σ_μ M_μ² − NP)/2N in the Ising model, and the same with its constant in {0, 1}.
  @Test(arguments: HopfieldNetwork.Rule.allCases) func conversionsKeepEveryEnergy(
    rule: HopfieldNetwork.Rule
  ) throws {
    let network = try Self.random(4, units: 10, rule: rule)
    let model = try network.isingModel()
    let (machine, constant) = try model.boltzmannMachine()
    let back = IsingModel(machine)
    let patterns = network.patterns
    for state in allStates(10) {
      let energy = model.energy(of: state)
      #expect(abs(machine.energy(of: state) + constant - energy) < 1e-12)
      #expect(abs(back.energy(of: state) + constant - energy) < 1e-12)
      if rule == .hebb {
        let hebb = HebbState(patterns, PatternRows(patterns), state)
        #expect(abs(hebb.energy - energy) < 1e-12)
      }
    }
    for (edge, original) in zip(back.couplings.edges, model.couplings.edges) {
      #expect(edge == original)
    }
  }

  /// The projection leaves every pattern as it is: Σ_j P_ij ξ_j = ξ_i, the diagonal among the sum.
  @Test func pseudoInverseIsTheProjection() throws {
    let network = try Self.random(5, units: 12, rule: .pseudoInverse)
    let model = try network.isingModel()
    let diagonal = (0..<12).map { unit in network.basis.reduce(0) { $0 + $1[unit] * $1[unit] } }
    #expect(abs(diagonal.reduce(0, +) - 5) < 1e-12)
    for pattern in network.patterns {
      for i in 0..<12 {
        let rest = (0..<12).reduce(0.0) {
          $0 + model.couplings[i, $1] * (pattern[$1] ? 1 : -1)
        }
        #expect(abs(rest + (diagonal[i] - 1) * (pattern[i] ? 1 : -1)) < 1e-12)
      }
    }
  }

  /// Patterns that differ in a few units: Hebb's rule forgets them, the pseudo-inverse does not.
  @Test func alikePatternsNeedThePseudoInverse() throws {
    let first = HopfieldNetwork.randomPatterns(
      1, unitCount: 60, stream: RandomStream(seed: 3, name: "alike"))[0]
    let alike = (0..<6).map {
      first.flipping(6, stream: RandomStream(seed: 4, name: "alike"), chain: $0)
    }
    func fixed(_ rule: HopfieldNetwork.Rule) throws -> Int {
      let descent = try HopfieldDescent(HopfieldNetwork(patterns: alike, rule: rule))
      return alike.count { descent.run(from: $0).sweeps == 0 }
    }
    #expect(try fixed(.hebb) == 0)
    #expect(try fixed(.pseudoInverse) == 6)
  }

  /// What others add up to changes nothing: (ξ¹ + ξ² + ξ³ − ξ⁴)/2, a reverse, a repetition.
  @Test func dependentPatternsAreLeftOut() throws {
    let four = ["++++++++", "++++----", "++--++--", "++----++"].map(pattern)
    let dependent = [pattern("++++++--"), four[1], four[2].reversed]
    let network = try HopfieldNetwork(patterns: four, rule: .pseudoInverse)
    let more = try HopfieldNetwork(patterns: four + dependent, rule: .pseudoInverse)
    #expect(network.rank == 4 && more.rank == 4)
    #expect(try network.isingModel() == more.isingModel())
    let independent = try HopfieldNetwork(
      patterns: four + [pattern("+-------")], rule: .pseudoInverse)
    #expect(independent.rank == 5)
  }

  @Test func dataOfTwoValuesAreStored() throws {
    let bits = try HopfieldNetwork(Dataset(values: [0, 1, 1, 1, 0, 0], unitCount: 3))
    let spins = try HopfieldNetwork(Dataset(values: [-1, 1, 1, 1, -1, -1], unitCount: 3))
    #expect(bits == spins)
    #expect(bits.patterns == [pattern("-++"), pattern("+--")])
  }

  @Test func mistakesAreNamed() throws {
    #expect(throws: HopfieldError.noPatterns) { try HopfieldNetwork(patterns: []) }
    #expect(throws: HopfieldError.notBinary(row: 1, unit: 0, value: 0.5)) {
      try HopfieldNetwork(Dataset(values: [0, 1, 0.5, 1], unitCount: 2))
    }
    #expect(throws: HopfieldError.notBinary(row: 0, unit: 1, value: 0)) {
      try HopfieldNetwork(Dataset(values: [1, 0, -1, 1], unitCount: 2))
    }
    let all = ["++", "+-"].map(pattern)
    #expect(throws: HopfieldError.everyStateStored(unitCount: 2)) {
      try HopfieldNetwork(patterns: all, rule: .pseudoInverse)
    }
    #expect(
      HopfieldError.everyStateStored(unitCount: 2).description
        == "2 independent patterns of 2 units leave no couplings.")
    #expect(
      HopfieldError.notBinary(row: 1, unit: 0, value: 0.5).description
        == "Value 0 of row 1 is 0.5; a pattern has values 0 and 1, or -1 and 1.")
    #expect(HopfieldError.noPatterns.description == "A Hopfield network needs a pattern.")
  }

  @Test func randomPatternsAreFair() {
    let patterns = HopfieldNetwork.randomPatterns(
      200, unitCount: 130, stream: RandomStream(seed: 5, name: "fair"))
    let on = patterns.reduce(0) { $0 + $1.onCount }
    // 26000 tosses: a standard deviation of 81.
    #expect(abs(on - 13_000) < 4 * 81)
    #expect(Set(patterns).count == 200)
  }
}
