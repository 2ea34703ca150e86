/// E(σ) = −Σ_{i<j} J_ij σ_i σ_j − Σ_i h_i σ_i + c over units that are −1 or +1.
///
/// A state holds the unit +1 as a bit that is on.
public struct IsingModel: Sendable, Hashable {
  /// The couplings J.
  public let couplings: Couplings
  /// The fields h, one per unit.
  public let fields: [Double]
  /// The energy c that every state shares.
  public let constant: Double

  /// A model from its couplings; no fields mean zero fields.
  public init(
    couplings: Couplings, fields: [Double]? = nil, constant: Double = 0
  ) throws(ModelError) {
    precondition(constant.isFinite, "The constant of an Ising model must be finite.")
    let machine = try BoltzmannMachine(couplings: couplings, biases: fields)
    (self.couplings, self.fields, self.constant) = (couplings, machine.biases, constant)
  }

  /// The number of units.
  public var unitCount: Int { couplings.unitCount }

  /// E(σ), the bit of unit i being (σ_i + 1) / 2.
  public func energy(of state: BitVector) -> Double {
    precondition(state.count == unitCount, "A state must have one bit per unit of the model.")
    var sum = 0.0
    for edge in couplings.edges {
      sum += state[edge.first] == state[edge.second] ? edge.weight : -edge.weight
    }
    for unit in 0..<unitCount { sum += state[unit] ? fields[unit] : -fields[unit] }
    return constant - sum
  }

  /// The model in σ = 2s − 1 with the energies of a machine: J = w/4, h_i = b_i/2 + Σ_j w_ij/4,
  /// c = −Σ_{i<j} w_ij/4 − Σ b_i/2.
  public init(_ machine: BoltzmannMachine) {
    couplings = machine.couplings.scaled(by: 0.25)
    let ones = BitVector(ones: machine.unitCount)
    fields = machine.biases.indices.map {
      machine.biases[$0] / 2 + machine.couplings.input(to: $0, from: ones) / 4
    }
    let edgeSum = machine.edges.reduce(0) { $0 + $1.weight }
    constant = 0 - edgeSum / 4 - machine.biases.reduce(0, +) / 2
  }

  /// The machine in s = (σ + 1)/2, w = 4J, b_i = 2h_i − 2 Σ_j J_ij, and the constant
  /// c − Σ_{i<j} J_ij + Σ h_i to be added to its energies.
  public func boltzmannMachine() throws(ModelError) -> (
    machine: BoltzmannMachine, constant: Double
  ) {
    let ones = BitVector(ones: unitCount)
    let biases = fields.indices.map {
      2 * fields[$0] - 2 * couplings.input(to: $0, from: ones)
    }
    let machine = try BoltzmannMachine(
      unitCount: unitCount,
      edges: couplings.edges.map { Couplings.Edge($0.first, $0.second, 4 * $0.weight) },
      biases: biases)
    let edgeSum = couplings.edges.reduce(0) { $0 + $1.weight }
    return (machine, constant - edgeSum + fields.reduce(0, +))
  }
}
