internal import Boltzmann
package import Notebooks
internal import Numerals
internal import Plots

/// `{roc}`: a model as a detector, by its free energy.
package struct ROC: Directive {
  static let positive = Option<Text?>.text(
    "positive", "a dataset", "Rows of the kind that the model learned.")
  static let negative = Option<Text?>.text("negative", "a dataset", "Rows of other kinds.")
  static let bins = Option<Int>.integer(
    "bins", "The most bins of the histogram.", in: 1...60, default: 12)

  package static let manual = Manual(
    "roc", "How well a trained model tells its own kind of data from others, by free energy.",
    argument: "RBM", options: [positive, negative, bins],
    details: """
      $$
      F(v) = -\\ln \\sum_h e^{-E(v, h)}
      $$

      is low where the model expects data: $p(v) = e^{-F(v)}/Z$, and no Z is needed to compare rows. \
      The curve has a point for each threshold of F: the share of positive rows below it (found) \
      against the share of negative rows below it (false alarms). The area under it (AUC) is the \
      chance that a positive row has the lower free energy of two; 0.5 is guessing. Its error is that \
      of DeLong and others (1988). Take rows that the model has not learned from.
      """,
    example: """
      ```{dataset} bars
      :bars-and-stripes: 3
      :label: 0
      ```

      ```{dataset} stripes
      :bars-and-stripes: 3
      :label: 1
      ```

      ```{rbm} detector
      :visible: 9
      :hidden: 6
      ```

      ```{train} detector
      :data: bars
      :epochs: 500
      :rate: 0.1
      :name: trained
      :plot: none
      :record: 500
      ```

      ```{roc} trained
      :positive: bars
      :negative: stripes
      ```
      """)

  private let model: Text
  private let positive: Text?
  private let negative: Text?
  private let bins: Int

  package init(_ arguments: inout Arguments) {
    model = arguments.reference("an RBM")
    positive = arguments.required(Self.positive)
    negative = arguments.required(Self.negative)
    bins = arguments.value(of: Self.bins)
    _ = arguments.references([positive, negative].compactMap(\.self))
    arguments.noBody()
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let machine = try context.value(model, as: (any RBMSource).self, "an RBM").shown
    guard let positive, let negative else { return Outcome() }
    let found = try freeEnergies(positive, machine, context)
    let others = try freeEnergies(negative, machine, context)
    let curve = ROCCurve(positive: found.map { 0 - $0 }, negative: others.map { 0 - $0 })
    var sentence =
      "Free energies of \(found.count) rows of \(positive.string.quoted) and \(others.count) of "
      + "\(negative.string.quoted). AUC = \(NumberFormat.fixed(4).string(curve.area))"
    if let error = curve.areaError {
      sentence += " ± \(NumberFormat.significant(2).string(error))"
    }
    var figures = [(name: "auc", value: curve.area)]
    if let error = curve.areaError { figures.append(("auc-error", error)) }
    return Outcome(
      [.sentence(sentence + "."), .plot(histogram(found, others)), .plot(plot(of: curve))],
      value: TableResult(table(of: curve), figures: figures))
  }

  private func freeEnergies(
    _ name: Text, _ machine: RestrictedBoltzmannMachine, _ context: Context
  ) throws(Diagnostic) -> [Double] {
    let data = try context.rows(name, for: machine, called: model)
    let energies = machine.freeEnergies(of: VisibleData(data), threads: context.threads)
    guard energies.allSatisfy(\.isFinite) else {
      throw Diagnostic(
        "not-finite", at: name.place,
        "the free energy of a row of \(name.string.quoted) is too large for a number")
    }
    return energies
  }

  /// Shares and not counts, since one side is often much larger.
  private func histogram(_ found: [Double], _ others: [Double]) -> Plot {
    let all = Histogram(values: found + others, bins: bins)
    func shares(_ values: [Double]) -> [Double] {
      all.counts(of: values).map { Double($0) / Double(values.count) }
    }
    let names = [positive, negative].compactMap { $0?.string }
    let series = zip(names, [found, others]).map { Bars.Series($0, values: shares($1)) }
    return Plot(
      x: Axis("free energy F(v) (nats)"), y: Axis("share of the rows"),
      marks: [.bars(Bars(categories: all.bars.categories, series: series, notes: all.bars.notes))])
  }

  private func plot(of curve: ROCCurve) -> Plot {
    let x = curve.points.map(\.falsePositiveRate)
    return Plot(
      x: Axis(
        "share of \(negative?.string ?? "") taken for \(positive?.string ?? "")", domain: 0...1),
      y: Axis("share of \(positive?.string ?? "") found", domain: 0...1),
      marks: [
        .line(Series("guessing", x: [0, 1], y: [0, 1])),
        .line(Series("by free energy", x: x, y: curve.points.map(\.truePositiveRate))),
      ])
  }

  private func table(of curve: ROCCurve) -> Table {
    // The first threshold is infinite: nothing is below it.
    let points = curve.points.dropFirst()
    return Table([
      Table.Column(
        "free-energy", heading: "F at most", .numbers(points.map { 0 - $0.threshold }, .fixed(3)),
        isKey: true),
      Table.Column(
        "found", .numbers(points.map(\.truePositiveRate), .fixed(4))),
      Table.Column(
        "false-alarms", heading: "false alarms",
        .numbers(points.map(\.falsePositiveRate), .fixed(4))),
    ])
  }
}
