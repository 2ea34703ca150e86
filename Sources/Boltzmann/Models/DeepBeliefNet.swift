/// A deep belief net: a restricted machine over the top two layers, and below it layers of units
/// that are drawn downwards, each given the one above.
///
/// p(v, x¹, …, x^L) = p(x^{L−1}, x^L) Π_{l<L} p(x^{l−1} | x^l) with x⁰ = v, the first factor being
/// that of the machine on top. The way up, q(x^l | x^{l−1}), stands in for the posterior, which
/// cannot be had for more than a few units. Of a stack of trained machines both ways have the same
/// weights; `UpDown` learns them apart.
///
/// The last `labelCount` visible units of the top machine may stand for labels: of these exactly one
/// is on. They enter its energy as any other visible unit does, but only so many states count.
/// Source: Hinton, Osindero, Teh, "A fast learning algorithm for deep belief nets", Neural
/// Computation 18 (2006) 1527–1554.
public struct DeepBeliefNet: Sendable, Hashable {
  /// Two neighbouring layers below the top machine.
  public struct Layer: Sendable, Hashable {
    /// q(x^l | x^{l−1}): recognition weights.
    public internal(set) var up: SigmoidLayer
    /// p(x^{l−1} | x^l): generative weights.
    public internal(set) var down: SigmoidLayer

    /// The restricted machine whose conditionals these are; nil once learning moved them apart.
    public var machine: RestrictedBoltzmannMachine? {
      guard down.weights == up.weights.transposed else { return nil }
      return try? RestrictedBoltzmannMachine(
        weights: up.weights, visibleBiases: down.biases, hiddenBiases: up.biases)
    }
  }

  /// The layers below the top machine, the one of the data first.
  public internal(set) var layers: [Layer]
  /// The machine over the top two layers of units.
  public internal(set) var top: RestrictedBoltzmannMachine
  /// How many of the top machine's visible units, its last ones, stand for labels.
  public let labelCount: Int

  /// A stack of machines, the one of the data first: each has as many visible units as the one
  /// below has hidden ones, the last one `labelCount` more.
  public init(
    stacking machines: [RestrictedBoltzmannMachine], labelCount: Int = 0
  ) throws(DeepBeliefNetError) {
    precondition(labelCount >= 0, "A number of labels is not negative.")
    guard let top = machines.last else { throw .noMachine }
    for (index, machine) in machines.enumerated() {
      if machine.visibleUnits != .binary { throw .notBinary(layer: index) }
      let labels = index == machines.count - 1 ? labelCount : 0
      if index > 0, machine.visibleCount != machines[index - 1].hiddenCount + labels {
        throw .unitCount(
          layer: index, visible: machine.visibleCount, below: machines[index - 1].hiddenCount,
          labels: labels)
      }
    }
    if labelCount >= top.visibleCount {
      throw .tooManyLabels(labelCount, visible: top.visibleCount)
    }
    layers = machines.dropLast().map { Layer(up: $0.upward, down: $0.downward) }
    (self.top, self.labelCount) = (top, labelCount)
  }

  /// The number of units of the data.
  public var visibleCount: Int { layers.first?.up.inputCount ?? topInputCount }

  /// The visible units of the top machine that stand for no label.
  public var topInputCount: Int { top.visibleCount - labelCount }

  /// The numbers of units of all layers, from the data to the top; labels are not counted.
  public var unitCounts: [Int] {
    [visibleCount] + layers.map(\.up.outputCount) + [top.hiddenCount]
  }

  /// The net of the lowest machines, `count` of them, without labels unless it is the whole net; nil
  /// where the last of them is no machine any more.
  public func lowest(_ count: Int) -> DeepBeliefNet? {
    precondition(count >= 1 && count <= layers.count + 1, "There are not so many layers.")
    if count == layers.count + 1 { return self }
    guard let last = layers[count - 1].machine else { return nil }
    var net = try? DeepBeliefNet(stacking: [last])
    net?.layers = Array(layers[..<(count - 1)])
    return net
  }

  /// The top machine given a label, over its other visible units: the label's weights become
  /// biases of the hidden units. Its energies lack that label's own bias.
  func top(given label: Int) -> RestrictedBoltzmannMachine {
    precondition(label >= 0 && label < labelCount, "There is no such label.")
    var machine = top
    let weights = top.weights.row(topInputCount + label)
    machine.hiddenBiases = zip(top.hiddenBiases, weights).map { $0 + $1 }
    machine.weights = Matrix(rows: topInputCount, columns: top.hiddenCount) { top.weights[$0, $1] }
    machine.visibleBiases = Array(top.visibleBiases[..<topInputCount])
    return machine
  }
}

/// Why machines make no deep belief net; they count from 0.
public enum DeepBeliefNetError: Error, Sendable, Hashable {
  /// There is none.
  case noMachine
  /// A machine has Gaussian visible units.
  case notBinary(layer: Int)
  /// A machine has not as many visible units as the one below has hidden ones, and labels.
  case unitCount(layer: Int, visible: Int, below: Int, labels: Int)
  /// There are not fewer labels than visible units of the top machine.
  case tooManyLabels(Int, visible: Int)
}

extension DeepBeliefNetError: CustomStringConvertible {
  /// The mistake in one sentence.
  public var description: String {
    switch self {
    case .noMachine: "A deep belief net has at least one machine."
    case .notBinary(let layer): "Machine \(layer + 1) has Gaussian units; a net has binary ones."
    case .unitCount(let layer, let visible, let below, let labels):
      "Machine \(layer + 1) has \(visible) visible units, but the one below has \(below) hidden "
        + "units\(labels > 0 ? " and there are \(labels) labels" : "")."
    case .tooManyLabels(let labels, let visible):
      "\(labels) labels leave nothing of the \(visible) visible units of the top machine."
    }
  }
}
