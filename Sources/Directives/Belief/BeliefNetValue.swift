internal import Boltzmann
internal import Notebooks

/// A belief net with named units, as cells and expressions know it.
struct BeliefNetValue: Value {
  let name: String
  let net: BeliefNet
  /// Hidden units come first.
  let unitNames: [String]
  let hiddenCount: Int

  var kind: String { "a belief net" }

  /// The unit of that name.
  func unit(_ name: Text) throws(Diagnostic) -> Int {
    if let index = unitNames.firstIndex(of: name.string) { return index }
    throw Diagnostic(
      "unknown-unit", at: name.place, "\(self.name.quoted) has no unit \(name.string.quoted)",
      hint: Suggestion.hint(for: name.string, among: unitNames, called: "units"))
  }

  /// Different units, named one after the other.
  func units(_ names: [Text]) throws(Diagnostic) -> [Int] {
    var units: [Int] = []
    for name in names {
      let unit = try unit(name)
      guard !units.contains(unit) else {
        throw Diagnostic(
          "duplicate-name", at: name.place, "\(name.string.quoted) stands twice")
      }
      units.append(unit)
    }
    return units
  }

  /// Units at values, written `score=1 easy=0`, beside others that are known.
  func evidence(_ words: [Text], and known: Clamp = Clamp()) throws(Diagnostic) -> Clamp {
    var known = known
    for word in words {
      guard let (name, typed) = word.cut(at: "=") else {
        throw Diagnostic(
          "bad-assignment", at: word.place, "\(word.string.quoted) is not `unit=value`")
      }
      try set(name, to: try typed.number(for: name.string.quoted), in: &known)
    }
    return known
  }

  private func set(_ name: Text, to value: Double, in known: inout Clamp) throws(Diagnostic) {
    let unit = try unit(name)
    guard value == 0 || value == 1 else {
      throw Diagnostic("out-of-range", at: name.place, "a unit is 0 or 1")
    }
    guard known[unit] == nil else {
      throw Diagnostic(
        "duplicate-name", at: name.place, "\(unitNames[unit].quoted) is set twice")
    }
    known[unit] = value == 1
  }

  /// `score=1, easy=0`; `nothing` without units.
  func describe(_ evidence: Clamp) -> String {
    if evidence.isEmpty { return "nothing" }
    return evidence.units.map { "\(unitNames[$0])=\(evidence[$0] == true ? 1 : 0)" }
      .joined(separator: ", ")
  }

  /// ln p(units at values).
  func logProbability(of values: Clamp, at place: Place) throws(Diagnostic) -> Double {
    do { return try net.logProbability(of: values) } catch {
      throw tooLarge(error, at: place)
    }
  }

  func tooLarge(_ limit: PosteriorLimit, at place: Place) -> Diagnostic {
    Diagnostic(
      "limit-exceeded", at: place,
      "exact sums over \(name.quoted) need tables of 2^\(limit.exponent) entries; the limit is "
        + "2^\(PosteriorLimit.largestExponent)",
      hint: "`{posterior}` with `:method: gibbs` or `likelihood-weighting` estimates")
  }

  func impossible(_ evidence: Clamp, at place: Place) -> Diagnostic {
    Diagnostic(
      "impossible-evidence", at: place,
      "\(describe(evidence)) has probability 0 in \(name.quoted)",
      hint: "nothing can be said given what cannot happen")
  }
}

extension BeliefNetValue: QueryableValue {
  var functions: [String] { ["p"] }

  func answer(_ query: Query) throws(Diagnostic) -> Double {
    let place = query.function.place
    guard query.temperature == 1 else {
      throw Diagnostic("bad-expression", at: place, "a belief net has no temperature")
    }
    guard !query.assignments.isEmpty else {
      throw Diagnostic(
        "missing-unit", at: place, "`p` needs the state of a unit",
        hint: unitNames.first.map { "for example \("p(\(name), \($0)=1)".quoted)" })
    }
    var given = Clamp()
    for unit in query.given { try set(unit.name, to: unit.value, in: &given) }
    var both = given
    for unit in query.assignments { try set(unit.name, to: unit.value, in: &both) }
    let known = try logProbability(of: given, at: place)
    guard known > -.infinity else { throw impossible(given, at: place) }
    return exponential(try logProbability(of: both, at: place) - known)
  }
}
