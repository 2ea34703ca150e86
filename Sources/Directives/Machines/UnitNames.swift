internal import Notebooks

extension Arguments {
  /// Reports what cannot be the name of a unit in formulas and in the options that set units, and
  /// what names two of them.
  mutating func checkUnitNames(_ names: [Text]) {
    var seen: Set<String> = []
    for name in names {
      if !name.string.isName || name.string.contains("-") || name.string == "T" {
        report(
          Diagnostic(
            "bad-name", at: name.place, "\(name.string.quoted) cannot name a unit",
            hint: "letters, digits and `_`, a letter first; `T` is the temperature"))
      }
      if !seen.insert(name.string).inserted {
        report(
          Diagnostic("duplicate-name", at: name.place, "two units are called \(name.string.quoted)")
        )
      }
    }
  }
}
