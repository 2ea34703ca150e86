internal import Boltzmann
internal import Notebooks

/// The step of a dataset through a layer of hidden units.
struct DatasetLayer: Sendable {
  static let through = Option<Text?>.text(
    "through", "an RBM", "What the hidden units of an RBM say about the rows of `:from:`.",
    shown: "the rows themselves")

  /// The most multiplications.
  private static let workLimit = 1e11

  private let through: Text?

  init(_ arguments: inout Arguments) {
    through = arguments.value(of: Self.through)
    guard let through else { return }
    _ = arguments.references([through])
    if !arguments.gives(DatasetSource.from) {
      arguments.report(
        Diagnostic(
          "missing-option", at: through.place, "rows go through an RBM from a dataset above",
          hint: "`:from:` names it"))
    }
  }

  /// The probabilities of the hidden units given the rows, which keep their labels.
  func applied(to rows: Dataset, in context: Context) throws(Diagnostic) -> Dataset {
    guard let through else { return rows }
    let machine = try context.value(through, as: (any RBMSource).self, "an RBM").shown
    guard rows.unitCount == machine.visibleCount else {
      throw Diagnostic(
        "bad-data", at: through.place,
        "the rows have \(rows.unitCount) values, but \(through.string.quoted) has "
          + "\(machine.visibleCount) visible units")
    }
    try machine.visibleUnits.check(rows, "the rows have", at: through.place)
    let values = rows.count * machine.hiddenCount
    guard values <= DatasetSource.valueLimit,
      Double(values) * Double(machine.visibleCount) <= Self.workLimit
    else {
      throw Diagnostic(
        "limit-exceeded", at: through.place,
        "\(rows.count) rows through \(machine.visibleCount) x \(machine.hiddenCount) weights are "
          + "too much work", hint: "`:first:` of the dataset keeps fewer")
    }
    let hidden = machine.hiddenProbabilities(given: VisibleData(rows))
    return Dataset(
      values: (0..<hidden.rowCount).flatMap { hidden.row($0).map(Double.init) },
      unitCount: machine.hiddenCount, labels: rows.labels)
  }
}
