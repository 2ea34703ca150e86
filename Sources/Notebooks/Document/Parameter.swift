internal import Numerals

/// A value that a notebook leaves open: typed, with a default, bounds and perhaps a fixed choice.
package struct Parameter: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case integer, number, numbers, truth, text
  }

  package let name: String
  package let kind: Kind
  package let fallback: Quantity
  /// What a number must lie between.
  package let range: ClosedRange<Double>
  /// The words that a text may be; empty if any.
  package let choices: [String]
  /// What it is, for readers; empty if nobody said.
  package let about: String
  let place: Place

  /// The bounds as readers see them; empty if there are none.
  package var bounds: String {
    if !choices.isEmpty { return choices.joined(separator: ", ") }
    switch (range.lowerBound.isFinite, range.upperBound.isFinite) {
    case (true, true): return "\(Self.shown(range.lowerBound)) to \(Self.shown(range.upperBound))"
    case (true, false): return "\(Self.shown(range.lowerBound)) or more"
    case (false, true): return "\(Self.shown(range.upperBound)) or less"
    case (false, false): return ""
    }
  }

  /// Everything that is said about it but its name.
  var declaration: String {
    "\(kind.rawValue), default \(fallback.typed), \(bounds), \(about)"
  }

  private static func shown(_ value: Double) -> String { Quantity.number(value).literal }

  /// The value that `typed` writes; throws where it is of another type or out of bounds.
  package func value(_ typed: Text) throws(Diagnostic) -> Quantity {
    let what = name.quoted
    switch kind {
    case .integer:
      return try checked(
        .number(Double(try typed.integer(in: -(1 << 53)...(1 << 53), for: what))), at: typed.place)
    case .number: return try checked(.number(try typed.number(for: what)), at: typed.place)
    case .numbers:
      var values: [Double] = []
      for word in typed.words { values.append(try word.number(for: what)) }
      return try checked(.numbers(values), at: typed.place)
    case .truth:
      guard ["true", "false"].contains(typed.string) else {
        throw Diagnostic(
          "not-a-choice", at: typed.place,
          "\(what) takes `true` or `false`, not "
            + typed.string.quoted)
      }
      return .truth(typed.string == "true")
    case .text: return try checked(.text(typed.string), at: typed.place)
    }
  }

  /// The value itself, if it is one that the parameter may have.
  package func checked(_ value: Quantity, at place: Place) throws(Diagnostic) -> Quantity {
    var numbers: [Double] = []
    switch (kind, value) {
    case (.integer, .number(let number)):
      guard number == number.rounded() else {
        throw Diagnostic(
          "not-a-number", at: place, "\(name.quoted) takes a whole number, not \(value.literal)")
      }
      numbers = [number]
    case (.number, .number(let number)): numbers = [number]
    case (.numbers, .numbers(let several)) where !several.isEmpty: numbers = several
    case (.truth, .truth): break
    case (.text, .text(let text)):
      guard choices.isEmpty || choices.contains(text) else {
        throw Diagnostic(
          "not-a-choice", at: place, "\(name.quoted) does not take \(text.quoted)",
          hint: Suggestion.hint(for: text, among: choices, called: "it takes"))
      }
    default:
      throw Diagnostic(
        "wrong-type", at: place, "\(name.quoted) takes \(kind.described), but this is \(value.kind)"
      )
    }
    for number in numbers where !range.contains(number) {
      throw Diagnostic(
        "out-of-range", at: place,
        "\(name.quoted) takes \(bounds), not "
          + Self.shown(number))
    }
    return value
  }
}

extension Parameter.Kind {
  var described: String {
    switch self {
    case .integer: "a whole number"
    case .number: "a number"
    case .numbers: "a list of numbers"
    case .truth: "`true` or `false`"
    case .text: "text"
    }
  }
}

/// A value given from outside: `-p rate=0.1`.
package struct ParameterSetting: Sendable {
  package let name: Text
  package let value: Text

  /// Reads `name=value` as it stands on the command line.
  package init(_ typed: String) throws(Diagnostic) {
    let text = Text(typed, at: Place(file: "-p \(typed)"))
    guard let (name, value) = text.cut(at: "="), name.string.isName, !value.isEmpty else {
      throw Diagnostic(
        "bad-parameter", at: text.place, "a parameter is set as `name=value`",
        hint: "for example `-p rate=0.1`")
    }
    self.name = Text(name.string, at: text.place)
    self.value = Text(value.string, at: text.place)
  }
}

/// A notebook's parameters with the values that they have in a run.
package struct Parameters: Sendable {
  package let declared: [Parameter]
  package private(set) var values: [String: Quantity]

  /// The defaults, with `settings` in place of some; what is wrong with those is added to
  /// `diagnostics`.
  init(
    _ declared: [Parameter], _ settings: [ParameterSetting], in file: String,
    diagnostics: inout [Diagnostic]
  ) {
    self.declared = declared
    values = Dictionary(
      declared.map { ($0.name, $0.fallback) }, uniquingKeysWith: { first, _ in first })
    var seen: Set<String> = []
    for setting in settings {
      do throws(Diagnostic) {
        guard seen.insert(setting.name.string).inserted else {
          throw Diagnostic(
            "duplicate-name", at: setting.name.place, "\(setting.name.string.quoted) is set twice")
        }
        values[setting.name.string] = try parameter(setting.name, of: file).value(setting.value)
      } catch {
        diagnostics.append(error)
      }
    }
  }

  /// The parameter of that name; throws with what was probably meant.
  package func parameter(_ name: Text, of file: String? = nil) throws(Diagnostic) -> Parameter {
    if let found = declared.first(where: { $0.name == name.string }) { return found }
    throw Diagnostic(
      "unknown-parameter", at: name.place,
      "\(file.map { "\($0.quoted) has" } ?? "there is") no parameter \(name.string.quoted)",
      hint: Suggestion.hint(
        for: name.string, among: declared.map(\.name), called: "parameters")
        ?? "declare it in the front matter: `parameters:` under `harmonium:`")
  }

  /// The same with other values for some.
  func setting(_ changed: [String: Quantity]) -> Parameters {
    var result = self
    result.values.merge(changed) { $1 }
    return result
  }
}

extension Quantity {
  /// As a formula writes it: `0.05`, `[1, 2, 4]`, `true`, `"text"`.
  var typed: String {
    switch self {
    case .number, .truth: literal
    case .numbers(let values):
      "[" + values.map { Quantity.number($0).literal }.joined(separator: ", ") + "]"
    case .truths(let values): "[" + values.map { "\($0)" }.joined(separator: ", ") + "]"
    case .text(let text): "\"\(text)\""
    }
  }

  /// As it is typed where a value is expected: `0.05`, `1 2 4`, `true`.
  package var literal: String {
    switch self {
    case .number(let value):
      guard let numeral = Numeral(value) else { return NumberFormat.fixed(0).string(value) }
      let leading = numeral.leadingPlace ?? 0
      return (-9...15).contains(leading)
        ? numeral.description : NumberFormat.scientific(16).string(value)
    case .numbers(let values):
      return values.map { Quantity.number($0).literal }.joined(separator: " ")
    case .truth(let value): return value ? "true" : "false"
    case .truths(let values):
      return values.map { $0 ? "true" : "false" }.joined(separator: " ")
    case .text(let text): return text
    }
  }
}
