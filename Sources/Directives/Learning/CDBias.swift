internal import Boltzmann
package import Notebooks
internal import Numerals

/// `{cd-bias}`: the exact gradient of an RBM beside what CD-k moves along on average.
package struct CDBias: Directive {
  static let data = Option<Text?>.text(
    "data", "a dataset", "Rows of 0 and 1.", shown: "those that the RBM learned from")
  static let steps = Option<[Int]>(
    "k", "whole numbers", "Steps of the chain, ascending.", default: [1, 2, 5, 10, 50],
    shown: "1 2 5 10 50"
  ) { (lines) throws(Diagnostic) in
    var steps: [Int] = []
    for word in lines[0].words {
      let count = try word.integer(in: 1...100_000, for: "`k`")
      guard count > steps.last ?? 0 else {
        throw Diagnostic("bad-schedule", at: word.place, "the steps of `k` ascend")
      }
      steps.append(count)
    }
    guard !steps.isEmpty else {
      throw Diagnostic("missing-value", at: lines[0].place, "`k` needs a number of steps")
    }
    return steps
  }

  /// The most products of probabilities.
  private static let workLimit = 1e10

  package static let manual = Manual(
    "cd-bias", "The exact gradient of an RBM beside what CD-k moves along on average.",
    argument: "RBM", options: [data, steps],
    details: """
      Both are exact. The gradient of the mean log-likelihood comes from enumeration; the expected \
      step of CD-k from carrying the whole distribution of the visible states, which begins as that \
      of the data, through k steps of Gibbs sampling: at most 22 units in both layers. The columns \
      compare them as vectors of all parameters: lengths, the angle between them, the relative \
      length, and the share of parameters that CD-k moves the wrong way. Source: Fischer and Igel \
      2011.
      """,
    example: """
      ```{dataset} bars
      :bars-and-stripes: 2
      ```

      ```{rbm} small
      :visible: 4
      :hidden: 3
      :weights: normal 0 1
      ```

      ```{cd-bias} small
      :data: bars
      ```
      """)

  private let name: Text
  private let data: Text?
  private let steps: [Int]
  private let place: Place

  package init(_ arguments: inout Arguments) {
    name = arguments.reference("an RBM")
    data = arguments.value(of: Self.data)
    if let data { _ = arguments.references([data]) }
    steps = arguments.value(of: Self.steps)
    place = arguments.call.place
    arguments.noBody()
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let value = try context.value(name, as: (any RBMSource).self, "an RBM")
    let machine = value.shown
    let bits = try bits(for: value, in: context)
    let work = Double(steps.last ?? 0) * Double(1 << min(62, machine.unitCount + 1))
    guard
      machine.unitCount > RestrictedBoltzmannMachine.largestPairedUnitCount
        || work <= Self.workLimit
    else {
      throw Diagnostic(
        "limit-exceeded", at: place,
        "\(steps.last ?? 0) steps over all pairs of states are about "
          + "\(NumberFormat.scientific(1).string(work)) products; the limit is "
          + "\(NumberFormat.scientific(0).string(Self.workLimit))")
    }
    do throws(EnumerationLimit) {
      let table = Self.table(
        try machine.logLikelihoodGradient(on: .binary(bits), threads: context.threads),
        try machine.expectedContrastiveDivergence(
          steps: steps, on: bits, threads: context.threads), steps)
      return Outcome([.table(table)], value: TableResult(table))
    } catch {
      throw Diagnostic(
        "limit-exceeded", at: place,
        "the \(error.freeUnitCount) units of both layers have \(error.states) states; the limit is "
          + error.limit)
    }
  }

  private func bits(for value: any RBMSource, in context: Context) throws(Diagnostic) -> BitMatrix {
    let dataset = try context.rows(data, for: value, called: name)
    guard case .binary(let bits) = VisibleData(dataset), value.shown.visibleUnits == .binary else {
      throw Diagnostic(
        "bad-data", at: data?.place ?? place, "only states of 0 and 1 can be enumerated",
        hint: "`:threshold:` makes data so")
    }
    return bits
  }

  private static func table(
    _ gradient: LayerStatistics, _ expected: [LayerStatistics], _ steps: [Int]
  ) -> Table {
    let length = gradient.norm
    let lengths = expected.map(\.norm)
    let angles = zip(expected, lengths).map { step, norm -> Double? in
      norm > 0 && length > 0 ? step.angle(to: gradient) * 180 / .pi : nil
    }
    let wrong = expected.map { step in
      let pairs = zip(step.entries, gradient.entries)
      return Double(pairs.count { $0 * $1 < 0 }) / Double(gradient.entries.count)
    }
    return Table([
      Table.Column("k", .numbers(steps.map(Double.init), .fixed(0)), isKey: true),
      Table.Column(
        "gradient", heading: "length of the gradient",
        .numbers(steps.map { _ in length }, .significant(4))),
      Table.Column("step", heading: "length of the step", .numbers(lengths, .significant(4))),
      Table.Column(
        "ratio", heading: "relative length",
        .numbers(lengths.map { length > 0 ? $0 / length : nil }, .fixed(3))),
      Table.Column("angle", heading: "angle (degrees)", .numbers(angles, .fixed(2))),
      Table.Column("wrong", heading: "wrong sign", .numbers(wrong, .fixed(3))),
    ])
  }
}

extension RestrictedBoltzmannMachine {
  fileprivate var unitCount: Int { visibleCount + hiddenCount }
}
