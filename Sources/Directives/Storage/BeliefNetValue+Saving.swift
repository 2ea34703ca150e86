internal import Boltzmann
internal import Notebooks

extension BeliefNetValue: SavableModel {
  static let modelKinds = [BeliefNet.modelKind]

  /// The units' names and how many of them are hidden besides what the engine's net has.
  var record: ModelRecord {
    net.record.adding([
      "units": unitNames.joined(separator: " "), "hidden": "\(hiddenCount)",
      "distribution":
        "p(s) = product_i p(s[i] | parents of i), units 0 or 1: i is on with probability "
        + "sigmoid(biases + sum_j weights[j] s[parent j]), or, in table_units, probabilities[k] where "
        + "parent j has the state of bit j of k; parents, biases, weights and probabilities stand one "
        + "unit after the other",
    ])
  }

  init(_ record: ModelRecord, named name: String) throws(ModelFileError) {
    try record.check(kind: BeliefNet.modelKind)
    try record.checkFields(["units", "hidden", "distribution"])
    for (what, tensor, limit) in [
      ("units", "parent_counts", BeliefNetDirective.unitLimit),
      ("arrows", "parents", BeliefNetDirective.arrowLimit),
    ] {
      let count = try record.tensor(tensor).count
      if count > limit { throw .tooMany(what, count, limit) }
    }
    let net = try BeliefNet(record)
    let hiddenCount = try record.count("hidden")
    guard hiddenCount <= net.unitCount else { throw .field("hidden", "\(hiddenCount)") }
    self.init(
      name: name, net: net, unitNames: try record.unitNames(net.unitCount),
      hiddenCount: hiddenCount)
  }

  var summary: String { "A belief net of \(sizes)." }

  /// `3 units (2 hidden, 1 visible); 2 arrows`.
  var sizes: String {
    let (count, arrows) = (net.unitCount, net.arrowCount)
    return "\(count) \(count == 1 ? "unit" : "units") (\(hiddenCount) hidden, "
      + "\(count - hiddenCount) visible); \(arrows) \(arrows == 1 ? "arrow" : "arrows")"
  }
}
