internal import Boltzmann
internal import Notebooks

/// The biases, arrows and probabilities in the body of a `{belief-net}`.
struct BeliefNetBody: Sendable {
  /// The units with their parents; empty where a line was wrong.
  private(set) var units: [BeliefNet.Unit] = []

  /// Reads every line and reports each that is wrong.
  init(_ body: [Text], unitNames: [String], _ arguments: inout Arguments) {
    // Without units every name in the body would be reported as unknown.
    guard !unitNames.isEmpty else { return }
    var reader = BeliefNetReader(unitNames: unitNames)
    var isSound = true
    for line in body.map(\.trimmed) where !line.isEmpty {
      let read: Void? = arguments.attempt { () throws(Diagnostic) in try reader.read(line) }
      isSound = isSound && read != nil
    }
    guard isSound else { return }
    units = arguments.attempt { () throws(Diagnostic) in try reader.units() } ?? []
  }
}

private struct BeliefNetReader {
  let unitNames: [String]
  private var biases: [Text?]
  private var biasValues: [Double]
  /// The arrows to each unit, in the order of the lines.
  private var arrows: [[Arrow]]
  private var tables: [ProbabilityTable?]

  private struct Arrow {
    let parent: Int
    let weight: Double
    let place: Place
  }

  init(unitNames: [String]) {
    self.unitNames = unitNames
    biases = unitNames.map { _ in nil }
    biasValues = unitNames.map { _ in 0 }
    arrows = unitNames.map { _ in [] }
    tables = unitNames.map { _ in nil }
  }

  mutating func read(_ line: Text) throws(Diagnostic) {
    if line.string.hasPrefix("p("), let (left, right) = line.cut(at: ")") {
      return try readTable(
        left.slice(left.string.index(left.string.startIndex, offsetBy: 2)..<left.string.endIndex),
        right, of: line)
    }
    guard let (left, right) = line.cut(at: ":") else {
      throw Diagnostic(
        "bad-line", at: line.place, "\(line.string.quoted) says nothing about a unit",
        hint: "a bias `a: 1`, an arrow `a -> b: 2`, or a probability `p(b | a=1) = 0.5`")
    }
    guard let arrow = left.string.range(of: "->") else { return try readBias(left, right) }
    let parent = left.slice(left.string.startIndex..<arrow.lowerBound).trimmed
    let child = left.slice(arrow.upperBound..<left.string.endIndex).trimmed
    try readArrow(from: parent, to: child, right)
  }

  private mutating func readBias(_ name: Text, _ typed: Text) throws(Diagnostic) {
    let unit = try unit(name)
    try checkNoTable(unit, name)
    guard biases[unit] == nil else {
      throw Diagnostic(
        "duplicate-name", at: name.place, "the bias of \(name.string.quoted) stands twice")
    }
    biases[unit] = name
    biasValues[unit] = try typed.number(in: Self.range, for: "the bias of \(name.string)")
  }

  private mutating func readArrow(
    from parent: Text, to child: Text, _ typed: Text
  ) throws(Diagnostic) {
    let (first, second) = (try unit(parent), try unit(child))
    let what = "\(parent.string) -> \(child.string)"
    guard !arrows[second].contains(where: { $0.parent == first }) else {
      throw Diagnostic("duplicate-name", at: parent.place, "the arrow \(what) stands twice")
    }
    try checkNoTable(second, child)
    let weight = try typed.number(in: Self.range, for: "the weight of \(what)")
    arrows[second].append(Arrow(parent: first, weight: weight, place: parent.place))
  }

  /// `unit | a, b=1` and `= 0.1 0.9`.
  private mutating func readTable(
    _ left: Text, _ right: Text, of line: Text
  ) throws(Diagnostic) {
    let parts = left.cut(at: "|")
    let name = parts?.head ?? left.trimmed
    let unit = try unit(name)
    guard biases[unit] == nil, arrows[unit].isEmpty else { throw mixed(name) }
    guard right.string.hasPrefix("=") else {
      throw Diagnostic(
        "bad-line", at: right.place, "an `=` is missing after \("p(\(left.string))".quoted)")
    }
    let numbers = right.slice(
      right.string.index(after: right.string.startIndex)..<right.string.endIndex)
    var parents: [(unit: Int, name: Text, value: Bool?)] = []
    for word in parts?.tail.words ?? [] {
      let (parent, typed) = word.cut(at: "=") ?? (word, Text("", at: word.place))
      let index = try self.unit(parent)
      guard !parents.contains(where: { $0.unit == index }) else {
        throw Diagnostic(
          "duplicate-name", at: parent.place, "\(parent.string.quoted) stands twice")
      }
      let value = typed.isEmpty ? nil : try typed.integer(in: 0...1, for: parent.string.quoted) == 1
      parents.append((index, parent, value))
    }
    guard parents.count <= BeliefNet.largestTableParentCount else {
      throw Diagnostic(
        "limit-exceeded", at: name.place,
        "\(name.string.quoted) has \(parents.count) parents; a table is possible for at most "
          + "\(BeliefNet.largestTableParentCount)", hint: "use arrows and weights")
    }
    var table = tables[unit] ?? ProbabilityTable(parents: parents.map(\.unit), place: line.place)
    guard Set(table.parents) == Set(parents.map(\.unit)) else {
      throw Diagnostic(
        "wrong-parents", at: name.place,
        "\(name.string.quoted) has the parents "
          + "\(list(table.parents)) above, but \(list(parents.map(\.unit))) here",
        hint: "every line about a unit names all of its parents")
    }
    try table.read(
      numbers, of: "p(\(left.string))",
      fixed: parents.filter { $0.value != nil }.map { ($0.unit, $0.value == true) },
      free: parents.filter { $0.value == nil }.map(\.unit), names: unitNames)
    tables[unit] = table
  }

  /// What was read, if every table is full and no arrows lead in a circle.
  func units() throws(Diagnostic) -> [BeliefNet.Unit] {
    var units: [BeliefNet.Unit] = []
    for unit in unitNames.indices {
      if let table = tables[unit] {
        units.append(
          BeliefNet.Unit(
            parents: table.parents, .table(try table.full(of: unitNames[unit], unitNames))))
      } else {
        units.append(
          BeliefNet.Unit(
            parents: arrows[unit].map(\.parent),
            .sigmoid(bias: biasValues[unit], weights: arrows[unit].map(\.weight))))
      }
    }
    do { _ = try BeliefNet(units) } catch .cycle(let cycle) { throw circle(cycle) } catch {
      // Everything else was checked line by line.
      throw Diagnostic("bad-line", at: place(of: 0), error.description)
    }
    return units
  }

  private func circle(_ cycle: [Int]) -> Diagnostic {
    let next = cycle.count > 1 ? cycle[1] : cycle[0]
    let arrow = arrows[next].first { $0.parent == cycle[0] }
    let way = (cycle + cycle.prefix(1)).map { unitNames[$0] }.joined(separator: " -> ")
    return Diagnostic(
      "cycle", at: arrow?.place ?? place(of: next), "the arrows lead in a circle: \(way)",
      hint: "no unit of a belief net descends from itself")
  }

  private func place(of unit: Int) -> Place {
    tables[unit]?.place ?? biases[unit]?.place ?? arrows[unit].first?.place ?? Place(file: "")
  }

  private static let range = -1e6...1e6

  private func checkNoTable(_ unit: Int, _ name: Text) throws(Diagnostic) {
    if tables[unit] != nil { throw mixed(name) }
  }

  private func mixed(_ name: Text) -> Diagnostic {
    Diagnostic(
      "mixed-unit", at: name.place,
      "\(name.string.quoted) has probabilities as well as a bias or weights",
      hint: "a unit has either a table or a bias and arrows")
  }

  private func list(_ units: [Int]) -> String {
    units.isEmpty ? "(none)" : units.map { unitNames[$0] }.joined(separator: ", ")
  }

  private func unit(_ name: Text) throws(Diagnostic) -> Int {
    if let index = unitNames.firstIndex(of: name.string) { return index }
    throw Diagnostic(
      "unknown-unit", at: name.place, "there is no unit \(name.string.quoted)",
      hint: Suggestion.hint(for: name.string, among: unitNames, called: "units"))
  }
}
