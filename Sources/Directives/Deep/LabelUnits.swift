internal import Boltzmann
internal import Notebooks

/// `:label-units:`, the same wherever labels become units.
enum LabelUnits {
  static let largestCount = 1000

  /// The option, with what it means for a directive.
  static func option(_ summary: String) -> Option<Int?> {
    .integer("label-units", summary, in: 2...largestCount, shown: "none")
  }
}

extension Dataset {
  /// The same rows with `count` units more, of which that of the row's label is on; no images any
  /// more.
  func withLabelUnits(_ count: Int, at place: Place) throws(Diagnostic) -> Dataset {
    guard let labels else {
      throw Diagnostic(
        "no-labels", at: place, "these data have no labels to make units of",
        hint: "`:labels:` says where those of a file are")
    }
    if let label = labels.first(where: { $0 < 0 || $0 >= count }) {
      throw Diagnostic(
        "bad-data", at: place,
        "these data have the label \(label), but there are \(count) label units, from 0 on")
    }
    let values = labels.enumerated().flatMap { row, label in
      self[row] + (0..<count).map { $0 == label ? 1.0 : 0 }
    }
    return Dataset(values: values, unitCount: unitCount + count, labels: labels)
  }
}
