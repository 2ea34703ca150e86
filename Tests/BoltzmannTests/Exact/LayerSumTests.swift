import Testing

@testable import Boltzmann

struct LayerSumTests {
  private struct Layers {
    var (enumerated, summed): ([Double], [Double])
    var weights: [[Double]]

    init(_ small: Int, _ large: Int, scale: Double) {
      let stream = RandomStream(seed: 8, name: "layers")
      func normal(_ chain: Int, _ unit: Int) -> Double {
        scale * stream.normal(.weights, step: 0, chain: chain, unit: unit)
      }
      enumerated = (0..<small).map { normal(0, $0) }
      summed = (0..<large).map { normal(1, $0) }
      weights = (0..<small).map { row in (0..<large).map { normal(2 + row, $0) } }
    }

    func sum(_ kernels: Kernels = .standard) -> LayerSum? {
      LayerSum(
        enumeratedBiases: enumerated, summedBiases: summed, weights: weights, kernels: kernels)
    }

    /// ln Σ_h exp(a·h + Σ_v softplus(b_v + Σ_j w_jv h_j)), term by term.
    var direct: Double {
      let terms = (0..<1 << enumerated.count).map { state in
        let on = enumerated.indices.filter { state >> $0 & 1 == 1 }
        return summed.indices.reduce(on.reduce(0) { $0 + enumerated[$1] }) { sum, v in
          sum + softplus(on.reduce(summed[v]) { $0 + weights[$1][v] })
        }
      }
      let largest = terms.max() ?? 0
      var sum = CompensatedSum()
      for term in terms { sum.add(exponential(term - largest)) }
      return largest + naturalLogarithm(sum.value)
    }
  }

  @Test(arguments: [0, 1, 2, 3, 7, 8, 11], [0, 1, 5, 300])
  func agreesWithTheDirectSum(small: Int, large: Int) throws {
    for scale in [0.1, 1, 5] {
      let layers = Layers(small, large, scale: scale)
      let direct = layers.direct
      let logarithm = try #require(layers.sum()).logarithm(threads: 1)
      #expect(abs(logarithm - direct) < 1e-12 * max(1, abs(direct)))
    }
  }

  @Test func neitherThreadsNorKernelsMatter() throws {
    let layers = Layers(15, 30, scale: 1)
    let expected = try #require(layers.sum()).logarithm(threads: 1)
    #expect(try #require(layers.sum()).logarithm(threads: 2) == expected)
    for name in ["reference", "avx2", "avx512", "neon"] {
      guard let kernels = try? Kernels(named: name) else { continue }
      #expect(try #require(layers.sum(kernels)).logarithm(threads: 1) == expected)
    }
  }

  @Test func fieldsTooLargeForAnExponentialAreRefused() {
    #expect(Layers(8, 4, scale: 1000).sum().map { _ in true } == nil)
  }

  /// Biases hold back the states whose products are the largest: Z is exact up to where a start is
  /// no longer a number, and beyond.
  @Test(arguments: [-50, -60, -70, -80, -400])
  func biasesAgainstFieldsLoseNoTerm(bias: Double) throws {
    let machine = RestrictedBoltzmannMachine(
      visibleCount: 784, hiddenCount: 12, weights: .constant(0.3),
      hiddenBiases: .constant(bias), stream: RandomStream(seed: 1, name: "unused"))
    // The hidden units are alike: only how many are on matters.
    let terms = (0...12).map { on in
      let states = (0..<on).reduce(0.0) { $0 + naturalLogarithm(Double(12 - $1) / Double($1 + 1)) }
      return states + Double(on) * bias + 784 * softplus(Double(on) * Double(Float(0.3)))
    }
    let exact = logarithmOfSum(terms)
    #expect(abs(try machine.logPartitionFunction() - exact) < 1e-11 * exact)
  }
}
