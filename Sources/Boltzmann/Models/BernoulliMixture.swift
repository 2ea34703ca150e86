/// p(v) = Σₖ exp(cₖ) Πᵢ σ(fᵢₖ)^vᵢ (1 − σ(fᵢₖ))^(1−vᵢ): binary units that are independent given the
/// component k.
///
/// A belief net is such a mixture over the states of its first hidden layer, a decoder over the
/// nodes of a quadrature. Everything in Double and in nats. Memory: components × (units + 1).
struct BernoulliMixture: Sendable {
  /// cₖ − Σᵢ ln(1 + exp fᵢₖ).
  private let offsets: [Double]
  /// fᵢₖ, [unit][component].
  private let fields: [[Double]]

  var componentCount: Int { offsets.count }

  /// Component k has the logarithmic weight cₖ and the fields of all units.
  init(_ components: [(logWeight: Double, fields: [Double])]) {
    precondition(!components.isEmpty, "A mixture has a component.")
    offsets = components.map { component in
      component.fields.reduce(component.logWeight) { $0 - softplus($1) }
    }
    fields = components[0].fields.indices.map { unit in components.map { $0.fields[unit] } }
  }

  /// cₖ + ln p(v | k) of every component: the fields of the units that are on, ascending.
  func logTerms(_ visible: BitVector) -> [Double] {
    precondition(visible.count == fields.count, "Unit counts differ.")
    var terms = offsets
    let count = terms.count
    unsafe terms.withUnsafeMutableBufferPointer { terms in
      for unit in 0..<visible.count where visible[unit] {
        unsafe fields[unit].withUnsafeBufferPointer { row in
          for component in 0..<count { unsafe terms[component] += row[component] }
        }
      }
    }
    return terms
  }

  /// ln p(v).
  func logProbability(_ visible: BitVector) -> Double { logSumOfExponentials(logTerms(visible)) }
}

/// ln Σ exp(xₖ), relative to the largest; −∞ where all are.
func logSumOfExponentials(_ x: some Collection<Double>) -> Double {
  let largest = x.max() ?? -.infinity
  if largest == -.infinity { return largest }
  var sum = CompensatedSum()
  for term in x { sum.add(exponential(term - largest)) }
  return largest + naturalLogarithm(sum.value)
}
