internal import Boltzmann
internal import Notebooks

/// Probabilities of named rows, counted or computed: what comparisons compare.
struct RowDistribution {
  let name: String
  /// The columns that tell the rows apart.
  let keys: [Table.Column]
  let probabilities: [Double]
  /// The number of samples behind them; nil if they are computed.
  let sampleCount: Int?
  /// The errors of counted shares; empty if they are computed.
  let errors: [Double?]

  /// The word that names a table's own exact column.
  static let exactWord = "exact"

  /// `NAME` or `NAME.COLUMN` of a table: its column `frequency` where there is one, else `p`.
  init(_ table: Table, called name: Text, column: Text?) throws(Diagnostic) {
    let key = column?.string ?? (table["frequency"] == nil ? "p" : "frequency")
    guard case .numbers(let values, _)? = table[key]?.cells else {
      throw Diagnostic(
        "unknown-column", at: column?.place ?? name.place,
        "\(name.string.quoted) has no column \(key.quoted) of numbers",
        hint: Suggestion.hint(for: key, among: table.numberKeys, called: "columns"))
    }
    let probabilities = values.map { $0 ?? 0 }
    guard abs(probabilities.reduce(0, +) - 1) < 1e-9, probabilities.allSatisfy({ $0 >= 0 }) else {
      throw Diagnostic(
        "bad-distribution", at: column?.place ?? name.place,
        "\(key.quoted) of \(name.string.quoted) is no distribution: its values must add up to 1")
    }
    self.name = column.map { "\(name.string).\($0.string)" } ?? name.string
    keys = table.columns.filter(\.isKey)
    self.probabilities = probabilities
    let isCounted = key == "frequency"
    sampleCount = isCounted ? Self.total(of: table["count"]) : nil
    if isCounted, case .numbers(let errors, _)? = table["error"]?.cells {
      self.errors = errors
    } else {
      errors = []
    }
  }

  /// The exact distribution of a machine over the rows of a tabulation.
  init(_ machine: MachineValue, _ tabulation: Tabulation, temperature: Double, at place: Place)
    throws(Diagnostic)
  {
    let exact = try machine.distribution(temperature: temperature, at: place)
    name = machine.name
    keys = tabulation.keyColumns
    probabilities = tabulation.probabilities(exact)
    (sampleCount, errors) = (nil, [])
  }

  /// What each row is called.
  var labels: [String] { (0..<probabilities.count).map { label(of: $0) } }

  /// The probabilities in the order of another distribution's rows.
  func ordered(like other: RowDistribution, at place: Place) throws(Diagnostic) -> RowDistribution {
    let own = labels
    var order: [Int] = []
    for label in other.labels {
      guard let row = own.firstIndex(of: label) else {
        throw Diagnostic(
          "unknown-row", at: place, "\(name.quoted) has no row \(label.quoted)",
          hint: "both sides must list the same states; \(other.name.quoted) has "
            + "\(other.probabilities.count) rows, \(name.quoted) \(own.count)")
      }
      order.append(row)
    }
    guard own.count == order.count else {
      throw Diagnostic(
        "unknown-row", at: place,
        "\(name.quoted) has \(own.count) rows, \(other.name.quoted) only \(order.count)",
        hint: "both sides must list the same states")
    }
    return RowDistribution(self, order, keys: other.keys)
  }

  private init(_ other: RowDistribution, _ order: [Int], keys: [Table.Column]) {
    (name, self.keys, sampleCount) = (other.name, keys, other.sampleCount)
    probabilities = order.map { other.probabilities[$0] }
    errors = other.errors.isEmpty ? [] : order.map { other.errors[$0] }
  }

  private func label(of row: Int) -> String {
    let table = Table(keys)
    return keys.indices.map { table.text(row: row, column: $0) }.joined(separator: " ")
  }

  /// The sum of a column of counts; nil where it is no number of samples.
  private static func total(of column: Table.Column?) -> Int? {
    guard case .numbers(let values, _)? = column?.cells else { return nil }
    return Int(exactly: values.reduce(0) { $0 + ($1 ?? 0) }).flatMap { $0 > 0 ? $0 : nil }
  }
}

/// How far two distributions over the same rows are apart.
struct RowDistances {
  let totalVariation: Double
  /// KL(first ‖ second) and KL(second ‖ first), in nats.
  let divergence: Double
  let backDivergence: Double
  /// The total variation that draws alone give on average; nil where neither side is counted.
  let floor: Double?
  /// The largest difference in units of its error; nil where no side has errors.
  let largestScore: Double?

  init(_ first: RowDistribution, _ second: RowDistribution) {
    let (p, q) = (first.probabilities, second.probabilities)
    totalVariation = totalVariationDistance(p, q)
    divergence = kullbackLeiblerDivergence(p, from: q)
    backDivergence = kullbackLeiblerDivergence(q, from: p)
    // Where one side is exact, its probabilities are those that draws have; else the mean of both.
    let truth =
      first.sampleCount == nil ? p : second.sampleCount == nil ? q : zip(p, q).map { ($0 + $1) / 2 }
    floor = Self.floor(of: truth, [first, second].compactMap(\.sampleCount))
    largestScore = Self.largestScore(first, second, truth)
  }

  /// 1/m + 1/n of the sides that are counted.
  private static func noise(_ sampleCounts: [Int]) -> Double {
    sampleCounts.reduce(0) { $0 + 1 / Double($1) }
  }

  private static func floor(of truth: [Double], _ sampleCounts: [Int]) -> Double? {
    guard let count = sampleCounts.first else { return nil }
    if sampleCounts.count == 1 { return expectedTotalVariation(of: truth, draws: count) }
    // E|f − g| of two binomial shares is √(2p(1−p)(1/m + 1/n)/π) for large m and n, and at most 2p.
    let noise = noise(sampleCounts)
    return truth.reduce(0) { $0 + min((2 * $1 * (1 - $1) * noise / .pi).squareRoot() / 2, $1) }
  }

  private static func largestScore(
    _ first: RowDistribution, _ second: RowDistribution, _ truth: [Double]
  ) -> Double? {
    let sides = [first, second].map(\.errors).filter { !$0.isEmpty }
    guard !sides.isEmpty else { return nil }
    let noise = noise([first, second].compactMap(\.sampleCount))
    var largest = 0.0
    for row in first.probabilities.indices {
      var variance = 0.0
      for errors in sides {
        guard let error = errors[row] else { return nil }
        variance += error * error
      }
      // Where few draws or none hit a row, they show an error too small or none.
      variance = max(variance, truth[row] * (1 - truth[row]) * noise)
      let difference = abs(first.probabilities[row] - second.probabilities[row])
      if difference > 0 { largest = max(largest, difference / variance.squareRoot()) }
    }
    return largest
  }
}
