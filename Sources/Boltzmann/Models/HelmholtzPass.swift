/// One pass through a Helmholtz machine, up or down, with the memory it takes.
struct HelmholtzPass {
  /// Where the random numbers of a pass come from: purpose `layer`, and each layer's units from a
  /// multiple of four on, the visible layer first.
  struct Place {
    let stream: RandomStream
    let step: Int
    let chain: Int
  }

  /// 0 or 1 for each unit of each layer.
  private(set) var states: [[Double]]
  private var fields: [[Double]]
  private let firstGroups: [Int]

  init(_ machine: HelmholtzMachine) {
    states = machine.layerSizes.map { Array(repeating: 0, count: $0) }
    fields = states
    var groups = 0
    firstGroups = machine.layerSizes.map { size in
      defer { groups += (size + 3) / 4 }
      return groups
    }
  }

  /// All hidden layers drawn from q, given a visible state.
  mutating func recognise(
    _ visible: ArraySlice<Double>, _ machine: HelmholtzMachine, _ place: Place
  ) {
    for (unit, value) in visible.enumerated() { states[0][unit] = value }
    for (layer, connections) in machine.recognition.enumerated() {
      connections.apply(to: states[layer], into: &fields[layer + 1])
      draw(layer + 1, place)
    }
  }

  /// All layers drawn from p, the top layer first.
  mutating func dream(_ machine: HelmholtzMachine, _ place: Place) {
    for layer in machine.generative.indices.reversed() {
      machine.generative[layer].apply(to: inputs(ofGenerative: layer), into: &fields[layer])
      draw(layer, place)
    }
  }

  /// The delta rule of generation: Σ over units of ∂ ln p(x)/∂θ is added, x being the states.
  mutating func addGenerativeGradient(
    of machine: HelmholtzMachine, to gradient: inout [AffineLayer]
  ) {
    for (layer, connections) in machine.generative.enumerated() {
      let inputs = inputs(ofGenerative: layer)
      connections.apply(to: inputs, into: &fields[layer])
      turnFieldsIntoDifferences(layer)
      gradient[layer].addProduct(inputs, fields[layer])
    }
  }

  /// The delta rule of recognition: ∂ ln q(x₁, … | x₀)/∂φ is added, x being the states.
  mutating func addRecognitionGradient(
    of machine: HelmholtzMachine, to gradient: inout [AffineLayer]
  ) {
    for (layer, connections) in machine.recognition.enumerated() {
      connections.apply(to: states[layer], into: &fields[layer + 1])
      turnFieldsIntoDifferences(layer + 1)
      gradient[layer].addProduct(states[layer], fields[layer + 1])
    }
  }

  /// ln p(x) − ln q(x₁, … | x₀) of the states.
  mutating func logRatio(_ machine: HelmholtzMachine) -> Double {
    var ratio = 0.0
    for (layer, connections) in machine.generative.enumerated() {
      connections.apply(to: inputs(ofGenerative: layer), into: &fields[layer])
      ratio += logProbability(layer)
    }
    for (layer, connections) in machine.recognition.enumerated() {
      connections.apply(to: states[layer], into: &fields[layer + 1])
      ratio -= logProbability(layer + 1)
    }
    return ratio
  }

  private func inputs(ofGenerative layer: Int) -> [Double] {
    layer + 1 < states.count ? states[layer + 1] : []
  }

  private mutating func draw(_ layer: Int, _ place: Place) {
    let count = states[layer].count
    for group in 0..<(count + 3) / 4 {
      let words = place.stream.block(
        .layer, step: place.step, chain: place.chain, group: firstGroups[layer] + group)
      for lane in 0..<min(4, count - 4 * group) {
        let unit = 4 * group + lane
        let isOn = RandomStream.isOn(words[lane], probability: logistic(fields[layer][unit]))
        states[layer][unit] = isOn ? 1 : 0
      }
    }
  }

  /// xᵢ − σ(fᵢ) in place of fᵢ.
  private mutating func turnFieldsIntoDifferences(_ layer: Int) {
    for unit in fields[layer].indices {
      fields[layer][unit] = states[layer][unit] - logistic(fields[layer][unit])
    }
  }

  /// Σ xᵢ fᵢ − ln(1 + exp fᵢ).
  private func logProbability(_ layer: Int) -> Double {
    var sum = 0.0
    for (state, field) in zip(states[layer], fields[layer]) {
      sum += state * field - softplus(field)
    }
    return sum
  }
}
