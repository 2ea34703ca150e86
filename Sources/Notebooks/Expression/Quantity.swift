/// What a formula gives.
package enum Quantity: Sendable, Equatable {
  case number(Double)
  /// A vector; NaN stands for the empty cells of a table.
  case numbers([Double])
  case truth(Bool)
  case truths([Bool])
  case text(String)

  /// The most entries of a vector.
  package static let sizeLimit = 65_536

  /// What it is, with its article or number.
  package var kind: String {
    switch self {
    case .number: "a number"
    case .numbers(let values): values.count == 1 ? "1 number" : "\(values.count) numbers"
    case .truth: "a truth value"
    case .truths(let values):
      values.count == 1 ? "1 truth value" : "\(values.count) truth values"
    case .text: "text"
    }
  }
}

/// A quantity with a name, as `{let}` and parameters define it.
package struct QuantityValue: Value {
  package let quantity: Quantity

  package init(_ quantity: Quantity) { self.quantity = quantity }

  package var kind: String { quantity.kind }
}

/// A value whose rows are vectors: `digits[3]`.
package protocol RowsValue: Value {
  var rowCount: Int { get }
  /// A row, counted from 0.
  func row(_ index: Int) -> [Double]
}

/// One entry or several, all of one type: what operators work on.
struct Entries<Element: Sendable>: Sendable {
  var values: [Element]
  var isSingle: Bool

  init(_ value: Element) { (values, isSingle) = ([value], true) }
  init(_ values: [Element]) { (self.values, isSingle) = (values, false) }

  func map<Result>(
    _ body: (Element) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Entries<Result> {
    var results: [Result] = []
    results.reserveCapacity(values.count)
    for value in values { results.append(try body(value)) }
    return isSingle ? Entries<Result>(results[0]) : Entries<Result>(results)
  }

  /// Entry by entry; a single one goes with each of the others.
  func combined<Result>(
    with other: Entries, at place: Place,
    _ body: (Element, Element) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Entries<Result> {
    if other.isSingle {
      let second = other.values[0]
      return try map { (first) throws(Diagnostic) in try body(first, second) }
    }
    if isSingle {
      let first = values[0]
      return try other.map { (second) throws(Diagnostic) in try body(first, second) }
    }
    guard values.count == other.values.count else {
      throw Diagnostic(
        "wrong-size", at: place,
        "there are \(values.count) entries on the left and \(other.values.count) on the right",
        hint: "entries go together one by one, or all with a single one")
    }
    var results: [Result] = []
    results.reserveCapacity(values.count)
    for (first, second) in zip(values, other.values) { results.append(try body(first, second)) }
    return Entries<Result>(results)
  }
}

extension Quantity {
  init(_ entries: Entries<Double>) {
    self = entries.isSingle ? .number(entries.values[0]) : .numbers(entries.values)
  }

  init(_ entries: Entries<Bool>) {
    self = entries.isSingle ? .truth(entries.values[0]) : .truths(entries.values)
  }

  /// The numbers; nil if it is something else.
  var numberEntries: Entries<Double>? {
    switch self {
    case .number(let value): Entries(value)
    case .numbers(let values): Entries(values)
    default: nil
    }
  }

  /// The truth values; nil if it is something else.
  var truthEntries: Entries<Bool>? {
    switch self {
    case .truth(let value): Entries(value)
    case .truths(let values): Entries(values)
    default: nil
    }
  }
}
