internal import Notebooks

/// The weights and biases written in the body of a `{machine}`.
struct MachineParameters: Sendable {
  struct Edge: Sendable {
    var first: Int
    var second: Int
    var weight: Double
  }
  var edges: [Edge] = []
  var biases: [Double] = []

  init() {}

  /// Reads edges `a -- b: w`, biases `a: b`, and rows of a matrix; reports every line that is none.
  init(_ body: [Text], unitNames: [String], _ arguments: inout Arguments) {
    biases = [Double](repeating: 0, count: unitNames.count)
    // Without units every name in the body would be reported as unknown.
    guard !unitNames.isEmpty else { return }
    var reader = Reader(unitNames: unitNames, biases: biases)
    var rows: [[Text]] = []
    for line in body.map(\.trimmed) where !line.isEmpty {
      if line.string.contains(":") {
        _ = arguments.attempt { () throws(Diagnostic) in try reader.read(line) }
      } else {
        rows.append(line.words)
      }
    }
    if !rows.isEmpty { reader.read(matrix: rows, at: arguments.call.place, &arguments) }
    edges = reader.edges
    biases = reader.biases
  }
}

private struct Reader {
  let unitNames: [String]
  var biases: [Double]
  var edges: [MachineParameters.Edge] = []
  private var seen: Set<[Int]> = []

  init(unitNames: [String], biases: [Double]) {
    self.unitNames = unitNames
    self.biases = biases
  }

  mutating func read(_ line: Text) throws(Diagnostic) {
    guard let (left, right) = line.cut(at: ":") else { return }
    guard let dash = left.string.range(of: "--") else {
      let unit = try unit(left)
      guard seen.insert([unit]).inserted else {
        throw Diagnostic(
          "duplicate-name", at: left.place, "the bias of \(left.string.quoted) stands twice")
      }
      biases[unit] = try right.number(for: "the bias of \(left.string)")
      return
    }
    let firstName = left.slice(left.string.startIndex..<dash.lowerBound).trimmed
    let secondName = left.slice(dash.upperBound..<left.string.endIndex).trimmed
    let first = try unit(firstName)
    let second = try unit(secondName)
    guard first != second else {
      throw Diagnostic(
        "self-connection", at: firstName.place,
        "\(firstName.string.quoted) cannot be connected with itself",
        hint: "a bias is written `\(firstName.string): value`")
    }
    guard seen.insert([min(first, second), max(first, second)]).inserted else {
      throw Diagnostic(
        "duplicate-name", at: firstName.place,
        "the edge \(firstName.string) -- \(secondName.string) stands twice")
    }
    let weight = try right.number(for: "the weight of \(firstName.string) -- \(secondName.string)")
    edges.append(MachineParameters.Edge(first: first, second: second, weight: weight))
  }

  /// Every entry that is wrong is reported under its own place.
  mutating func read(matrix rows: [[Text]], at place: Place, _ arguments: inout Arguments) {
    let count = unitNames.count
    guard rows.count == count else {
      arguments.report(
        Diagnostic(
          "not-square", at: rows.first?.first?.place ?? place,
          "the matrix has \(rows.count) rows for \(count) units"))
      return
    }
    var matrix: [[Double]] = []
    for (number, row) in rows.enumerated() {
      guard row.count == count else {
        arguments.report(
          Diagnostic(
            "not-square", at: row.first?.place ?? place,
            "row \(number + 1) of the matrix has \(row.count) entries for \(count) units"))
        return
      }
      var values: [Double] = []
      for (column, entry) in row.enumerated() {
        let what = "w(\(unitNames[number]), \(unitNames[column]))"
        values.append(
          arguments.attempt { () throws(Diagnostic) in try entry.number(for: what) } ?? .nan)
      }
      matrix.append(values)
    }
    for i in 0..<count {
      if matrix[i][i] != 0, !matrix[i][i].isNaN {
        arguments.report(
          Diagnostic(
            "self-connection", at: rows[i][i].place,
            "w(\(unitNames[i]), \(unitNames[i])) is \(rows[i][i].string), but no unit is "
              + "connected with itself", hint: "the diagonal is 0"))
      }
      for j in 0..<i where !matrix[i][j].isNaN && !matrix[j][i].isNaN {
        guard matrix[i][j] == matrix[j][i] else {
          arguments.report(
            Diagnostic(
              "not-symmetric", at: rows[i][j].place,
              "w(\(unitNames[i]), \(unitNames[j])) is \(rows[i][j].string), but "
                + "w(\(unitNames[j]), \(unitNames[i])) is \(rows[j][i].string)",
              hint: "weights are symmetric"))
          continue
        }
        if matrix[i][j] != 0 {
          edges.append(MachineParameters.Edge(first: j, second: i, weight: matrix[i][j]))
        }
      }
    }
  }

  private func unit(_ name: Text) throws(Diagnostic) -> Int {
    if let index = unitNames.firstIndex(of: name.string) { return index }
    throw Diagnostic(
      "unknown-unit", at: name.place, "there is no unit \(name.string.quoted)",
      hint: Suggestion.hint(for: name.string, among: unitNames, called: "units"))
  }
}
