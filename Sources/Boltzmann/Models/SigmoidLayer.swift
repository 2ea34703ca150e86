/// One direction between two layers of binary units: outputs that are on independently of each
/// other, given the inputs.
///
/// p(yⱼ = 1 | x) = σ(bⱼ + Σᵢ xᵢ wᵢⱼ). Weights have the shape [input, output].
public struct SigmoidLayer: Sendable, Hashable {
  /// wᵢⱼ, shape [input, output].
  public internal(set) var weights: Matrix
  /// bⱼ.
  public internal(set) var biases: [Float]

  /// The number of inputs.
  public var inputCount: Int { weights.rowCount }
  /// The number of outputs.
  public var outputCount: Int { weights.columnCount }

  /// A layer with a bias for each column of the weights.
  public init(weights: Matrix, biases: [Float]) {
    precondition(biases.count == weights.columnCount, "Each output has a bias.")
    (self.weights, self.biases) = (weights, biases)
  }
}

extension RestrictedBoltzmannMachine {
  /// p(h | v).
  public var upward: SigmoidLayer { SigmoidLayer(weights: weights, biases: hiddenBiases) }

  /// p(v | h).
  public var downward: SigmoidLayer {
    SigmoidLayer(weights: weights.transposed, biases: visibleBiases)
  }

  /// The machine with its layers exchanged: weights transposed, biases swapped. Both layers are
  /// binary.
  ///
  /// It gives to the states of its visible layer what this machine gives to its hidden ones.
  public var transposed: RestrictedBoltzmannMachine {
    precondition(visibleUnits == .binary, "Hidden units are binary.")
    var machine = self
    machine.weights = weights.transposed
    (machine.visibleBiases, machine.hiddenBiases) = (hiddenBiases, visibleBiases)
    return machine
  }
}

extension Matrix {
  /// Rows and columns exchanged.
  var transposed: Matrix { Matrix(rows: columnCount, columns: rowCount) { self[$1, $0] } }
}

extension AffineLayer {
  /// The fields of a sigmoid layer, b + xW.
  init(_ layer: SigmoidLayer) {
    self.init(inputCount: layer.inputCount, outputCount: layer.outputCount)
    weights = (0..<inputCount).flatMap { layer.weights.row($0).map(Double.init) }
    biases = layer.biases.map(Double.init)
  }
}
