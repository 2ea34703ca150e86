/// A variational autoencoder: a net that generates binary units from a few normal ones, and a second
/// net that recognises them.
///
/// p(v, z) = N(z; 0, 1) Πᵢ p(vᵢ | z) with p(vᵢ = 1 | z) = σ(fᵢ), f = W₅ tanh(W₄ z), and
/// q(z | v) = N(z; μ, diag exp λ) with h = tanh(W₁ v), μ = W₂ h, λ = W₃ h; every W is an affine layer
/// with biases. The evidence lower bound is E_q[ln p(v | z)] − KL(q(z | v) ‖ N(0, 1)) ≤ ln p(v).
/// Source: Kingma, Welling, "Auto-encoding variational Bayes", ICLR 2014, appendix C.
public struct VariationalAutoencoder: Sendable, Hashable {
  /// The layers by their place in `layers`.
  public enum Part: Int, CaseIterable, Sendable {
    /// Visible → hidden units of the encoder.
    case encoder
    /// Hidden → μ.
    case mean
    /// Hidden → λ = ln σ².
    case logVariance
    /// z → hidden units of the decoder.
    case decoder
    /// Hidden → fields of the visible units.
    case output
  }

  /// The five layers, in the order of `Part`.
  public internal(set) var layers: [AffineLayer]

  /// The number of visible units.
  public var visibleCount: Int { self[.encoder].inputCount }
  /// The number of hidden units of each net.
  public var hiddenCount: Int { self[.encoder].outputCount }
  /// The number of latent units z.
  public var latentCount: Int { self[.mean].outputCount }

  /// One of the layers.
  public subscript(part: Part) -> AffineLayer { layers[part.rawValue] }

  /// The autoencoder of five layers that fit each other.
  public init(layers: [AffineLayer]) {
    precondition(layers.count == Part.allCases.count, "An autoencoder has five layers.")
    self.layers = layers
    let shapes = layers.map { [$0.inputCount, $0.outputCount] }
    precondition(
      shapes == Self.shapes(visibleCount, hiddenCount, latentCount), "Layers fit each other.")
  }

  /// Normal weights of variance 1/inputs, drawn with purpose `weights` and layer l as step l; all
  /// biases are 0.
  public init(visibleCount: Int, hiddenCount: Int, latentCount: Int, stream: RandomStream) {
    precondition(
      visibleCount >= 1 && hiddenCount >= 1 && latentCount >= 1, "Each layer has a unit.")
    layers = Self.shapes(visibleCount, hiddenCount, latentCount).enumerated().map { number, shape in
      AffineLayer(
        inputCount: shape[0], outputCount: shape[1], number: number,
        weights: .normal(mean: 0, standardDeviation: (1 / Double(shape[0])).squareRoot()),
        biases: .constant(0), stream: stream)
    }
  }

  private static func shapes(_ visible: Int, _ hidden: Int, _ latent: Int) -> [[Int]] {
    [
      [visible, hidden], [hidden, latent], [hidden, latent], [latent, hidden], [hidden, visible],
    ]
  }

  /// The number of weights and biases of both nets.
  public var parameterCount: Int { layers.reduce(0) { $0 + $1.parameterCount } }

  /// √Σ w² over the weights of both nets.
  public var weightNorm: Double { euclideanNorm(layers.flatMap(\.weights)) }

  /// μ and σ of q(z | v).
  public func encoded(_ visible: [Double]) -> (mean: [Double], standardDeviation: [Double]) {
    let hidden = self[.encoder].outputs(of: visible).map(hyperbolicTangent)
    return (
      self[.mean].outputs(of: hidden),
      self[.logVariance].outputs(of: hidden).map { exponential($0 / 2) }
    )
  }

  /// fᵢ, the fields of the visible units given z.
  public func fields(given latent: [Double]) -> [Double] {
    self[.output].outputs(of: self[.decoder].outputs(of: latent).map(hyperbolicTangent))
  }

  /// p(vᵢ = 1 | z).
  public func visibleProbabilities(given latent: [Double]) -> [Double] {
    fields(given: latent).map(logistic)
  }
}
