internal import Boltzmann
internal import Notebooks

extension VisibleUnits {
  /// Refuses data with values that units of this kind cannot have; `what` begins the sentence.
  func check(_ data: Dataset, _ what: String, at place: Place) throws(Diagnostic) {
    switch self {
    case .binary:
      if data.values.allSatisfy({ (0...1).contains($0) }) { return }
      throw Diagnostic(
        "bad-data", at: place, "\(what) values outside 0 to 1",
        hint: "`:scale: maximum` or `:threshold:` of the dataset, or `:units: gaussian`")
    case .gaussian:
      let largest = Double(Float.greatestFiniteMagnitude)
      if data.values.allSatisfy({ abs($0) <= largest }) { return }
      throw Diagnostic("bad-data", at: place, "\(what) values beyond 3.4e38")
    }
  }
}

extension Context {
  /// The dataset of that name, whose rows have a value for each visible unit of an RBM that such a
  /// unit can have.
  func rows(
    _ name: Text, for machine: RestrictedBoltzmannMachine, called model: Text
  ) throws(Diagnostic) -> Dataset {
    let data = try value(name, as: DatasetValue.self, "a dataset").dataset
    guard data.unitCount == machine.visibleCount else {
      throw Diagnostic(
        "bad-data", at: name.place,
        "a row of \(name.string.quoted) has \(data.unitCount) values, but \(model.string.quoted) "
          + "has \(machine.visibleCount) visible units")
    }
    try machine.visibleUnits.check(data, "\(name.string.quoted) has", at: name.place)
    return data
  }

  /// The same, or without a name the rows that the RBM learned from.
  func rows(
    _ name: Text?, for source: any RBMSource, called model: Text
  ) throws(Diagnostic) -> Dataset {
    if let name { return try rows(name, for: source.shown, called: model) }
    if let trained = source as? TrainedValue { return trained.data }
    throw Diagnostic(
      "missing-option", at: model.place,
      "an RBM that did not learn in this notebook needs the option `:data:`")
  }
}
