/// The connections from one layer to the next: y = b + xW, in Double.
///
/// Weights have the shape [input, output]. Every sum has one stated order, so that results have the
/// same bits on every machine.
public struct AffineLayer: Sendable, Hashable {
  /// The number of inputs x.
  public let inputCount: Int
  /// The number of outputs y.
  public let outputCount: Int
  /// wᵢⱼ at i · outputCount + j.
  public internal(set) var weights: [Double]
  /// bⱼ.
  public internal(set) var biases: [Double]

  /// The layer with these weights, at i · outputCount + j, and biases; all finite.
  public init(inputCount: Int, weights: [Double], biases: [Double]) throws(ModelError) {
    precondition(
      inputCount >= 0 && weights.count == inputCount * biases.count, "Weights join both layers.")
    for (place, weight) in weights.enumerated() where !weight.isFinite {
      throw .weightNotFinite(place / biases.count, place % biases.count, weight)
    }
    for (unit, bias) in biases.enumerated() where !bias.isFinite {
      throw .biasNotFinite(unit, bias)
    }
    (self.inputCount, outputCount) = (inputCount, biases.count)
    (self.weights, self.biases) = (weights, biases)
  }

  /// All parameters 0.
  init(inputCount: Int, outputCount: Int) {
    (self.inputCount, self.outputCount) = (inputCount, outputCount)
    weights = Array(repeating: 0, count: inputCount * outputCount)
    biases = Array(repeating: 0, count: outputCount)
  }

  /// Parameters that are drawn with purpose `weights` and step `number`: weight (i, j) is unit
  /// i · outputCount + j of chain 0, bias j unit j of chain 1.
  init(
    inputCount: Int, outputCount: Int, number: Int, weights: ParameterDistribution,
    biases: ParameterDistribution, stream: RandomStream
  ) {
    (self.inputCount, self.outputCount) = (inputCount, outputCount)
    self.weights = (0..<inputCount * outputCount).map {
      weights.value(step: number, chain: 0, unit: $0, stream: stream)
    }
    self.biases = (0..<outputCount).map {
      biases.value(step: number, chain: 1, unit: $0, stream: stream)
    }
  }

  /// A layer of the same shape, all of whose parameters are 0.
  var zeros: AffineLayer { AffineLayer(inputCount: inputCount, outputCount: outputCount) }

  /// The number of weights and biases.
  public var parameterCount: Int { weights.count + biases.count }

  /// All parameters: weights, then biases.
  public internal(set) var parameters: [Double] {
    get { weights + biases }
    set {
      precondition(newValue.count == parameterCount, "Layers keep their shape.")
      (weights, biases) = (
        Array(newValue[..<weights.count]), Array(newValue[weights.count...])
      )
    }
  }

  /// b + xW: bⱼ, then xᵢ wᵢⱼ over ascending i.
  public func outputs(of x: [Double]) -> [Double] {
    var y = [Double](repeating: 0, count: outputCount)
    apply(to: x, into: &y)
    return y
  }

  /// y = b + xW, as `outputs(of:)`.
  func apply(to x: [Double], into y: inout [Double]) {
    precondition(x.count == inputCount && y.count == outputCount, "Layers fit their units.")
    // Not y = biases: that would take new memory in every pass.
    for (output, bias) in biases.enumerated() { y[output] = bias }
    for (input, value) in x.enumerated() where value != 0 { addRow(input, times: value, to: &y) }
  }

  /// y += value · (row `input` of W).
  private func addRow(_ input: Int, times value: Double, to y: inout [Double]) {
    let count = outputCount
    unsafe weights.withUnsafeBufferPointer { weights in
      unsafe y.withUnsafeMutableBufferPointer { y in
        let row = input * count
        for output in 0..<count { unsafe y[output] += value * weights[row + output] }
      }
    }
  }

  /// x = W d, the way back: xᵢ = Σⱼ wᵢⱼ dⱼ, in four sums over every fourth j.
  func applyTransposed(to d: [Double], into x: inout [Double]) {
    precondition(d.count == outputCount && x.count == inputCount, "Layers fit their units.")
    let (inputs, count) = (inputCount, outputCount)
    unsafe weights.withUnsafeBufferPointer { weights in
      unsafe d.withUnsafeBufferPointer { d in
        for input in 0..<inputs {
          let row = input * count
          var (a, b, c, e) = (0.0, 0.0, 0.0, 0.0)
          var output = 0
          while output + 4 <= count {
            unsafe a += weights[row + output] * d[output]
            unsafe b += weights[row + output + 1] * d[output + 1]
            unsafe c += weights[row + output + 2] * d[output + 2]
            unsafe e += weights[row + output + 3] * d[output + 3]
            output += 4
          }
          while output < count {
            unsafe a += weights[row + output] * d[output]
            output += 1
          }
          x[input] = (a + b) + (c + e)
        }
      }
    }
  }

  /// W += x dᵀ and b += d: one sample's part of a gradient.
  mutating func addProduct(_ x: [Double], _ d: [Double]) {
    precondition(x.count == inputCount && d.count == outputCount, "Layers fit their units.")
    let count = outputCount
    unsafe weights.withUnsafeMutableBufferPointer { weights in
      unsafe d.withUnsafeBufferPointer { d in
        for (input, value) in x.enumerated() where value != 0 {
          let row = input * count
          for output in 0..<count { unsafe weights[row + output] += value * d[output] }
        }
      }
    }
    for output in 0..<count { biases[output] += d[output] }
  }

  /// Every parameter becomes change(parameter, that of `other`).
  mutating func combine(_ other: AffineLayer, _ change: (Double, Double) -> Double) {
    precondition(
      inputCount == other.inputCount && outputCount == other.outputCount, "Shapes must agree.")
    for place in weights.indices { weights[place] = change(weights[place], other.weights[place]) }
    for place in biases.indices { biases[place] = change(biases[place], other.biases[place]) }
  }

  /// Every parameter times `factor`.
  mutating func scale(by factor: Double) {
    for place in weights.indices { weights[place] *= factor }
    for place in biases.indices { biases[place] *= factor }
  }

  /// All parameters 0, in the memory at hand.
  mutating func clear() {
    for place in weights.indices { weights[place] = 0 }
    for place in biases.indices { biases[place] = 0 }
  }

  /// Whether every parameter is finite.
  var isFinite: Bool { weights.allSatisfy(\.isFinite) && biases.allSatisfy(\.isFinite) }
}

extension ParameterDistribution {
  /// A value drawn in Double; normal numbers are those of the purpose `weights`.
  func value(step: Int, chain: Int, unit: Int, stream: RandomStream) -> Double {
    switch self {
    case .constant(let value): value
    case .normal(let mean, let deviation):
      mean + deviation * stream.normal(.weights, step: step, chain: chain, unit: unit)
    }
  }
}
