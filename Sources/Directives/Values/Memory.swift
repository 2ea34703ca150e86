package import Boltzmann
internal import Notebooks
internal import Numerals
internal import Plots

/// What a Hopfield net stores, with names for the patterns and their shape as images.
package struct Memory: Sendable {
  package let network: HopfieldNetwork
  package let labels: [Int]?
  package let imageShape: Dataset.ImageShape?
  /// How many patterns are fixed points.
  package let fixedCount: Int
  /// The largest overlap of two patterns, taken without its sign; nil where there is only one.
  let largestOverlap: Double?

  package init(
    _ network: HopfieldNetwork, labels: [Int]? = nil, imageShape: Dataset.ImageShape? = nil
  ) throws(ModelError) {
    let descent = try HopfieldDescent(network)
    self.network = network
    (self.labels, self.imageShape) = (labels, imageShape)
    let patterns = network.patterns
    largestOverlap = patterns.indices.flatMap { one in
      patterns[..<one].map { abs(network.overlap(of: $0, with: one)) }
    }.max()
    fixedCount = patterns.count { descent.willingCount(in: $0) == 0 }
  }

  /// What there is to say of it in general.
  var summary: String {
    let format = NumberFormat.significant(4)
    let count = network.patterns.count
    var text =
      "\(count == 1 ? "1 pattern" : "\(count) patterns") of \(network.unitCount) units, each -1 or "
      + "+1, stored by \(network.rule == .hebb ? "Hebb's rule" : "the pseudo-inverse"); the load is "
      + "\(format.string(network.load))."
    if let rank = network.rank, rank < count { text += " \(rank) of them are independent." }
    if let overlap = largestOverlap {
      text += " The two that are most alike overlap by \(NumberFormat.fixed(3).string(overlap))."
    }
    let verb = fixedCount == 1 ? "is a fixed point" : "are fixed points"
    return text + " \(fixedCount) of \(count) \(verb)."
  }

  /// `3`, or `3 (7)` for a pattern with the label 7.
  func name(of pattern: Int) -> String {
    "\(pattern + 1)" + (labels.map { " (\($0[pattern]))" } ?? "")
  }

  /// A state as an image; nil where the patterns have no shape.
  func image(_ label: String, _ state: BitVector) -> RasterImage? {
    imageShape.map { shape in
      RasterImage(
        label: label, height: shape.height, width: shape.width,
        values: (0..<state.count).map { state[$0] ? 1 : 0 })
    }
  }
}

extension MachineValue: FigureValue {
  package var figures: [(name: String, value: Double)] {
    guard let memory else { return [] }
    return [
      ("patterns", Double(memory.network.patterns.count)),
      ("units", Double(memory.network.unitCount)), ("load", memory.network.load),
      ("fixed", Double(memory.fixedCount)), ("alike", memory.largestOverlap ?? 0),
    ]
  }
}

extension Context {
  /// The Hopfield net of that name with its memory.
  func hopfieldNet(
    _ name: Text
  ) throws(Diagnostic) -> (value: MachineValue, memory: Memory) {
    let value = try value(name, as: MachineValue.self, "a Hopfield net")
    guard let memory = value.memory else {
      throw Diagnostic(
        "wrong-kind", at: name.place,
        "\(name.string.quoted) is \(value.kind), but a Hopfield net is needed here")
    }
    return (value, memory)
  }
}
