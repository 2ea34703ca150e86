/// One sample's way through a variational autoencoder and back, with the memory it takes.
struct VariationalPass {
  private var visible: [Double]
  private var hidden: [Double]
  private var mean: [Double]
  private var logVariance: [Double]
  private var noise: [Double]
  private var latent: [Double]
  private var decoded: [Double]
  private var fields: [Double]

  // Derivatives of the bound.
  private var alongFields: [Double]
  private var alongHidden: [Double]
  private var alongLatent: [Double]
  private var alongLogVariance: [Double]
  private var sum: [Double]

  init(_ model: VariationalAutoencoder) {
    visible = Array(repeating: 0, count: model.visibleCount)
    hidden = Array(repeating: 0, count: model.hiddenCount)
    mean = Array(repeating: 0, count: model.latentCount)
    (logVariance, noise, latent) = (mean, mean, mean)
    (decoded, fields) = (hidden, visible)
    (alongFields, alongHidden, sum) = (visible, hidden, hidden)
    (alongLatent, alongLogVariance) = (mean, mean)
  }

  /// h, μ and λ of a sample.
  mutating func encode(_ sample: ArraySlice<Double>, _ model: VariationalAutoencoder) {
    for (unit, value) in sample.enumerated() { visible[unit] = value }
    model[.encoder].apply(to: visible, into: &hidden)
    for unit in hidden.indices { hidden[unit] = hyperbolicTangent(hidden[unit]) }
    model[.mean].apply(to: hidden, into: &mean)
    model[.logVariance].apply(to: hidden, into: &logVariance)
  }

  /// z = μ + exp(λ/2) ε and the fields that it gives.
  mutating func decode(_ model: VariationalAutoencoder, noise value: (Int) -> Double) {
    for unit in latent.indices {
      noise[unit] = value(unit)
      latent[unit] = mean[unit] + exponential(logVariance[unit] / 2) * noise[unit]
    }
    model[.decoder].apply(to: latent, into: &decoded)
    for unit in decoded.indices { decoded[unit] = hyperbolicTangent(decoded[unit]) }
    model[.output].apply(to: decoded, into: &fields)
  }

  /// ln p(v | z).
  var logProbability: Double {
    var sum = 0.0
    for (value, field) in zip(visible, fields) { sum += value * field - softplus(field) }
    return sum
  }

  /// KL(q(z | v) ‖ N(0, 1)) = ½ Σ (μ² + exp λ − 1 − λ).
  var divergence: Double {
    var sum = 0.0
    for (mean, logVariance) in zip(mean, logVariance) {
      sum += mean * mean + exponential(logVariance) - 1 - logVariance
    }
    return sum / 2
  }

  /// The gradient of ln p(v | z) − KL with the noise as it is, added to `gradient`.
  mutating func addGradient(of model: VariationalAutoencoder, to gradient: inout [AffineLayer]) {
    typealias Part = VariationalAutoencoder.Part
    for unit in fields.indices { alongFields[unit] = visible[unit] - logistic(fields[unit]) }
    gradient[Part.output.rawValue].addProduct(decoded, alongFields)
    model[.output].applyTransposed(to: alongFields, into: &alongHidden)
    throughTangent(decoded)
    gradient[Part.decoder.rawValue].addProduct(latent, alongHidden)
    model[.decoder].applyTransposed(to: alongHidden, into: &alongLatent)
    for unit in latent.indices {
      // z moves with λ by σε/2.
      let variance = exponential(logVariance[unit])
      alongLogVariance[unit] =
        (alongLatent[unit] * (latent[unit] - mean[unit]) - (variance - 1)) / 2
      alongLatent[unit] -= mean[unit]
    }
    gradient[Part.mean.rawValue].addProduct(hidden, alongLatent)
    gradient[Part.logVariance.rawValue].addProduct(hidden, alongLogVariance)
    model[.mean].applyTransposed(to: alongLatent, into: &alongHidden)
    model[.logVariance].applyTransposed(to: alongLogVariance, into: &sum)
    for unit in alongHidden.indices { alongHidden[unit] += sum[unit] }
    throughTangent(hidden)
    gradient[Part.encoder.rawValue].addProduct(visible, alongHidden)
  }

  /// The derivative along the input of y = tanh x, from that along y.
  private mutating func throughTangent(_ y: [Double]) {
    for unit in y.indices { alongHidden[unit] *= 1 - y[unit] * y[unit] }
  }
}
