internal import Boltzmann
internal import Notebooks

extension Memory {
  /// The record of the net with the units' names, and the labels and the shape of its patterns.
  func record(unitNames: [String]) -> ModelRecord {
    var fields = [
      "units": unitNames.joined(separator: " "),
      "energy": "E(s) = - sum_{i<j} J[i,j] s[i] s[j] with s = -1 or +1 and J[i,i] = 0; of N units, "
        + "hebb: J[i,j] = sum_m patterns[m,i] patterns[m,j] / N; pseudo-inverse: J is the orthogonal "
        + "projection on the patterns",
    ]
    if let labels { fields["pattern-labels"] = labels.map(String.init).joined(separator: " ") }
    if let imageShape { fields["image-shape"] = imageShape.field }
    return network.record.adding(fields)
  }
}

extension MachineValue {
  /// The Hopfield net of a record, of no more units and patterns than `{hopfield}` takes.
  init(hopfieldNet record: ModelRecord, named name: String) throws(ModelFileError) {
    try record.checkFields(["rule", "units", "energy", "pattern-labels", "image-shape"])
    let shape = try record.shape(of: "patterns", axes: 2)
    for (what, count, limit) in [
      ("patterns", shape[0], Hopfield.largestPatternCount),
      ("units", shape[1], Hopfield.largestUnitCount),
    ] where count > limit {
      throw .tooMany(what, count, limit)
    }
    let network = try HopfieldNetwork(record)
    let names = try record.unitNames(network.unitCount)
    let labels = try record.patternLabels(network.patterns.count)
    let imageShape = try record.imageShape(of: network.unitCount)
    do throws(ModelError) {
      try self.init(
        name: name, network.isingModel(), unitNames: names,
        memory: Memory(network, labels: labels, imageShape: imageShape))
    } catch { throw .model(error) }
  }
}

extension ModelRecord {
  /// The field `pattern-labels`, a whole number for each of so many patterns.
  fileprivate func patternLabels(_ count: Int) throws(ModelFileError) -> [Int]? {
    guard let text = fields["pattern-labels"] else { return nil }
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    let labels = words.compactMap { word in Int(word).flatMap { "\($0)" == word ? $0 : nil } }
    guard labels.count == words.count, labels.count == count else {
      throw .field("pattern-labels", text)
    }
    return labels
  }
}
