internal import Boltzmann
internal import Notebooks
internal import Numerals

/// An estimate of ln Z as a page shows it.
struct EstimateReport {
  /// How it was made.
  let method: String
  let table: Table
  /// What the interval is worth, and whether the exact value lies in it.
  let verdict: String
  let figures: [(name: String, value: Double)]

  /// `shift` is added to every ln Z; `resolution` is by how much rounding may have moved it; `start`
  /// says where forward chains start.
  init(
    _ estimate: PartitionFunctionEstimate, _ settings: AnnealedImportanceSampling, exact: Double?,
    shift: Double, resolution: Double = 0, start: String
  ) {
    let (lower, upper) = (estimate.lowerBound + shift, estimate.upperBound + shift)
    let logZ = estimate.logZ + shift
    let (low, high) = (
      estimate.interval.lowerBound + shift, estimate.interval.upperBound + shift
    )
    let exact = exact.map { $0 + shift }
    let reverse =
      switch estimate.reverseStart {
      case .exact: "exact draws"
      case .chains: "long chains"
      }
    method =
      "\(settings.chains) chains in each direction, \(counted(settings.path.stepCount, "step")). "
      + "Forward chains start in \(start), reverse chains in \(reverse)."
    table = Self.table(
      [
        ("forward, too low on average", lower, nil, nil, estimate.forward.effectiveSampleSize),
        ("reverse, too high on average", upper, nil, nil, estimate.reverse.effectiveSampleSize),
        ("both", logZ, low, high, nil),
      ] + (exact.map { [("exact", $0, nil, nil, nil)] } ?? []))
    let margin = resolution + 1e-9
    verdict = Self.verdict(
      estimate, isHeld: exact.map { low - margin <= $0 && $0 <= high + margin })
    figures =
      [
        ("lnz", logZ), ("low", low), ("high", high), ("forward", lower), ("reverse", upper),
        ("ess", estimate.forward.effectiveSampleSize),
        ("reverseess", estimate.reverse.effectiveSampleSize),
      ] + (exact.map { [("exact", $0)] } ?? [])
  }

  private typealias Row = (String, value: Double, low: Double?, high: Double?, size: Double?)

  private static func table(_ rows: [Row]) -> Table {
    Table([
      Table.Column("estimate", .text(rows.map(\.0)), isKey: true),
      Table.Column("lnz", heading: "$\\ln Z$", .numbers(rows.map(\.value), .fixed(4))),
      Table.Column("low", heading: "from", .numbers(rows.map(\.low), .fixed(4))),
      Table.Column("high", heading: "to", .numbers(rows.map(\.high), .fixed(4))),
      Table.Column(
        "ess", heading: "effective samples", .numbers(rows.map(\.size), .fixed(1))),
    ])
  }

  private static func verdict(
    _ estimate: PartitionFunctionEstimate, isHeld: Bool?
  ) -> String {
    var parts: [String]
    switch estimate.method {
    case .bennett: parts = ["The interval is meant for 99 of 100 runs."]
    case .markov:
      // More steps bring the directions together, up to as many weights as there are.
      let isNear = 2 * estimate.overlap >= Double(estimate.forward.count + estimate.reverse.count)
      parts = [
        (isNear ? "The chains are too few for an error" : "The two directions hardly meet")
          + ": the interval is the wide one that Markov's inequality allows. More "
          + "\(isNear ? "chains" : "steps") would narrow it."
      ]
    }
    if case .chains(let sweeps) = estimate.reverseStart {
      parts.append(
        "The reverse chains started where chains of \(counted(sweeps, "sweep")) had come to; if "
          + "those had not converged, the interval is wrong.")
    }
    if let isHeld {
      parts.append("The exact value lies \(isHeld ? "in" : "**outside**") it.")
    }
    return parts.joined(separator: " ")
  }
}
