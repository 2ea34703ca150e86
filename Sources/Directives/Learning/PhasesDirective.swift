internal import Boltzmann
package import Notebooks
internal import Numerals

/// `{phases}`: what learning would see of a machine, connection by connection.
package struct PhasesDirective: Directive {
  static let data = Option<Text?>.text("data", "a dataset", "The rows that are clamped.")
  static let algorithm = TrainingOptions.algorithm
  static let seeds = Option<Int>.integer(
    "seeds", "Repeats an estimate by chains so many times.", in: 2...10_000, default: 100)

  package static let manual = Manual(
    "phases", "Both phases of a machine's learning: clamped, free, and their difference.",
    argument: "MACHINE",
    options: [
      data, TrainingOptions.algorithm, TrainingOptions.chains, seeds, MachineOptions.temperature,
      PhaseOptions.inputs,
    ] + PhaseOptions.ofChains + [
      PhaseOptions.warmUp, PhaseOptions.persistent, PhaseOptions.schedule,
    ],
    details: """
      For each connection $\\langle s_i s_j \\rangle$, and for each unit $\\langle s_i \\rangle$, with \
      the visible units clamped to the rows and with them free. The difference, over T, is the \
      slope of the mean log-likelihood of the rows. Estimated from chains (`sampling`, \
      `annealing`), the means are over all repeats, `sd` is the spread of the difference of one \
      update, and the exact difference stands beside it. Source: Ackley, Hinton and Sejnowski, \
      Cognitive Science 9 (1985) 147.
      """,
    example: """
      ```{dataset} even
      :parity: 3
      ```

      ```{machine} net
      :visible: a b c
      :hidden: h

      a -- h: 1
      b -- h: 1
      c -- h: -1
      ```

      ```{phases} net
      :data: even
      ```
      """)

  private let machine: Text
  private let data: Text?
  private let options: TrainingOptions
  private let phases: PhaseOptions
  private let seeds: Int
  private let place: Place

  package init(_ arguments: inout Arguments) {
    machine = arguments.reference("a machine")
    data = arguments.required(Self.data)
    if let data { _ = arguments.references([data]) }
    options = TrainingOptions(&arguments)
    phases = PhaseOptions(&arguments)
    seeds = arguments.value(of: Self.seeds)
    place = arguments.call.place
    arguments.drawsRandomNumbers()
    arguments.noBody()
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let value = try context.value(machine, as: MachineValue.self, "a machine")
    guard let data else { return Outcome() }
    let learning = try options.boltzmannLearning(phases)
    let isExact = learning.phases == .exact
    let setup = MachineStudySetup(
      value,
      TrainingTask(
        data: try context.value(data, as: DatasetValue.self, "a dataset").dataset,
        validation: nil, epochs: 1, record: nil, seeds: isExact ? 1 : seeds, columns: [],
        rows: 0, plotted: [], place: place),
      phases, learning)
    let rows = try setup.rows()
    try setup.checkWork(rows)
    let exact = try? ExactPhases(value.machine, rows, temperature: learning.temperature)
    if isExact, let exact {
      return outcome(PhaseTable(value, exact.statistics), learning, exact)
    }
    let stream = RandomStream(seed: context.seed, name: context.identity)
    let estimates = mapConcurrently(seeds, threads: context.threads) { seed in
      try? learning.statistics(
        of: value.machine, on: rows, stream: stream.substream(UInt64(seed)))
    }.compactMap(\.self)
    guard estimates.count == seeds else {
      throw Diagnostic("bad-training", at: place, "the phases of this machine cannot be estimated")
    }
    // What is exact belongs to the rows as they are.
    let beside = phases.noise == nil ? exact?.statistics : nil
    return outcome(PhaseTable(value, estimates, beside), learning, exact)
  }

  private func outcome(
    _ phases: PhaseTable, _ learning: BoltzmannLearning, _ exact: ExactPhases?
  ) -> Outcome {
    var figures = phases.figures
    var sentence = "\(learning.source), at T = "
    sentence += "\(NumberFormat.significant(4).string(learning.temperature))."
    if let exact {
      figures += [("likelihood", exact.logLikelihood), ("kl", exact.divergence)]
      sentence +=
        " The rows' mean log-likelihood is \(NumberFormat.fixed(4).string(exact.logLikelihood)) "
        + "nats."
    }
    return Outcome(
      [.sentence(sentence), .table(phases.table)],
      value: TableResult(phases.table, figures: figures))
  }
}
