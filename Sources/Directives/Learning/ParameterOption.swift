internal import Boltzmann
internal import Notebooks

/// Options that say how parameters are drawn before learning.
enum ParameterOption {
  /// A number, or `normal MEAN SD`.
  static func option(
    _ name: String, _ summary: String, default fallback: ParameterDistribution = .constant(0),
    shown: String
  ) -> Option<ParameterDistribution> {
    Option(
      name, "a number, or `normal MEAN SD`", summary, default: fallback, shown: shown
    ) { (lines) throws(Diagnostic) in
      let words = lines[0].words
      let range = -1e6...1e6
      if words.count == 1 { return .constant(try words[0].number(in: range, for: name)) }
      guard words.count == 3, words[0].string == "normal" else {
        throw Diagnostic(
          "bad-distribution", at: lines[0].place,
          "\(lines[0].string.quoted) is not an initial distribution",
          hint: "a number, or `normal 0 0.01`")
      }
      return .normal(
        mean: try words[1].number(in: range, for: name),
        standardDeviation: try words[2].number(in: 0...1e6, for: name))
    }
  }
}
