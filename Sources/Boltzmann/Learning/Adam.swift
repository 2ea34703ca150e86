/// ADAM: steps whose size hardly depends on that of the gradient.
///
/// m ← β₁ m + (1 − β₁) g, s ← β₂ s + (1 − β₂) g², θ ← θ + rate · m̂ / (√ŝ + ε) with
/// m̂ = m / (1 − β₁ᵗ) and ŝ = s / (1 − β₂ᵗ), upwards along g; β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸. Source:
/// Kingma, Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.
struct Adam {
  private static let meanDecay = 0.9
  private static let squareDecay = 0.999
  private static let smallest = 1e-8

  private var means: [AffineLayer]
  private var squares: [AffineLayer]
  /// β₁ᵗ and β₂ᵗ.
  private var (meanLeft, squareLeft) = (1.0, 1.0)

  init(_ layers: [AffineLayer]) {
    means = layers.map(\.zeros)
    squares = means
  }

  /// One step up the gradient.
  mutating func move(_ layers: inout [AffineLayer], along gradient: [AffineLayer], rate: Double) {
    meanLeft *= Self.meanDecay
    squareLeft *= Self.squareDecay
    let (meanScale, squareScale) = (rate / (1 - meanLeft), 1 / (1 - squareLeft))
    for layer in layers.indices {
      means[layer].combine(gradient[layer]) {
        Self.meanDecay * $0 + (1 - Self.meanDecay) * $1
      }
      squares[layer].combine(gradient[layer]) {
        Self.squareDecay * $0 + (1 - Self.squareDecay) * $1 * $1
      }
      var step = means[layer]
      step.combine(squares[layer]) { mean, square in
        meanScale * mean / ((squareScale * square).squareRoot() + Self.smallest)
      }
      layers[layer].combine(step) { $0 + $1 }
    }
  }

  /// What goes on from step to step.
  var stateTensors: [Tensor] {
    [
      Tensor("means", means), Tensor("squares", squares),
      Tensor("decays", shape: [2], [meanLeft, squareLeft]),
    ]
  }

  /// Takes a checkpoint's state over.
  mutating func restore(_ reader: CheckpointReader) throws(TrainingError) {
    try reader.fill(&means, "means")
    try reader.fill(&squares, "squares")
    let decays = try reader.doubles("decays", [2])
    (meanLeft, squareLeft) = (decays[0], decays[1])
  }
}
