internal import Boltzmann
internal import Notebooks
internal import Numerals

/// Posteriors as a page shows them.
struct PosteriorReport {
  let outcome: Outcome

  /// Errors on either side that hold 99 of 100 exact values.
  private static let margin = 2.575829

  init(_ study: PosteriorStudy) {
    guard let first = study.rows.first, !first.estimates.isEmpty else {
      let table = Self.beliefs(study)
      outcome = Outcome([.table(table)], value: TableResult(table))
      return
    }
    let methods = first.estimates.map(\.method)
    let beliefs = Self.estimates(study, methods)
    let worth = Self.worth(study, methods)
    var outputs: [Output] = [
      .sentence(Self.effort(study.effort, methods)), .table(Table(beliefs, shownRows: 64)),
    ]
    if let verdict = Self.verdict(study, methods) { outputs.append(.sentence(verdict)) }
    if let limit = study.limit {
      outputs.append(
        .sentence(
          "Exact sums would need tables of 2^\(limit.exponent) entries; the limit is "
            + "2^\(PosteriorLimit.largestExponent)."))
    }
    outputs.append(.table(Table(worth)))
    // One table for expressions: what belongs to a row of the second stands in each of its rows.
    let unitCount = study.unitNames.count
    let counts = Table.Column(
      "count", heading: "units known", .numbers(study.rows.map { Double($0.knownCount) }, .fixed(0))
    )
    let repeated = ([counts] + worth.dropFirst()).map { column in
      guard case .numbers(let values, let format) = column.cells else { return column }
      let cells = values.flatMap { [Double?](repeating: $0, count: unitCount) }
      return Table.Column(column.key, heading: column.heading, .numbers(cells, format))
    }
    outcome = Outcome(
      outputs,
      value: TableResult(Table(beliefs + repeated), figures: Self.scores(study, methods)))
  }

  /// What is known, its probability, and a column for each unit.
  private static func beliefs(_ study: PosteriorStudy) -> Table {
    let exact = study.rows.compactMap(\.exact)
    let evidence = exact.map { exponential($0.logEvidence) }
    let columns = study.unitNames.enumerated().map { place, name in
      let values = exact.map { $0.marginals[place] }
      return Table.Column(
        name, heading: "p(\(name)=1)", .numbers(values, .column(values, decimals: 4)))
    }
    return Table(
      [
        Table.Column("known", .text(study.rows.map(\.known)), isKey: true),
        Table.Column("p", heading: "p(known)", .numbers(evidence, .significant(4))),
      ] + columns)
  }

  /// A row for each unit and each thing known.
  private static func estimates(
    _ study: PosteriorStudy, _ methods: [PosteriorMethod]
  ) -> [Table.Column] {
    let units = study.unitNames.indices
    func cells<Cell>(_ cell: (PosteriorStudy.Row, Int) -> Cell) -> [Cell] {
      study.rows.flatMap { row in units.map { cell(row, $0) } }
    }
    var columns = [
      Table.Column("known", .text(cells { row, _ in row.known }), isKey: true),
      Table.Column("unit", .text(cells { study.unitNames[$1] }), isKey: true),
    ]
    let exact = cells { row, place in row.exact?.marginals[place] }
    let format = NumberFormat.column(exact.compactMap(\.self), decimals: 4)
    if study.limit == nil { columns.append(Table.Column("exact", .numbers(exact, format))) }
    for (number, method) in methods.enumerated() {
      let found = cells { row, place -> MonteCarloEstimate? in
        let marginals = row.estimates[number].marginals
        return marginals.isEmpty ? nil : marginals[place]
      }
      columns.append(
        Table.Column(method.key, heading: method.words, .numbers(found.map { $0?.mean }, .fixed(4)))
      )
      columns.append(
        Table.Column(
          "\(method.key)error", heading: "±",
          .numbers(found.map { $0?.standardError }, .significant(2))))
    }
    return columns
  }

  /// A row for each thing known: how likely it was, and what the estimates are worth.
  private static func worth(
    _ study: PosteriorStudy, _ methods: [PosteriorMethod]
  ) -> [Table.Column] {
    var columns = [Table.Column("known", .text(study.rows.map(\.known)), isKey: true)]
    if study.limit == nil {
      let values = study.rows.map { $0.exact.map { exponential($0.logEvidence) } }
      columns.append(Table.Column("p", heading: "p(known)", .numbers(values, .significant(4))))
    }
    for (number, method) in methods.enumerated() {
      let estimates = study.rows.map { $0.estimates[number] }
      columns.append(
        Table.Column(
          "\(method.key)draws", heading: method.drawsHeading,
          .numbers(estimates.map(\.effectiveDraws), .significant(4))))
      guard method == .gibbs else { continue }
      columns.append(
        Table.Column("rhat", heading: "R̂", .numbers(estimates.map(\.rHat), .fixed(3))))
    }
    return columns
  }

  private static func effort(_ effort: PosteriorEffort, _ methods: [PosteriorMethod]) -> String {
    let schedule = effort.schedule
    let texts = methods.map { method in
      let name = method.words.prefix(1).uppercased() + method.words.dropFirst()
      return method == .gibbs
        ? "\(name): \(effort.chains) chains of \(schedule.sweeps) sweeps after "
          + "\(schedule.warmUp) of warm-up."
        : "\(name): \(effort.draws) draws."
    }
    return texts.joined(separator: " ")
  }

  /// Differences from the exact posterior in errors, by method.
  private static func distances(
    _ study: PosteriorStudy, _ number: Int
  ) -> [Double] {
    study.rows.flatMap { row -> [Double] in
      guard let exact = row.exact else { return [] }
      return zip(row.estimates[number].marginals, exact.marginals).map { estimate, exact in
        let difference = abs(estimate.mean - exact)
        // What is known, or depends on nothing, differs by rounding alone.
        return difference < 1e-12 ? 0 : difference / (estimate.standardError ?? 0)
      }
    }
  }

  private static func verdict(_ study: PosteriorStudy, _ methods: [PosteriorMethod]) -> String? {
    guard study.limit == nil else { return nil }
    let texts = methods.enumerated().map { number, method in
      let distances = distances(study, number)
      let count = "\(method.words) \(distances.count { $0 <= margin }) of \(distances.count)"
      return count + (method == .gibbs ? coverage(chains: study.effort.chains) : "")
    }
    return "Within 2.58 errors of the exact posterior (99 %): \(texts.joined(separator: ", "))."
  }

  /// What few chains make of the 99 %; empty where they are many.
  private static func coverage(chains: Int) -> String {
    let share = 100 * studentCoverage(within: margin, degreesOfFreedom: chains - 1)
    let text = NumberFormat.fixed(0).string(share)
    return text == "99" ? "" : " (\(text) % with errors from \(chains) chains)"
  }

  private static func scores(
    _ study: PosteriorStudy, _ methods: [PosteriorMethod]
  ) -> [(name: String, value: Double)] {
    methods.enumerated().compactMap { number, method in
      distances(study, number).max().map { ("\(method.key)z", $0) }
    }
  }
}

extension PosteriorMethod {
  /// What expressions call it.
  fileprivate var key: String { self == .weighting ? "weighting" : rawValue }

  fileprivate var words: String {
    switch self {
    case .exact: "exact"
    case .rejection: "rejection"
    case .weighting: "likelihood weighting"
    case .gibbs: "Gibbs sampling"
    }
  }

  fileprivate var drawsHeading: String {
    switch self {
    case .exact: ""
    case .rejection: "draws kept"
    case .weighting: "effective draws, weighting"
    case .gibbs: "effective draws, Gibbs"
    }
  }
}
