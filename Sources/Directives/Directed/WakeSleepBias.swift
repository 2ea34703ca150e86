internal import Boltzmann
package import Notebooks
internal import Numerals

/// `{wake-sleep-bias}`: what wake and sleep move along on average beside the gradients.
package struct WakeSleepBias: Directive {
  static let data = Option<Text?>.text(
    "data", "a dataset", "Rows of 0 and 1.", shown: "those that the machine learned from")

  package static let manual = Manual(
    "wake-sleep-bias",
    "What the phases of wake–sleep move along on average, beside the gradients of what they are for.",
    argument: "MACHINE", options: [data],
    details: """
      All is exact, by enumeration. Wake moves the generative net up the bound

      $$
      \\ln p(v) - KL(q(h \\mid v) \\,\\|\\, p(h \\mid v))
      $$

      and not up $\\ln p(v)$; the first row compares both. Sleep moves the recognition net so that \
      $KL(p(h \\mid v) \\,\\|\\, q(h \\mid v))$ gets smaller for fantasies, while the bound asks for \
      $KL(q \\,\\|\\, p)$ to get smaller for data; the second row compares the step with that \
      gradient, for up to 24 units in the two lowest layers. The columns compare them as vectors: \
      lengths, relative length, angle, and the share of parameters that go the wrong way. Figures: \
      `kl-recognition`, the mean of KL(q ‖ p) over the rows, and `kl-posterior`, that of KL(p ‖ q). \
      Sources: Hinton, Dayan, Frey and Neal 1995; Dayan and Hinton 1996.
      """,
    example: """
      ```{dataset} bars
      :bars-and-stripes: 2
      ```

      ```{helmholtz} net
      :layers: 4 3 1
      :weights: normal 0 1
      :recognition: normal 0 1
      ```

      ```{wake-sleep-bias} net
      :data: bars
      ```
      """)

  private let name: Text
  private let data: Text?

  package init(_ arguments: inout Arguments) {
    name = arguments.reference("a Helmholtz machine")
    data = arguments.value(of: Self.data)
    if let data { _ = arguments.references([data]) }
    arguments.noBody()
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let value = try context.value(name, as: HelmholtzValue.self, "a Helmholtz machine")
    let machine = value.machine(nil)
    let rows = try rows(for: value, in: context)
      .binaryRows(of: machine.visibleCount, in: name.string, at: data?.place ?? name.place)
    do throws(EnumerationLimit) {
      return try outcome(machine, rows, threads: context.threads)
    } catch {
      throw Diagnostic(
        "limit-exceeded", at: name.place,
        "\(name.string.quoted) has too many units: enumeration would visit \(error.states) states; "
          + "the limit is \(error.limit)")
    }
  }

  private func rows(
    for value: HelmholtzValue, in context: Context
  ) throws(Diagnostic) -> Dataset {
    if let data { return try context.value(data, as: DatasetValue.self, "a dataset").dataset }
    if let data = value.data { return data }
    throw Diagnostic(
      "missing-option", at: name.place,
      "a machine that did not learn in this notebook needs the option \(":data:".quoted)")
  }

  private func outcome(
    _ machine: HelmholtzMachine, _ rows: BitMatrix, threads: Int
  ) throws(EnumerationLimit) -> Outcome {
    let likelihood = try machine.logLikelihoodGradient(on: rows, threads: threads)
    let bound = try machine.boundGradient(on: rows, threads: threads)
    let sleep = try machine.expectedSleepStep(threads: threads)
    let divergences = try machine.posteriorDivergences(on: rows, threads: threads)
    let pairs = [
      (bound.generative, likelihood.generative), (sleep.recognition, bound.recognition),
    ].map { pair in
      StepComparison(step: pair.0.flatMap(\.parameters), gradient: pair.1.flatMap(\.parameters))
    }
    let table = Table([
      Table.Column(
        "phase", .text(["wake, against ln p(v)", "sleep, against the bound"]), isKey: true),
      Table.Column(
        "gradient", heading: "length of the gradient",
        .numbers(pairs.map(\.gradientLength), .significant(4))),
      Table.Column(
        "step", heading: "length of the step", .numbers(pairs.map(\.stepLength), .significant(4))),
      Table.Column("ratio", heading: "relative length", .numbers(pairs.map(\.ratio), .fixed(3))),
      Table.Column(
        "angle", heading: "angle (degrees)", .numbers(pairs.map(\.angle), .fixed(2))),
      Table.Column("wrong", heading: "wrong sign", .numbers(pairs.map(\.wrong), .fixed(3))),
    ])
    let format = NumberFormat.significant(4)
    let sentence =
      "Over \(rows.rowCount) \(rows.rowCount == 1 ? "row" : "rows"), KL(q ‖ p) of the recognition "
      + "net from the posterior is \(format.string(divergences.ofRecognition)) nats on average, "
      + "KL(p ‖ q) is \(format.string(divergences.ofPosterior))."
    return Outcome(
      [.sentence(sentence), .table(table)],
      value: TableResult(
        table,
        figures: [
          ("kl-recognition", divergences.ofRecognition), ("kl-posterior", divergences.ofPosterior),
        ]))
  }
}

/// A mean step beside the gradient that it stands for.
private struct StepComparison {
  let gradientLength: Double
  let stepLength: Double
  let ratio: Double?
  /// In degrees.
  let angle: Double?
  /// The share of entries with the wrong sign.
  let wrong: Double?

  private static let smallestLength = 1e-12

  init(step: [Double], gradient: [Double]) {
    (gradientLength, stepLength) = (euclideanNorm(gradient), euclideanNorm(step))
    // Below, there is nothing but rounding.
    let isComparable = min(gradientLength, stepLength) > Self.smallestLength
    ratio = gradientLength > Self.smallestLength ? stepLength / gradientLength : nil
    angle = isComparable ? Boltzmann.angle(between: step, and: gradient) * 180 / .pi : nil
    let count = zip(step, gradient).count { $0 * $1 < 0 }
    wrong = isComparable ? Double(count) / Double(step.count) : nil
  }
}
