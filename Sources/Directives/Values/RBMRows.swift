internal import Boltzmann
internal import Notebooks

extension Context {
  /// The dataset of that name, whose rows have a value for each visible unit of an RBM.
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
