internal import Numerals

/// An option of a directive: its name, what it takes and how its text becomes a value.
///
/// One declaration serves the manual page, the check for unknown options and the reading of the
/// value, so that the three cannot disagree.
package struct Option<Value: Sendable>: Sendable {
  package let name: String
  /// What a value looks like, for the manual: `1 to 1000`, `unit=0 or unit=1, …`.
  package let form: String
  /// One sentence for the manual.
  package let summary: String
  /// The default as the manual shows it; empty if there is none.
  package let standard: String
  /// The value if the option is not given.
  package let fallback: Value
  /// Whether the option may be given more than once; the values are then read together.
  package let isRepeatable: Bool
  package let parse: @Sendable ([Text]) throws(Diagnostic) -> Value

  /// An option whose lines are read by `parse`; it gets one text per line given, at least one.
  package init(
    _ name: String, _ form: String, _ summary: String, default fallback: Value,
    shown standard: String = "", repeatable: Bool = false,
    parse: @escaping @Sendable ([Text]) throws(Diagnostic) -> Value
  ) {
    self.name = name
    self.form = form
    self.summary = summary
    self.standard = standard
    self.fallback = fallback
    isRepeatable = repeatable
    self.parse = parse
  }
}

/// What the manual and the check for unknown options need of an option, whatever its type.
package protocol AnyOption: Sendable {
  var name: String { get }
  var form: String { get }
  var summary: String { get }
  var standard: String { get }
  var isRepeatable: Bool { get }
}

extension Option: AnyOption {}

extension Option where Value == Int {
  /// A whole number in `range`.
  package static func integer(
    _ name: String, _ summary: String, in range: ClosedRange<Int>, default fallback: Int
  ) -> Option {
    Option(
      name, "\(range.lowerBound) to \(range.upperBound)", summary, default: fallback,
      shown: "\(fallback)"
    ) { (lines) throws(Diagnostic) in try lines[0].integer(in: range, for: name.quoted) }
  }
}

extension Option where Value == Int? {
  /// A whole number in `range`, or nothing.
  package static func integer(
    _ name: String, _ summary: String, in range: ClosedRange<Int>, shown standard: String = ""
  ) -> Option {
    Option(
      name, "\(range.lowerBound) to \(range.upperBound)", summary, default: nil, shown: standard
    ) { (lines) throws(Diagnostic) in try lines[0].integer(in: range, for: name.quoted) }
  }
}

extension Option where Value == Double {
  /// A finite number in `range`.
  package static func number(
    _ name: String, _ summary: String, in range: ClosedRange<Double>, default fallback: Double
  ) -> Option {
    Option(
      name, Self.form(of: range), summary, default: fallback,
      shown: NumberFormat.shortest(fallback)
    ) { (lines) throws(Diagnostic) in try lines[0].number(in: range, for: name.quoted) }
  }

  private static func form(of range: ClosedRange<Double>) -> String {
    "\(NumberFormat.shortest(range.lowerBound)) to \(NumberFormat.shortest(range.upperBound))"
  }
}

extension Option where Value == [Double] {
  /// One or more finite numbers in `range`, separated by blanks or commas.
  package static func numbers(
    _ name: String, _ summary: String, in range: ClosedRange<Double>, default fallback: [Double]
  ) -> Option {
    Option(
      name, "numbers", summary, default: fallback,
      shown: fallback.map(NumberFormat.shortest).joined(separator: " ")
    ) { (lines) throws(Diagnostic) in
      var values: [Double] = []
      for word in lines[0].words { values.append(try word.number(in: range, for: name.quoted)) }
      guard !values.isEmpty else {
        throw Diagnostic("missing-value", at: lines[0].place, "\(name.quoted) needs a number")
      }
      return values
    }
  }
}

extension Option where Value == Bool {
  /// `true` or `false`; the name alone means `true`.
  package static func flag(_ name: String, _ summary: String, default fallback: Bool = false)
    -> Option
  {
    Option(name, "true or false", summary, default: fallback, shown: "\(fallback)") {
      (lines) throws(Diagnostic) in
      switch lines[0].string {
      case "", "true", "yes": return true
      case "false", "no": return false
      default:
        throw Diagnostic(
          "not-a-choice", at: lines[0].place, "\(name.quoted) takes `true` or `false`")
      }
    }
  }
}

extension Option where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
  /// One of a fixed set of words.
  package static func choice(
    _ name: String, _ summary: String, default fallback: Value, shown: String? = nil
  ) -> Option {
    Option(
      name, Value.allCases.map(\.rawValue).joined(separator: ", "), summary, default: fallback,
      shown: shown ?? fallback.rawValue
    ) { (lines) throws(Diagnostic) in try lines[0].choice(of: Value.self, for: name.quoted) }
  }
}

extension Option {
  /// Several of a fixed set of words.
  package static func choices<Element: CaseIterable & RawRepresentable & Sendable>(
    _ name: String, _ summary: String, default fallback: [Element], shown: String? = nil
  ) -> Option where Element.RawValue == String, Value == [Element] {
    Option(
      name, "some of \(Element.allCases.map(\.rawValue).joined(separator: ", "))", summary,
      default: fallback, shown: shown ?? fallback.map(\.rawValue).joined(separator: " ")
    ) { (lines) throws(Diagnostic) in
      guard !lines[0].words.isEmpty else {
        throw Diagnostic("missing-value", at: lines[0].place, "\(name.quoted) needs a word")
      }
      var values: [Element] = []
      for word in lines[0].words {
        values.append(try word.choice(of: Element.self, for: name.quoted))
      }
      return values
    }
  }
}

extension Option where Value == [Text] {
  /// Words that the directive itself makes sense of, such as names of units.
  package static func words(
    _ name: String, _ form: String, _ summary: String, shown standard: String = ""
  ) -> Option {
    Option(name, form, summary, default: [], shown: standard) { lines in lines[0].words }
  }
}

extension Option where Value == Text? {
  /// Text that the directive itself makes sense of.
  package static func text(
    _ name: String, _ form: String, _ summary: String, shown standard: String = ""
  ) -> Option {
    Option(name, form, summary, default: nil, shown: standard) { lines in lines[0] }
  }
}
