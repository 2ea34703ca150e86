internal import Boltzmann
package import Notebooks
internal import Numerals

/// `{certify}`: chains that start exactly in p must stay there.
package struct Certify: Directive {
  enum Method: String, CaseIterable, Sendable {
    case chains, tempering, layers
  }

  enum Verdict: String, CaseIterable, Sendable {
    case stays, drifts, still
  }

  static let method = Option<Method>.choice(
    "method",
    "Chains at one temperature; replicas that exchange the temperatures listed; or chains of an RBM "
      + "that draw one layer after the other, as in learning.", default: .chains)
  static let temperature = Option<[Double]>.numbers(
    "temperature", "The temperatures, a row each.", in: 1e-6...1e6, default: [1])
  static let chains = Option<Int>.integer(
    "chains", "The number of chains at each temperature.", in: 10...1_000_000, default: 3000)
  static let sweeps = Option<Int>.integer(
    "sweeps", "The sweeps that each makes.", in: 1...1_000_000, default: 3)
  static let falseAlarms = Option<Double>.number(
    "false-alarms", "How often a right sampler may be called wrong.", in: 1e-12...0.5,
    default: 1e-4)
  static let runs = Option<Text?>.text(
    "runs", "a machine", "What the chains really run on, a mistake put in on purpose.",
    shown: "MACHINE")
  static let runsAt = Option<[Double]>.numbers(
    "runs-at", "The temperatures at which they really run.", in: 1e-6...1e6, default: [])
  static let expect = Option<Verdict>.choice(
    "expect", "The verdict that is asserted of every row.", default: .stays)

  package static let manual = Manual(
    "certify", "A certificate for a sampler: chains that start exactly in p must stay there.",
    argument: "MACHINE",
    options: [
      temperature, chains, sweeps, method, falseAlarms, MachineOptions.given, runs, runsAt, expect,
    ] + KernelOptions.all,
    details: """
      Every chain starts from an exact draw of $p$, so that even a slow sampler has nowhere to go: \
      if the end states do not look like draws of $p$, the sampler is wrong. Their total variation \
      from $p$ is shown beside its floor, what as many exact draws show on average \
      (computed, not simulated). Four figures are judged: the total variation, the count of every \
      state, the count of every unit, and the mean energy. `chance` bounds the probability that \
      exact draws are as far out in any of them (McDiarmid's and Chernoff's inequalities); below \
      the false-alarm rate the verdict is `drifts`, and the cell fails. A sampler that does \
      nothing stays as well: `moved` is the share of units that ended otherwise than they began, 1 \
      where start and end are independent, and a unit that never changes gives the verdict \
      `still`. A certificate says nothing about how long a chain from elsewhere would take.
      """,
    example: """
      ```{machine} pair
      :visible: a b

      a -- b: 1.5
      a: -1
      ```

      ```{certify} pair
      :temperature: 0.5 1 2
      ```
      """)

  private let machine: Text
  private let other: Text?
  private let method: Method
  private let temperatures: [Double]
  private let chains: Int
  private let sweeps: Int
  private let falseAlarms: Double
  private let runsAt: [Double]
  private let expected: Verdict
  private let given: [Text]
  private let kernel: KernelOptions
  private let place: Place

  package init(_ arguments: inout Arguments) {
    machine = arguments.reference("a machine")
    other = arguments.value(of: Self.runs)
    if let other { _ = arguments.references([other]) }
    method = arguments.value(of: Self.method)
    temperatures = arguments.value(of: Self.temperature)
    chains = arguments.value(of: Self.chains)
    sweeps = arguments.value(of: Self.sweeps)
    falseAlarms = arguments.value(of: Self.falseAlarms)
    runsAt = arguments.value(of: Self.runsAt)
    expected = arguments.value(of: Self.expect)
    given = arguments.value(of: MachineOptions.given)
    kernel = KernelOptions(&arguments)
    place = arguments.call.place
    arguments.drawsRandomNumbers()
    arguments.noBody()
    if !runsAt.isEmpty, runsAt.count != temperatures.count {
      arguments.report(
        Diagnostic(
          "bad-ladder", at: place,
          "`runs-at` has \(runsAt.count) temperatures, `temperature` has \(temperatures.count)"))
    }
    if method == .layers {
      for option in KernelOptions.all where arguments.gives(option) {
        arguments.report(
          Diagnostic(
            "unexpected-option", at: place,
            "layers are drawn as a whole, without `:\(option.name):`"))
      }
    }
    if method == .tempering {
      for list in [temperatures, runsAt] where !list.isEmpty {
        if let problem = Ladder.problem(list, at: place) { arguments.report(problem) }
      }
    }
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let value = try context.machine(machine)
    let clamp = try value.clamp(given)
    let (chainCount, overflows) = chains.multipliedReportingOverflow(by: temperatures.count)
    try ChainOptions.checkWork(
      chains: overflows ? .max : chainCount, sweeps: sweeps, units: value.machine.unitCount,
      at: place)
    let energies = try value.energies(clamp, at: place)
    let sampler = try sampler(for: value, clamp, in: context)
    let exact = temperatures.map { ExactDistribution(energies, temperature: $0) }
    let stream = RandomStream(seed: context.seed, name: context.identity)
    let starts = exact.enumerated().map { row, exact in
      Certificate.starts(in: exact, chains: chains, stream: stream.substream(UInt64(row)))
    }
    let ends = sampler.ends(starts, sweeps: sweeps, stream: stream, threads: context.threads)
    let certificates = exact.indices.map { row in
      Certificate(
        of: exact[row], from: starts[row], to: ends[row], falseAlarmRate: falseAlarms)
    }
    let report = CertificateReport(certificates, temperatures: temperatures, of: value)
    return Outcome(
      [.sentence(how), .table(report.table), .sentence(report.sentence(falseAlarms))],
      value: TableResult(report.table, figures: report.figures),
      failures: failures(certificates, value))
  }

  /// What the chains really run on: the machine itself unless a mistake is wanted.
  private func sampler(
    for value: MachineValue, _ clamp: Clamp, in context: Context
  ) throws(Diagnostic) -> CertifiedSampler {
    let name = other ?? machine
    let running = try context.machine(name)
    guard running.unitNames == value.unitNames else {
      throw Diagnostic(
        "wrong-kind", at: name.place,
        "\(name.string.quoted) has other units than \(machine.string.quoted)")
    }
    let temperatures = runsAt.isEmpty ? temperatures : runsAt
    if method == .layers {
      let layers = try context.value(name, as: (any RBMSource).self, "an RBM").shown
      return CertifiedSampler(kernel: .layers(layers, clamp), temperatures: temperatures)
    }
    let kernel = kernel.kernel(running.machine, clamp: clamp)
    try KernelOptions.checkRounding(
      kernel, of: running, temperature: temperatures.min() ?? 1, at: place)
    return CertifiedSampler(
      kernel: method == .chains ? .chains(kernel) : .tempering(kernel), temperatures: temperatures)
  }

  private var how: String {
    let run =
      method == .tempering
      ? "\(chains) ladders of \(temperatures.count) replicas"
      : "\(chains) chains at each temperature"
    let length = sweeps == 1 ? "1 sweep" : "\(sweeps) sweeps"
    let way = method == .layers ? "all hidden units, then all visible ones" : kernel.description
    return "\(run) start exactly in p and make \(length) (\(way))."
  }

  private func failures(_ certificates: [Certificate], _ value: MachineValue) -> [Diagnostic] {
    zip(temperatures, certificates).compactMap { temperature, certificate in
      let verdict = CertificateReport.verdict(certificate)
      if verdict == expected { return nil }
      return Diagnostic(
        "certificate-fails", at: place,
        "at T = \(NumberFormat.significant(6).string(temperature)) the verdict is "
          + "\(verdict.rawValue.quoted), not \(expected.rawValue.quoted)",
        hint: CertificateReport.hint(certificate, value), kind: .failure)
    }
  }
}

/// Certificates as a table.
private struct CertificateReport {
  let table: Table
  let figures: [(name: String, value: Double)]

  init(_ certificates: [Certificate], temperatures: [Double], of value: MachineValue) {
    func numbers(_ format: NumberFormat, _ cell: (Certificate) -> Double?) -> Table.Cells {
      .numbers(certificates.map(cell), format)
    }
    let verdicts = certificates.map(Self.verdict)
    table = Table([
      Table.Column("T", .numbers(temperatures, .column(temperatures, decimals: 3)), isKey: true),
      Table.Column("tv", heading: "TV from p", numbers(.fixed(4), \.totalVariation)),
      Table.Column("floor", numbers(.fixed(4), \.floor)),
      Table.Column("multiple", heading: "TV / floor", numbers(.fixed(2), \.multiple)),
      Table.Column("allowed", numbers(.fixed(2), \.largestMultiple)),
      Table.Column(
        "E", heading: "mean E", numbers(.fixed(3)) { $0.meanEnergy.mean + value.constant }),
      Table.Column(
        "error", heading: "± error",
        .numbers(certificates.map(\.meanEnergy.standardError), .fixed(3))),
      Table.Column(
        "exact", heading: "exact E", numbers(.fixed(3)) { $0.exactMeanEnergy + value.constant }),
      Table.Column("moved", numbers(.fixed(2), \.movedShare)),
      Table.Column("chance", heading: "chance ≤", numbers(.significant(2), \.chance)),
      Table.Column("verdict", .text(verdicts.map(\.rawValue))),
    ])
    let values: [(String, Double?)] = [
      ("tv", certificates[0].totalVariation), ("floor", certificates[0].floor),
      ("multiple", certificates[0].multiple), ("allowed", certificates[0].largestMultiple),
      ("chance", certificates[0].chance),
      ("drifting", Double(verdicts.count { $0 == .drifts })),
    ]
    figures = values.compactMap { name, value in value.map { (name, $0) } }
  }

  func sentence(_ falseAlarms: Double) -> String {
    "A right sampler is called wrong at most once in "
      + "\(NumberFormat.significant(6).string((1 / falseAlarms).rounded())) rows."
  }

  static func verdict(_ certificate: Certificate) -> Certify.Verdict {
    switch certificate.verdict {
    case .stays: .stays
    case .drifts: .drifts
    case .doesNotMove: .still
    }
  }

  static func hint(_ certificate: Certificate, _ value: MachineValue) -> String? {
    switch certificate.verdict {
    case .stays: return nil
    case .doesNotMove(let units):
      let names = units.prefix(5).map { value.unitNames[$0] }.joined(separator: ", ")
      return "these units never change: \(names)\(units.count > 5 ? ", …" : "")"
    case .drifts:
      let worst = Certificate.Quantity.allCases.min {
        certificate.logChances[$0] ?? 0 < certificate.logChances[$1] ?? 0
      }
      let what =
        switch worst {
        case .totalVariation?, nil: "the total variation"
        case .states?: "the count of a state"
        case .units?: "the count of a unit"
        case .energy?: "the mean energy"
        }
      return "\(what) is what exact draws would hardly give"
    }
  }
}
