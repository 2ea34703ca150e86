/// A Helmholtz machine: a layered sigmoid belief net that generates from the top down, and a second
/// net that recognises from the bottom up.
///
/// p(x₀, …, x_K) = p(x_K) Π p(xₗ | xₗ₊₁) and q(x₁, …, x_K | x₀) = Π q(xₗ₊₁ | xₗ), where x₀ = v is
/// visible and the units of a layer are independent given the layer they depend on:
/// p(xₗᵢ = 1 | xₗ₊₁) = σ(bᵢ + Σⱼ xₗ₊₁ⱼ wⱼᵢ), q likewise with its own weights. Source: Dayan, Hinton,
/// Neal, Zemel, "The Helmholtz machine", Neural Computation 7 (1995) 889–904.
public struct HelmholtzMachine: Sendable, Hashable {
  /// The number of units of each layer, the visible one first.
  public let layerSizes: [Int]
  /// Layer l given layer l + 1 above it, [above, below]; the last has no inputs: the biases of the
  /// top layer.
  public internal(set) var generative: [AffineLayer]
  /// Layer l + 1 given layer l below it, [below, above].
  public internal(set) var recognition: [AffineLayer]

  /// The number of visible units.
  public var visibleCount: Int { layerSizes[0] }
  /// The number of hidden units of all layers.
  public var hiddenCount: Int { layerSizes.dropFirst().reduce(0, +) }

  /// A machine of these connections: as many generative ones as layers, one recognition less.
  public init(generative: [AffineLayer], recognition: [AffineLayer]) {
    let sizes = generative.map(\.outputCount)
    precondition(
      sizes.count >= 2 && sizes.allSatisfy { $0 >= 1 },
      "A machine has a visible and a hidden layer.")
    precondition(
      generative.map(\.inputCount) == sizes.dropFirst() + [0]
        && recognition.map(\.inputCount) == Array(sizes.dropLast())
        && recognition.map(\.outputCount) == Array(sizes.dropFirst()), "Layers follow each other.")
    (layerSizes, self.generative, self.recognition) = (sizes, generative, recognition)
  }

  /// A machine whose parameters are drawn.
  ///
  /// Draws have the purpose `weights`: those of generative layer l step l, those of recognition
  /// layer l step 1000 + l; see `AffineLayer`.
  public init(
    layerSizes: [Int], weights: ParameterDistribution,
    visibleBiases: ParameterDistribution = .constant(0),
    hiddenBiases: ParameterDistribution = .constant(0),
    recognition: ParameterDistribution = .constant(0), stream: RandomStream
  ) {
    let above = Array(layerSizes.dropFirst()) + [0]
    self.init(
      generative: layerSizes.indices.map { layer in
        AffineLayer(
          inputCount: above[layer], outputCount: layerSizes[layer], number: layer,
          weights: weights, biases: layer == 0 ? visibleBiases : hiddenBiases, stream: stream)
      },
      recognition: layerSizes.indices.dropLast().map { layer in
        AffineLayer(
          inputCount: layerSizes[layer], outputCount: above[layer], number: 1000 + layer,
          weights: recognition, biases: recognition, stream: stream)
      })
  }

  /// The number of weights and biases of both nets.
  public var parameterCount: Int {
    (generative + recognition).reduce(0) { $0 + $1.parameterCount }
  }

  /// √Σ w² over the weights of the generative net.
  public var weightNorm: Double { euclideanNorm(generative.flatMap(\.weights)) }

  /// The probabilities of the visible units given the states or probabilities of the first hidden
  /// layer.
  public func visibleProbabilities(given hidden: [Double]) -> [Double] {
    generative[0].outputs(of: hidden).map(logistic)
  }

  /// The probabilities of the first hidden layer that are recognised in a visible state.
  public func recognisedProbabilities(given visible: [Double]) -> [Double] {
    recognition[0].outputs(of: visible).map(logistic)
  }

  /// The probabilities of the visible units in fantasies: fantasy k has its hidden units drawn from
  /// the top down with purpose `layer`, step 0, chain k.
  public func fantasies(_ count: Int, stream: RandomStream) -> [[Double]] {
    var pass = HelmholtzPass(self)
    return (0..<count).map { chain in
      pass.dream(self, HelmholtzPass.Place(stream: stream, step: 0, chain: chain))
      return visibleProbabilities(given: pass.states[1])
    }
  }
}
