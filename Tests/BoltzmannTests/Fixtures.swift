import Boltzmann

/// Slide 35 of the article: units v1 v2 h1 h2, weights 2, 1, −1, no biases.
func slide35(scaledBy factor: Double = 1) throws -> BoltzmannMachine {
  try BoltzmannMachine(
    weights: [[0, 0, 2, 0], [0, 0, 0, 1], [2, 0, 0, -1], [0, 1, -1, 0]], visibleCount: 2
  ).scaled(by: factor)
}

/// A machine whose weights and biases are normal with the standard deviation given; a pair is
/// connected with the given probability.
func randomMachine(
  unitCount: Int, weightScale: Double = 1, density: Double = 1, seed: UInt64
) throws -> BoltzmannMachine {
  let stream = RandomStream(seed: seed, name: "machine")
  func normal(_ i: Int, _ j: Int) -> Double {
    weightScale * stream.normal(.weights, step: i, chain: 0, unit: j)
  }
  var edges: [Couplings.Edge] = []
  for i in 0..<unitCount {
    for j in 0..<i where stream.bernoulli(density, .data, step: i, chain: 0, unit: j) {
      edges.append(Couplings.Edge(i, j, normal(i, j)))
    }
  }
  return try BoltzmannMachine(
    unitCount: unitCount, edges: edges, biases: (0..<unitCount).map { normal($0, $0) })
}

/// All states of some units, in the order of their number.
func allStates(_ unitCount: Int) -> [BitVector] {
  (0..<1 << unitCount).map { BitVector(index: UInt64($0), count: unitCount) }
}

/// Whether a number is within a share of another's size.
func isClose(_ a: Double, _ b: Double, relative: Double) -> Bool {
  abs(a - b) <= relative * max(abs(a), abs(b))
}
