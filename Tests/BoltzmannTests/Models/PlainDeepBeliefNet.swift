@testable import Boltzmann

/// A small deep belief net as its definition says, by loops over all states of all units.
struct PlainDeepBeliefNet {
  let net: DeepBeliefNet

  /// A net with the layers given, its two ways apart; parameters are multiples of 2⁻¹², so that
  /// steps of 2⁻¹⁰ are exact in Float.
  static func drawn(_ counts: [Int], labels: Int = 0, isTied: Bool = false) throws -> DeepBeliefNet
  {
    let stream = RandomStream(key: UInt64(counts.reduce(0) { $0 * 7 + $1 }))
    func machine(_ index: Int, _ purpose: String) throws -> RestrictedBoltzmannMachine {
      let isTop = index == counts.count - 2
      let drawn = RestrictedBoltzmannMachine(
        visibleCount: counts[index] + (isTop ? labels : 0), hiddenCount: counts[index + 1],
        weights: .normal(mean: 0, standardDeviation: 0.9),
        visibleBiases: .normal(mean: 0, standardDeviation: 0.6),
        hiddenBiases: .normal(mean: 0, standardDeviation: 0.6),
        stream: stream.substream(named: purpose).substream(UInt64(index)))
      func round(_ x: Float) -> Float { (x * 0x1p12).rounded() * 0x1p-12 }
      return try RestrictedBoltzmannMachine(
        weights: Matrix(rows: drawn.visibleCount, columns: drawn.hiddenCount) {
          round(drawn.weights[$0, $1])
        }, visibleBiases: drawn.visibleBiases.map(round),
        hiddenBiases: drawn.hiddenBiases.map(round))
    }
    let machines = try (0..<counts.count - 1).map { try machine($0, "machine") }
    var net = try DeepBeliefNet(stacking: machines, labelCount: labels)
    if !isTied {
      for index in net.layers.indices { net.layers[index].up = try machine(index, "up").upward }
    }
    return net
  }

  static func states(_ count: Int) -> [[Double]] {
    (0..<1 << count).map { state in (0..<count).map { Double(state >> $0 & 1) } }
  }

  /// All states of all hidden layers below the top machine's own.
  var paths: [[[Double]]] {
    net.layers.reduce([[]]) { paths, layer in
      paths.flatMap { path in Self.states(layer.up.outputCount).map { path + [$0] } }
    }
  }

  /// Inputs of the top machine with each label on alone, or without labels.
  func topStates(_ inputs: [Double]) -> [[Double]] {
    if net.labelCount == 0 { return [inputs] }
    return (0..<net.labelCount).map { label in
      inputs + (0..<net.labelCount).map { $0 == label ? 1 : 0 }
    }
  }

  static func probability(_ layer: SigmoidLayer, _ outputs: [Double], given inputs: [Double])
    -> Double
  {
    zip(means(layer, inputs), outputs).reduce(1) { $0 * ($1.1 == 1 ? $1.0 : 1 - $1.0) }
  }

  static func means(_ layer: SigmoidLayer, _ inputs: [Double]) -> [Double] {
    (0..<layer.outputCount).map { output in
      logistic(
        (0..<layer.inputCount).reduce(Double(layer.biases[output])) {
          $0 + inputs[$1] * Double(layer.weights[$1, output])
        })
    }
  }

  /// exp(−E) of the top machine summed over its hidden units, one state after the other.
  func topWeight(_ visible: [Double]) -> Double {
    let v = BitVector(visible.map { $0 == 1 })
    return allStates(net.top.hiddenCount).reduce(0) {
      $0 + exponential(-net.top.energy(visible: v, hidden: $1))
    }
  }

  /// Z of the top machine over the states that count.
  var partitionFunction: Double {
    Self.states(net.topInputCount).flatMap(topStates).reduce(0) { $0 + topWeight($1) }
  }

  /// p(v, x¹, …) Z.
  func weight(_ visible: [Double], _ path: [[Double]]) -> Double {
    let states = [visible] + path
    var weight = topStates(states[path.count]).reduce(0) { $0 + topWeight($1) }
    for (index, layer) in net.layers.enumerated() {
      weight *= Self.probability(layer.down, states[index], given: states[index + 1])
    }
    return weight
  }

  /// q(x¹, … | v).
  func recognition(_ visible: [Double], _ path: [[Double]]) -> Double {
    let states = [visible] + path
    return net.layers.enumerated().reduce(1) {
      $0 * Self.probability($1.element.up, states[$1.offset + 1], given: states[$1.offset])
    }
  }

  /// ln p(v) + ln Z, its bound and the entropy of q.
  func row(_ visible: [Double]) -> (logWeight: Double, bound: Double, entropy: Double) {
    var (sum, bound, entropy) = (0.0, 0.0, 0.0)
    for path in paths {
      let (p, q) = (weight(visible, path), recognition(visible, path))
      sum += p
      bound += q * (naturalLogarithm(p) - naturalLogarithm(q))
      entropy -= q * naturalLogarithm(q)
    }
    return (naturalLogarithm(sum), bound, entropy)
  }
}
