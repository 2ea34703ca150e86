internal import Notebooks
internal import Numerals

/// Every printed number with its computed one and a verdict.
struct PublishedComparison {
  let table: Table
  let summary: String
  let failures: [Diagnostic]
  let figures: [(name: String, value: Double)]

  /// How far single draws may lie from a mean: a column of standard deviations, and how many.
  struct Spread {
    var column: Text
    var limit: Double
  }

  private struct Verdict {
    var keys: [String]
    /// The row of the printed table, from 1.
    var row: Int
    var quantity: String
    var printed: String
    var computed: String
    var text: String
    var kind: Kind
    enum Kind { case reproduces, known, differs }
  }

  init(
    _ printed: PrintedTable, with computed: Table, called name: Text, known: [Published.Known],
    spread: Spread?
  ) throws(Diagnostic) {
    let columns = try Self.columns(printed, computed, name)
    for entry in known
    where !printed.headings.contains(where: { $0.string == entry.column.string }) {
      throw Diagnostic(
        "unknown-column", at: entry.column.place,
        "the printed table has no column \(entry.column.string.quoted)",
        hint: Suggestion.hint(
          for: entry.column.string, among: printed.headings.map(\.string), called: "columns"))
    }
    let keys = columns.indices.filter { computed.columns[columns[$0]].isKey }
    var verdicts: [Verdict] = []
    var failures: [Diagnostic] = []
    for (number, row) in printed.rows.enumerated() {
      do throws(Diagnostic) {
        let match = try Self.row(of: row, keys: keys, columns, computed, name)
        for index in columns.indices where !keys.contains(index) && !row[index].isEmpty {
          do throws(Diagnostic) {
            let value = try Self.number(
              computed.columns[columns[index]], row: match, printed.headings[index])
            let verdict = try Self.verdict(
              on: row[index], Self.compare(row[index], with: value, spread, computed, row: match),
              keys: keys.map { row[$0].string }, row: number + 1, printed.headings[index], known)
            if verdict.kind == .differs {
              failures.append(Self.differs(verdict, at: row[index].place))
            }
            verdicts.append(verdict)
          } catch { failures.append(error) }
        }
      } catch { failures.append(error) }
    }
    // What a cell with a mistake would have shown is not known.
    for entry in known where failures.allSatisfy({ $0.kind == .failure }) {
      let superfluous = try Self.superfluous(entry, verdicts, rowCount: printed.rows.count)
      failures += superfluous.map { [$0] } ?? []
    }
    self.failures = failures
    let keyHeadings = keys.map { computed.columns[columns[$0]].heading }
    (table, summary, figures) = Self.show(
      verdicts, keyHeadings: keyHeadings, isSpread: spread != nil)
  }

  /// What is to be said about one printed number.
  private static func verdict(
    on printed: Text, _ result: PrintedNumber.Comparison, keys: [String], row: Int,
    _ heading: Text, _ known: [Published.Known]
  ) -> Verdict {
    var verdict = Verdict(
      keys: keys, row: row, quantity: heading.string, printed: printed.string,
      computed: result.computed, text: result.remark ?? "reproduces", kind: .reproduces)
    if !result.reproduces {
      let reason = known.first {
        $0.column.string == heading.string && ($0.row == nil || $0.row == row)
      }?.reason
      verdict.kind = reason == nil ? .differs : .known
      verdict.text = (["differs"] + [result.remark, reason].compactMap(\.self))
        .joined(separator: ": ")
    }
    return verdict
  }

  /// Digit by digit, or in standard deviations where the computed value is a mean over runs.
  private static func compare(
    _ printed: Text, with value: Double, _ spread: Spread?, _ computed: Table, row: Int
  ) throws(Diagnostic) -> PrintedNumber.Comparison {
    guard let numeral = Numeral(parsing: printed.string) else {
      throw Diagnostic(
        "not-a-number", at: printed.place, "\(printed.string.quoted) is not a number")
    }
    guard let spread else { return PrintedNumber(numeral).compare(with: value) }
    guard case .numbers(let deviations, _)? = computed[spread.column.string]?.cells,
      let deviation = deviations[row]
    else {
      throw Diagnostic(
        "unknown-column", at: spread.column.place,
        "there is no column \(spread.column.string.quoted) of numbers",
        hint: Suggestion.hint(
          for: spread.column.string, among: computed.numberKeys, called: "columns"))
    }
    let format = NumberFormat.fixed(max(0, -numeral.exponent))
    let shown = "\(format.string(value)) ± \(format.string(deviation))"
    guard deviation > 0 else {
      return PrintedNumber.Comparison(reproduces: numeral.value == value, computed: shown)
    }
    let distance = (numeral.value - value) / deviation
    let text = NumberFormat.fixed(1).string(abs(distance))
    return PrintedNumber.Comparison(
      reproduces: abs(distance) <= spread.limit, computed: shown,
      remark: "\(text) sd \(distance < 0 ? "below" : "above") the mean")
  }

  private static func differs(_ verdict: Verdict, at place: Place) -> Diagnostic {
    Diagnostic(
      "published-differs", at: place,
      "\(verdict.quantity) is printed as \(verdict.printed), computed is \(verdict.computed)",
      hint: "if the difference is understood, state why: "
        + "`:differs: \(verdict.quantity)[\(verdict.row)]: reason`", kind: .failure)
  }

  /// A stated difference that is none; throws if it is about a row that is not there.
  private static func superfluous(
    _ entry: Published.Known, _ verdicts: [Verdict], rowCount: Int
  ) throws(Diagnostic) -> Diagnostic? {
    if let row = entry.row, row > rowCount {
      throw Diagnostic(
        "unknown-row", at: entry.column.place,
        "the printed table has \(rowCount == 1 ? "1 row" : "\(rowCount) rows"), and no row \(row)")
    }
    let differs = verdicts.contains { verdict in
      verdict.kind != .reproduces && verdict.quantity == entry.column.string
        && verdict.row == entry.row ?? verdict.row
    }
    guard !differs else { return nil }
    let rows = entry.row.map { "in row \($0)" } ?? "in every row"
    return Diagnostic(
      "no-difference", at: entry.column.place,
      "\(entry.column.string) is said to differ, but reproduces \(rows)",
      hint: "take the `:differs:` line out", kind: .failure)
  }

  /// For each printed column its column in the computed table.
  private static func columns(
    _ printed: PrintedTable, _ computed: Table, _ name: Text
  ) throws(Diagnostic) -> [Int] {
    var result: [Int] = []
    for heading in printed.headings {
      let plain = heading.string.filter { $0 != "`" && $0 != "$" }
      let fitting = computed.columns.indices.filter {
        let column = computed.columns[$0]
        return column.key == plain || column.heading == heading.string || column.heading == plain
      }
      // A heading that stands twice, as of a unit `p`, means the columns in their order.
      guard let index = fitting.first(where: { !result.contains($0) }) ?? fitting.first else {
        throw Diagnostic(
          "unknown-column", at: heading.place,
          "\(name.string.quoted) has no column \(heading.string.quoted)",
          hint: Suggestion.hint(
            for: plain, among: computed.columns.map(\.heading), called: "columns"))
      }
      result.append(index)
    }
    return result
  }

  private static func row(
    of cells: [Text], keys: [Int], _ columns: [Int], _ computed: Table, _ name: Text
  ) throws(Diagnostic) -> Int {
    let matches = (0..<computed.rowCount).filter { row in
      keys.allSatisfy { key in
        let text = computed.text(row: row, column: columns[key])
        if text == cells[key].string { return true }
        guard let a = Numeral(parsing: text), let b = Numeral(parsing: cells[key].string) else {
          return false
        }
        return a.value == b.value
      }
    }
    guard matches.count == 1, let match = matches.first else {
      let shown = keys.map { cells[$0].string }.joined(separator: " ")
      throw Diagnostic(
        matches.isEmpty ? "unknown-row" : "ambiguous-row", at: cells[0].place,
        matches.isEmpty
          ? "\(name.string.quoted) has no row \(shown.quoted)"
          : "\(matches.count) rows of \(name.string.quoted) fit \(shown.quoted)",
        hint: matches.isEmpty ? nil : "print more of the columns that tell rows apart")
    }
    return match
  }

  private static func number(
    _ column: Table.Column, row: Int, _ heading: Text
  ) throws(Diagnostic) -> Double {
    if case .numbers(let values, _) = column.cells, let value = values[row] { return value }
    throw Diagnostic(
      "not-a-number", at: heading.place, "there is no number to compare with in this column")
  }

  private static func show(
    _ verdicts: [Verdict], keyHeadings: [String], isSpread: Bool
  ) -> (Table, String, [(name: String, value: Double)]) {
    var columns = keyHeadings.enumerated().map { index, heading in
      Table.Column(
        "key\(index)", heading: heading, .text(verdicts.map { $0.keys[index] }), isKey: true)
    }
    columns += [
      Table.Column("quantity", .text(verdicts.map(\.quantity)), isKey: true),
      Table.Column("printed", .text(verdicts.map(\.printed))),
      Table.Column("computed", .text(verdicts.map(\.computed))),
      Table.Column("verdict", .text(verdicts.map(\.text))),
    ]
    let good = verdicts.count { $0.kind == .reproduces }
    let known = verdicts.count { $0.kind == .known }
    let bad = verdicts.count - good - known
    let verb = isSpread ? "are consistent with a single run" : "reproduce"
    var parts = ["\(good) of \(verdicts.count) printed numbers \(verb)"]
    if known > 0 {
      parts.append("\(known) \(known == 1 ? "differs" : "differ") for a stated reason")
    }
    if bad > 0 { parts.append("**\(bad) \(bad == 1 ? "differs" : "differ")**") }
    let figures = [
      ("reproduced", Double(good)), ("known", Double(known)), ("differing", Double(bad)),
    ]
    return (Table(columns), parts.joined(separator: "; ") + ".", figures)
  }
}
