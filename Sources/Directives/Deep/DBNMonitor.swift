internal import Boltzmann
internal import Notebooks

/// What can be said of a deep belief net on its way: the values of the columns.
struct DBNMonitor: Sendable {
  static let columns: [TrainingColumn] = [.epochs, .error, .bound, .wrong, .wrongValidation]

  /// The most states of hidden units times rows, and their visible units, for the bound.
  private static let enumerationLimit = 1e9

  /// Rows with their labels.
  private struct Labelled {
    let rows: VisibleData
    let labels: [Int]
  }

  private let columns: [TrainingColumn]
  private let data: Dataset
  private let visible: VisibleData
  private let labelled: Labelled?
  private let validation: Labelled?
  private let kernels: Kernels
  /// The multiplications of a row of the table.
  let work: Double

  init(_ value: DBNValue, _ task: TrainingTask, _ labels: [Int]?) throws(Diagnostic) {
    (columns, data, kernels) = (task.columns, task.data, value.kernels)
    visible = VisibleData(task.data)
    labelled = labels.map { [visible] in Labelled(rows: visible, labels: $0) }
    if let validation = task.validation {
      let rows = validation.data
      try value.check(
        rows, called: "`validation`", model: value.name.quoted, at: validation.place)
      let labels = try value.labels(of: rows, called: "`validation`", at: validation.place)
      self.validation = Labelled(rows: VisibleData(rows), labels: labels)
    } else {
      validation = nil
    }
    let weights = value.net.layers.reduce(value.net.top.visibleCount * value.net.top.hiddenCount) {
      $0 + $1.up.inputCount * $1.up.outputCount
    }
    let rows = task.data.count + (task.validation?.data.count ?? 0)
    let states = 1 << min(value.net.layers.first?.up.outputCount ?? 0, 40)
    let visits = Double(states) * Double(rows) * Double(value.net.visibleCount)
    work =
      Double(max(1, value.net.labelCount)) * Double(weights) * Double(rows)
      + (columns.contains(.bound) ? visits : 0)
    try check(value, visits: visits, at: task.place)
  }

  private func check(_ value: DBNValue, visits: Double, at place: Place) throws(Diagnostic) {
    if columns.contains(where: { $0 == .wrong || $0 == .wrongValidation }), labelled == nil {
      throw Diagnostic("no-labels", at: place, "\(value.name.quoted) has no label units")
    }
    if columns.contains(.wrongValidation), validation == nil {
      throw Diagnostic(
        "missing-option", at: place,
        "the column `wrong-validation` needs the option `:validation:`")
    }
    guard columns.contains(.bound) else { return }
    let isSmall =
      visits <= Self.enumerationLimit
      && min(value.net.topInputCount, value.net.top.hiddenCount) <= RBMMonitor.likelihoodLimit
      && (try? EnumeratedDeepBeliefNet(value.net)) != nil
    guard isSmall else {
      throw Diagnostic(
        "limit-exceeded", at: place, "the exact bound would visit too many hidden states",
        hint: "leave `bound` out of `:columns:`; `{bound}` estimates it afterwards")
    }
  }

  func values(_ net: DeepBeliefNet, epochs: Int, threads: Int) -> [Double?] {
    columns.map { column in
      switch column {
      case .epochs: Double(epochs)
      case .error: error(net)
      case .bound: bound(net, threads)
      case .wrong: labelled.map { wrong(net, $0, threads) }
      case .wrongValidation: validation.map { wrong(net, $0, threads) }
      default: nil
      }
    }
  }

  /// Σᵢ (vᵢ − v̂ᵢ)², a mean over the rows; v̂ after the way up and down.
  private func error(_ net: DeepBeliefNet) -> Double {
    let means = net.reconstructions(of: visible, kernels: kernels)
    var sum = CompensatedSum()
    for row in 0..<data.count {
      for (value, mean) in zip(data[row], means.row(row)) {
        sum.add((value - Double(mean)) * (value - Double(mean)))
      }
    }
    return sum.value / Double(data.count)
  }

  private func bound(_ net: DeepBeliefNet, _ threads: Int) -> Double? {
    guard case .binary(let bits) = visible, let enumerated = try? EnumeratedDeepBeliefNet(net),
      let logZ = try? net.logPartitionFunction(threads: threads, kernels: kernels)
    else { return nil }
    var sum = CompensatedSum()
    for row in enumerated.rows(bits, threads: threads) { sum.add(row.bound) }
    return sum.value / Double(bits.rowCount) - logZ
  }

  private func wrong(_ net: DeepBeliefNet, _ labelled: Labelled, _ threads: Int) -> Double {
    let found = net.labelProbabilities(given: labelled.rows, threads: threads, kernels: kernels)
    let wrong = zip(found, labelled.labels).count { LabelReport.mostProbable($0) != $1 }
    return Double(wrong) / Double(labelled.labels.count)
  }
}
