internal import Boltzmann
internal import Notebooks
internal import Numerals

/// A distance, measured.
struct Measurement {
  let name: String
  let value: Double
  /// What helps to judge the value.
  let remark: String?

  init(
    _ measure: Statement.Measure, of subject: ComparedName, from reference: Text,
    in context: Context, at place: Place
  ) throws(Diagnostic) {
    if measure == .z, let column = subject.column,
      let figures = try? context.value(subject.name, as: (any FigureValue).self, "").figures,
      figures.contains(where: { $0.name == column.string })
    {
      self = try Self.score(figures, column, against: reference, in: context)
      return
    }
    let pair = try Self.pair(subject, reference, in: context, at: place)
    let distances = RowDistances(pair.first, pair.second)
    name = measure.rawValue
    switch measure {
    case .tv:
      value = distances.totalVariation
      remark = distances.floor.map { "draws alone: \(Check.format.string($0))" }
    case .kl: (value, remark) = (distances.divergence, nil)
    case .z:
      guard let score = distances.largestScore else {
        throw Diagnostic(
          "no-error", at: subject.name.place,
          "neither side of `~` has errors, so there is no `z`", hint: "measure `tv` or `kl`")
      }
      (value, remark) = (score, "the largest of \(pair.first.probabilities.count)")
    }
  }

  private init(_ name: String, _ value: Double, _ remark: String?) {
    (self.name, self.value, self.remark) = (name, value, remark)
  }

  /// |figure − reference| in standard errors.
  private static func score(
    _ figures: [(name: String, value: Double)], _ column: Text, against reference: Text,
    in context: Context
  ) throws(Diagnostic) -> Measurement {
    func figure(_ name: String, _ what: String) throws(Diagnostic) -> Double {
      guard let found = figures.first(where: { $0.name == name })?.value else {
        throw Diagnostic(
          "no-error", at: column.place, "\(column.string.quoted) has no \(what) to measure with")
      }
      return found
    }
    let value = try figure(column.string, "value")
    let error = try figure("\(column.string)error", "standard error")
    let isExact = reference.string == RowDistribution.exactWord
    let target =
      isExact
      ? try figure("\(column.string)exact", "exact value")
      : try context.value(of: Expression(reference))
    let format = Check.format
    return Measurement(
      "z", value == target ? 0 : abs(value - target) / error,
      "\(format.string(value)) ± \(format.string(error)) against \(format.string(target))")
  }

  private static func pair(
    _ subject: ComparedName, _ reference: Text, in context: Context, at place: Place
  ) throws(Diagnostic) -> ComparedPair {
    guard reference.string == RowDistribution.exactWord else {
      return try ComparedPair(subject, ComparedName(reference), in: context, at: place)
    }
    let exact = ComparedName(name: subject.name, column: Text("p", at: reference.place))
    return try ComparedPair(subject, exact, in: context, at: place)
  }
}
