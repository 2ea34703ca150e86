/// The trapezoidal rule for means under the standard normal distribution.
struct Quadrature {
  let step: Double
  /// The largest |x|, rounded up to a step.
  let limit: Double

  /// The points of a grid, each with ln(step/√(2π)) − x²/2 summed over its coordinates.
  func nodes(dimensions: Int) -> [(logWeight: Double, point: [Double])] {
    precondition(step > 0, "A step is positive.")
    let count = Int((limit / step).rounded(.up))
    let constant = naturalLogarithm(step) - naturalLogarithm(2 * .pi) / 2
    let line = (-count...count).map { number -> (logWeight: Double, point: [Double]) in
      let x = Double(number) * step
      return (constant - x * x / 2, [x])
    }
    var nodes: [(logWeight: Double, point: [Double])] = [(0, [])]
    for _ in 0..<dimensions {
      nodes = nodes.flatMap { node in
        line.map { (node.logWeight + $0.logWeight, node.point + $0.point) }
      }
    }
    return nodes
  }
}
