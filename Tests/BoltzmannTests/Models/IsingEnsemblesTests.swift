import Boltzmann
import Testing

struct IsingEnsemblesTests {
  let stream = RandomStream(seed: 11, name: "ensembles")

  /// A ring of n units: Z = (2 cosh β)ⁿ + (2 sinh β)ⁿ.
  @Test(arguments: [3, 4, 10])
  func aRingHasItsClosedForm(length: Int) throws {
    let model = try IsingModel.lattice(rows: 1, columns: length, coupling: 0.7)
    let (machine, constant) = try model.boltzmannMachine()
    let logZ = try ExactDistribution(machine).logZ - constant
    let (up, down) = (exponential(0.7), exponential(-0.7))
    var (cosh, sinh) = (1.0, 1.0)
    for _ in 0..<length { (cosh, sinh) = (cosh * (up + down), sinh * (up - down)) }
    #expect(isClose(logZ, naturalLogarithm(cosh + sinh), relative: 1e-13))
  }

  /// Units that only feel a field: ⟨σ⟩ = tanh h.
  @Test func fieldsAreFields() throws {
    let model = try IsingModel.lattice(rows: 2, columns: 3, coupling: 0, field: 0.3)
    let machine = try model.boltzmannMachine().machine
    let on = try ExactDistribution(machine).marginal(over: [4])[1]
    #expect(isClose(on, logistic(0.6), relative: 1e-14))
  }

  @Test func plusMinusJ() throws {
    let lattice = SquareLattice(rows: 30, columns: 40)
    let edges = try IsingModel.plusMinusJ(on: lattice, coupling: 2, stream: stream).couplings.edges
    #expect(edges.count == 2400 && edges.allSatisfy { abs($0.weight) == 2 })
    let negative = edges.count { $0.weight < 0 }
    #expect(abs(negative - 1200) < 5 * 25)
    let few = try IsingModel.plusMinusJ(on: lattice, negativeShare: 0.1, stream: stream)
    #expect(abs(few.couplings.edges.count { $0.weight < 0 } - 240) < 5 * 15)
    let none = try IsingModel.plusMinusJ(on: lattice, negativeShare: 0, stream: stream)
    #expect(try none == IsingModel.lattice(lattice))
  }

  @Test func edwardsAnderson() throws {
    let lattice = SquareLattice(rows: 40, columns: 40, boundary: .free)
    let weights = try IsingModel.edwardsAnderson(on: lattice, coupling: 3, stream: stream)
      .couplings.edges.map(\.weight)
    var moments = Moments()
    for weight in weights { moments.add(weight) }
    let deviation = try #require(moments.variance).squareRoot()
    #expect(weights.count == 3120 && abs(moments.mean) < 5 * 3 / 56)
    #expect(abs(deviation - 3) < 0.2)
  }

  /// Σ J² over the pairs tends to (n − 1)/2.
  @Test func sherringtonKirkpatrick() throws {
    let model = try IsingModel.sherringtonKirkpatrick(unitCount: 80, field: 0.5, stream: stream)
    let squares = model.couplings.edges.reduce(0) { $0 + $1.weight * $1.weight }
    #expect(model.couplings.edges.count == 3160)
    #expect(abs(squares / 39.5 - 1) < 5 * (2.0 / 3160).squareRoot())
    #expect(model.fields == Array(repeating: 0.5, count: 80))
  }

  @Test func streamsDecide() throws {
    func models(_ stream: RandomStream) throws -> [IsingModel] {
      let lattice = SquareLattice(rows: 4, columns: 4)
      return try [
        .plusMinusJ(on: lattice, stream: stream), .edwardsAnderson(on: lattice, stream: stream),
        .sherringtonKirkpatrick(unitCount: 16, stream: stream),
      ]
    }
    #expect(try models(stream) == models(stream))
    let other = stream.substream(named: "other")
    #expect(try zip(models(stream), models(other)).allSatisfy { $0 != $1 })
  }

  @Test func couplingsMustBeFinite() {
    #expect(throws: ModelError.self) {
      try IsingModel.lattice(rows: 2, columns: 3, coupling: .infinity)
    }
    #expect(throws: ModelError.self) { try IsingModel.lattice(rows: 2, columns: 3, field: .nan) }
  }
}
