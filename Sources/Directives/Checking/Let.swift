package import Notebooks
internal import Numerals

/// `{let}`: names for the values of formulas.
package struct Let: Directive {
  package static let manual = Manual(
    "let", "Names for the values of formulas.",
    body: "One `name = formula` a line",
    details: """
      A name stands for a number, a list of numbers or a truth value, in every formula below and in \
      the lines that follow. `[1, 2, 4]` is a list, `range(0, 1, 0.25)` one of equal steps. Operators \
      and functions work on lists entry by entry, and a single number goes with every entry.
      """,
    example: """
      ```{let}
      gaps = range(-4, 4, 2)
      chances = sigmoid(gaps / 2)
      spread = max(chances) - min(chances)
      ```

      A unit with a gap of 4 is on with probability {eval}`chances[last]:.3f`.
      """)

  private let lines: [NamedFormula]

  package init(_ arguments: inout Arguments) {
    arguments.noArgument()
    var lines: [NamedFormula] = []
    var own: Set<String> = []
    for line in arguments.body("one `name = formula` a line") where !line.trimmed.isEmpty {
      let read = arguments.attempt { () throws(Diagnostic) in try NamedFormula(line) }
      guard let read else {
        // That the name is missing below is no mistake of its own.
        if let (head, _) = line.cut(at: "="), head.string.isName, own.insert(head.string).inserted {
          arguments.define(head)
        }
        continue
      }
      _ = arguments.references(
        read.formula.expression.reads.filter { !own.contains($0.string) })
      arguments.define(read.name)
      own.insert(read.name.string)
      lines.append(read)
    }
    if lines.count > Self.nameLimit {
      arguments.report(
        Diagnostic(
          "limit-exceeded", at: lines[Self.nameLimit].name.place,
          "a cell defines at most \(Self.nameLimit) names", hint: "put the others into another"))
    }
    self.lines = lines
  }

  private static let nameLimit = 256
  /// The most entries of all lists together.
  private static let entryLimit = 1 << 20

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    var values: [String: Quantity] = [:]
    var entries = 0
    for line in lines {
      let quantity = try context.quantity(of: line.formula.expression, where: values)
      entries += quantity.entryCount ?? 1
      guard entries <= Self.entryLimit else {
        throw Diagnostic(
          "limit-exceeded", at: line.name.place,
          "the lists of a cell have at most \(Self.entryLimit) entries together")
      }
      values[line.name.string] = quantity
    }
    let shown = lines.map { line in
      values[line.name.string]?.shown(in: line.formula.format) ?? ""
    }
    let table = Table([
      Table.Column("name", .text(lines.map { $0.name.string.quoted }), isKey: true),
      Table.Column("value", .text(shown)),
    ])
    var outcome = Outcome([.table(table)])
    outcome.values = values.mapValues { QuantityValue($0) }
    return outcome
  }
}

extension Quantity {
  /// How many entries a list has; nil for a single value.
  var entryCount: Int? {
    switch self {
    case .numbers(let values): values.count
    case .truths(let values): values.count
    case .number, .truth, .text: nil
    }
  }

  /// The most entries that are listed one by one.
  private static let shownEntries = 8

  /// A number, `yes` or `no`, or the entries of a list if they are few.
  func shown(in format: NumberFormat?) -> String {
    let format = format ?? .significant(4)
    switch self {
    case .number(let value): return format.string(value)
    case .truth(let value): return value ? "yes" : "no"
    case .text(let text): return text
    case .numbers(let values):
      guard values.count > Self.shownEntries else {
        return values.map(format.string).joined(separator: ", ")
      }
      let (first, last) = (format.string(values[0]), format.string(values[values.count - 1]))
      return "\(values.count) numbers, the first \(first), the last \(last)"
    case .truths(let values):
      guard values.count > Self.shownEntries else {
        return values.map { $0 ? "yes" : "no" }.joined(separator: ", ")
      }
      return "\(values.count) truth values, \(values.count { $0 }) of them yes"
    }
  }
}
