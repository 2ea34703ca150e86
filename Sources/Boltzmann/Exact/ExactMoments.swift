internal import CKernels

/// ln Z and the first and second moments of a machine's units, by enumeration.
public struct ExactMoments: Sendable, Equatable {
  /// ln Z.
  public let logZ: Double
  /// ⟨s_i⟩ = p(s_i = 1).
  public let means: [Double]
  private let products: [[Double]]
  /// ⟨E⟩ = −Σ_{i<j} w_ij ⟨s_i s_j⟩ − Σ_i b_i ⟨s_i⟩.
  public let meanEnergy: Double

  /// ⟨s_i s_j⟩ = p(s_i = 1 and s_j = 1); ⟨s_i⟩ for i = j.
  public subscript(_ i: Int, _ j: Int) -> Double { products[i][j] }

  /// From Z, one more value, and Z times the second moments.
  init(_ sums: ScaledSums, of machine: BoltzmannMachine) {
    let count = machine.unitCount
    let table = MomentTable(unitCount: count, values: Array(sums.values.dropFirst(2)))
    let z = sums.values[0]
    logZ = sums.logScale + hm_log(z)
    products = (0..<count).map { i in (0..<count).map { table[i, $0] / z } }
    means = (0..<count).map { table[$0, $0] / z }
    var energy = CompensatedSum()
    for edge in machine.edges { energy.add(edge.weight * (table[edge.first, edge.second] / z)) }
    for unit in 0..<count { energy.add(machine.biases[unit] * (table[unit, unit] / z)) }
    meanEnergy = 0 - energy.value
  }
}
