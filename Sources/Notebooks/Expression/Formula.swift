package import Numerals

/// A formula and how its value is written: `ln(2):.3f`.
package struct Formula: Sendable {
  /// As typed, without the format.
  package let text: Text
  package let expression: Expression
  /// nil where none is given.
  package let format: NumberFormat?

  /// Splits `formula:.3f` or `formula:.2e` into the formula and the format.
  package init(_ typed: Text) throws(Diagnostic) {
    let string = typed.string
    guard let colon = string.lastIndex(of: ":") else {
      (text, format) = (typed, nil)
      expression = try Expression(text)
      return
    }
    text = typed.slice(string.startIndex..<colon)
    format = try Self.format(typed.slice(string.index(after: colon)..<string.endIndex).trimmed)
    expression = try Expression(text)
  }

  private static func format(_ typed: Text) throws(Diagnostic) -> NumberFormat {
    if typed.string.first == ".", let kind = typed.string.last,
      let digits = Int(typed.string.dropFirst().dropLast()), (0...15).contains(digits)
    {
      if kind == "f" { return .fixed(digits) }
      if kind == "e" { return .scientific(digits) }
    }
    throw Diagnostic(
      "bad-format", at: typed.place, "\(typed.string.quoted) is not a number format",
      hint: "`.3f` for three decimals, `.2e` for powers of ten")
  }
}

extension Text {
  /// Throws unless this can be a name in formulas.
  func checkFormulaName() throws(Diagnostic) {
    let isWord = Expression.words.contains(string)
    guard !isWord, string.isName else {
      throw Diagnostic(
        "bad-name", at: place, "\(string.quoted) cannot be a name",
        hint: isWord
          ? "it is a word of formulas"
          : "a name begins with a letter and goes on with letters, digits, `-` and `_`")
    }
  }
}

/// A line `name = formula`.
package struct NamedFormula: Sendable {
  package let name: Text
  package let formula: Formula

  /// Reads a line that must have a name.
  package init(_ line: Text) throws(Diagnostic) {
    guard let (head, tail) = line.cut(at: "=") else {
      throw Diagnostic(
        "bad-definition", at: line.trimmed.place, "a name and `=` are missing before the formula",
        hint: "a line is `name = formula`")
    }
    try head.checkFormulaName()
    name = head
    formula = try Formula(tail)
  }
}
