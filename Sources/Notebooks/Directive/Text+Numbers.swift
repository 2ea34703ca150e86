internal import Numerals

extension Text {
  /// A whole number in `range`; `what` names it in the message.
  package func integer(in range: ClosedRange<Int>, for what: String) throws(Diagnostic) -> Int {
    try checkNotEmpty(what, "a whole number")
    guard let value = Int(string) else {
      throw Diagnostic(
        "not-a-number", at: place, "\(what) takes a whole number, not \(string.quoted)")
    }
    guard range.contains(value) else {
      throw Diagnostic(
        "out-of-range", at: place,
        "\(what) goes from \(range.lowerBound) to \(range.upperBound), not \(value)")
    }
    return value
  }

  /// A finite number in `range`; `what` names it in the message.
  package func number(
    in range: ClosedRange<Double> = -.greatestFiniteMagnitude ... .greatestFiniteMagnitude,
    for what: String
  ) throws(Diagnostic) -> Double {
    try checkNotEmpty(what, "a number")
    guard let value = Numeral(parsing: string)?.value, value.isFinite else {
      throw notANumber(what)
    }
    guard range.contains(value) else {
      throw Diagnostic(
        "out-of-range", at: place,
        "\(what) goes from \(NumberFormat.shortest(range.lowerBound)) to "
          + "\(NumberFormat.shortest(range.upperBound)), not \(string)")
    }
    return value
  }

  private func notANumber(_ what: String) -> Diagnostic {
    let infinite = ["nan", "inf", "infinity", "-inf", "+inf", "-infinity", "+infinity"]
    if Numeral(parsing: string) != nil || infinite.contains(string.lowercased()) {
      return Diagnostic("not-finite", at: place, "\(what) must be finite, not \(string.quoted)")
    }
    let pointed = string.replacing(",", with: ".")
    return Diagnostic(
      "not-a-number", at: place, "\(what) takes a number, not \(string.quoted)",
      hint: pointed != string && Numeral(parsing: pointed) != nil
        ? "decimals go after a point: \(pointed.quoted)" : nil)
  }

  /// One of a fixed set of words; `what` names the choice in the message.
  package func choice<Value: CaseIterable & RawRepresentable>(
    of type: Value.Type, for what: String
  ) throws(Diagnostic) -> Value where Value.RawValue == String {
    if let value = Value(rawValue: string) { return value }
    let words = Value.allCases.map(\.rawValue)
    try checkNotEmpty(what, "one of \(words.map(\.quoted).joined(separator: ", "))")
    throw Diagnostic(
      "not-a-choice", at: place, "\(what) does not take \(string.quoted)",
      hint: Suggestion.hint(for: string, among: words, called: "it takes"))
  }

  private func checkNotEmpty(_ what: String, _ expected: String) throws(Diagnostic) {
    guard isEmpty else { return }
    throw Diagnostic("missing-value", at: place, "\(what) has no value; it takes \(expected)")
  }
}

extension NumberFormat {
  /// A limit or default as the manual shows it: 0.5, 1000, 1e-6.
  static func shortest(_ value: Double) -> String {
    (1...6).lazy.map { NumberFormat.significant($0).string(value) }
      .first { Numeral(parsing: $0)?.value == value } ?? significant(6).string(value)
  }
}
