/// 1 − |λ₂|: how much of the slowest deviation from the stationary distribution a step takes away.
public struct SpectralGap: Sendable, Hashable {
  /// |λ₂|, the largest modulus of an eigenvalue other than one eigenvalue 1. It is 1 for kernels
  /// with several closed classes and for those that go round in circles.
  public let secondModulus: Double

  /// The gap below 1 of a modulus.
  public init(secondModulus: Double) {
    precondition((0...1).contains(secondModulus), "Probabilities have no eigenvalue beyond 1.")
    self.secondModulus = secondModulus
  }

  /// 1 − |λ₂|.
  public var gap: Double { 1 - secondModulus }
  /// −1/ln |λ₂|: in so many steps the slowest deviation falls to 1/e; infinite for |λ₂| = 1.
  public var relaxationTime: Double {
    secondModulus >= 1 ? .infinity : secondModulus <= 0 ? 0 : -1 / naturalLogarithm(secondModulus)
  }
}

extension TransitionMatrix {
  /// The largest dimension of the subspaces in which |λ₂| is looked for.
  static let largestSubspace = 320

  /// The spectral gap of any kernel, reversible or not; nil when it is not found to 10⁻¹⁰.
  ///
  /// Arnoldi's method on the functions whose sum over the states is 0, which K maps into
  /// themselves and which leave one eigenvalue 1 out. The subspace is doubled until |λ₂| no longer
  /// changes, up to dimension 320; up to 8 units that is all of the space. Sweeps in a fixed order
  /// are not reversible: their eigenvalues may be complex, and distances can fall slower than
  /// |λ₂|ᵗ for a while. Cost: dimension × 4^units multiplications.
  /// Source: Arnoldi, "The principle of minimized iterations in the solution of the matrix
  /// eigenvalue problem", Quarterly of Applied Mathematics 9 (1951) 17–29.
  public func spectralGap() -> SpectralGap? {
    if stateCount == 1 { return SpectralGap(secondModulus: 0) }
    var subspace = KrylovSubspace(self)
    var (previous, dimension) = (Double.infinity, 20)
    while true {
      subspace.extend(to: min(dimension, stateCount - 1))
      let modulus = eigenvalues(ofHessenberg: subspace.hessenberg).map(\.modulus).max() ?? 0
      let isWhole = subspace.isInvariant || subspace.dimension == stateCount - 1
      if isWhole || abs(modulus - previous) < 1e-11 {
        return SpectralGap(secondModulus: min(1, modulus))
      }
      if dimension >= Self.largestSubspace { return nil }
      (previous, dimension) = (modulus, 2 * dimension)
    }
  }
}

/// An orthonormal basis of x, xK, xK², … for an x whose sum is 0, and K in that basis.
private struct KrylovSubspace {
  private let matrix: TransitionMatrix
  private var basis: [[Double]]
  /// columns[j][i], i ≤ j + 1.
  private var columns: [[Double]] = []
  /// Nothing outside of the subspace is reached from within.
  private(set) var isInvariant = false

  init(_ matrix: TransitionMatrix) {
    self.matrix = matrix
    let stream = RandomStream(seed: 0, name: "spectral gap")
    let start = (0..<matrix.stateCount).map {
      stream.normal(.initialState, step: 0, chain: 0, unit: $0)
    }
    basis = [Self.normalized(Self.withoutSum(start)).vector]
  }

  var dimension: Int { columns.count }

  mutating func extend(to count: Int) {
    while dimension < count && !isInvariant {
      var next = Self.withoutSum(matrix.step(basis[dimension]))
      var column = [Double](repeating: 0, count: dimension + 2)
      // Twice: what rounding leaves of the first projection goes with the second.
      for _ in 0..<2 {
        for (place, vector) in basis.enumerated() {
          let share = Self.product(vector, next)
          column[place] += share
          for state in next.indices { next[state] -= share * vector[state] }
        }
      }
      let (vector, length) = Self.normalized(next)
      column[dimension + 1] = length
      columns.append(column)
      basis.append(vector)
      isInvariant = length < 1e-14
    }
  }

  /// K from the subspace into itself.
  var hessenberg: [[Double]] {
    (0..<dimension).map { row in
      (0..<dimension).map { row <= $0 + 1 ? columns[$0][row] : 0 }
    }
  }

  private static func product(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for place in a.indices { sum += a[place] * b[place] }
    return sum
  }

  private static func normalized(_ x: [Double]) -> (vector: [Double], length: Double) {
    let length = product(x, x).squareRoot()
    return length == 0 ? (x, 0) : (x.map { $0 / length }, length)
  }

  private static func withoutSum(_ x: [Double]) -> [Double] {
    let mean = x.reduce(0, +) / Double(x.count)
    return x.map { $0 - mean }
  }
}
