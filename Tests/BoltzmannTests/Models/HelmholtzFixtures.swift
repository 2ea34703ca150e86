@testable import Boltzmann

/// A machine whose parameters are all normal with standard deviation 1.
func randomHelmholtzMachine(_ sizes: [Int], seed: UInt64) -> HelmholtzMachine {
  let normal = ParameterDistribution.normal(mean: 0, standardDeviation: 1)
  return HelmholtzMachine(
    layerSizes: sizes, weights: normal, visibleBiases: normal, hiddenBiases: normal,
    recognition: normal, stream: RandomStream(seed: seed, name: "helmholtz"))
}

/// What is to be known of one visible state, by products over all units and sums over all states.
struct PlainHelmholtz {
  /// p(v, h) and q(h | v) of every state h of all hidden units.
  private(set) var joint: [Double] = []
  private(set) var recognised: [Double] = []

  var probability: Double { joint.reduce(0, +) }
  var bound: Double {
    zip(joint, recognised).reduce(0) { sum, pair in
      sum + pair.1 * (naturalLogarithm(pair.0) - naturalLogarithm(pair.1))
    }
  }
  var divergences: (ofRecognition: Double, ofPosterior: Double) {
    let posterior = joint.map { $0 / probability }
    return (
      kullbackLeiblerDivergence(recognised, from: posterior),
      kullbackLeiblerDivergence(posterior, from: recognised)
    )
  }

  init(_ machine: HelmholtzMachine, _ visible: BitVector) {
    for state in 0..<1 << machine.hiddenCount {
      var layers = [(0..<visible.count).map { visible[$0] }]
      var first = 0
      for size in machine.layerSizes.dropFirst() {
        layers.append((first..<first + size).map { state >> $0 & 1 == 1 })
        first += size
      }
      var (p, q) = (1.0, 1.0)
      for (layer, units) in layers.enumerated() {
        let above = layer + 1 < layers.count ? layers[layer + 1] : []
        p *= Self.probability(of: units, machine.generative[layer], given: above)
        if layer > 0 {
          q *= Self.probability(
            of: units, machine.recognition[layer - 1], given: layers[layer - 1])
        }
      }
      joint.append(p)
      recognised.append(q)
    }
  }

  private static func probability(
    of units: [Bool], _ layer: AffineLayer, given inputs: [Bool]
  ) -> Double {
    var product = 1.0
    for (j, isOn) in units.enumerated() {
      var field = layer.biases[j]
      for (i, input) in inputs.enumerated() where input {
        field += layer.weights[i * layer.outputCount + j]
      }
      product *= isOn ? logistic(field) : 1 - logistic(field)
    }
    return product
  }
}
