extension BeliefNet: StorableModel {
  /// `belief-net`.
  public static let modelKind = "belief-net"

  private static let tensorNames = [
    "parent_counts", "parents", "table_units", "biases", "weights", "probabilities",
  ]

  /// Tensors, all in the order of the units: `parent_counts` [unit]; `parents` [arrow], those of
  /// unit 0 first; `table_units`, the units with tables. Of sigmoid units, in doubles, `biases`
  /// [unit] and `weights` [arrow]; of the others `probabilities`, 2^parents entries a unit, entry k
  /// where parent j has the state of bit j of k.
  public var record: ModelRecord {
    var (biases, weights, probabilities): ([Double], [Double], [Double]) = ([], [], [])
    var tableUnits: [Int] = []
    for (number, unit) in units.enumerated() {
      switch unit.conditional {
      case .sigmoid(let bias, let own):
        biases.append(bias)
        weights += own
      case .table(let entries):
        tableUnits.append(number)
        probabilities += entries
      }
    }
    return ModelRecord(
      kind: Self.modelKind, fields: [:],
      tensors: [
        Tensor("parent_counts", shape: [unitCount], units.map(\.parents.count)),
        Tensor("parents", shape: [arrowCount], units.flatMap(\.parents)),
        Tensor("table_units", shape: [tableUnits.count], tableUnits),
        Tensor("biases", shape: [biases.count], biases),
        Tensor("weights", shape: [weights.count], weights),
        Tensor("probabilities", shape: [probabilities.count], probabilities),
      ])
  }

  /// The net of a record, whose fields are the caller's.
  ///
  /// Cost: the units times the generations of the net, and for each unit its parents squared.
  public init(_ record: ModelRecord) throws(ModelFileError) {
    try record.check(
      kind: Self.modelKind, tensors: Set(Self.tensorNames), fields: Set(record.fields.keys))
    let graph = try RecordedGraph(record)
    let biases = try record.doubles("biases", shape: [graph.sigmoidCount])
    let weights = try record.doubles("weights", shape: [graph.weightCount])
    let entries = try record.doubles("probabilities", shape: [graph.entryCount])
    var (bias, weight, entry) = (biases[...], weights[...], entries[...])
    let units = zip(graph.parents, graph.hasTable).map { parents, hasTable in
      if hasTable {
        defer { entry = entry.dropFirst(1 << parents.count) }
        return Unit(parents: parents, .table(Array(entry.prefix(1 << parents.count))))
      }
      defer { (bias, weight) = (bias.dropFirst(), weight.dropFirst(parents.count)) }
      return Unit(
        parents: parents,
        .sigmoid(bias: bias.first ?? 0, weights: Array(weight.prefix(parents.count))))
    }
    do throws(BeliefNetError) { try self.init(units) } catch { throw .beliefNet(error) }
  }
}

/// Who is whose parent, as a record has it; parents may still be units that there are not.
private struct RecordedGraph {
  private(set) var parents: [[Int]] = []
  let hasTable: [Bool]
  /// Units without tables, the arrows into them, and the entries of all tables.
  private(set) var (sigmoidCount, weightCount, entryCount) = (0, 0, 0)

  init(_ record: ModelRecord) throws(ModelFileError) {
    let unitCount = try record.shape(of: "parent_counts", axes: 1)[0]
    let counts = try record.integers("parent_counts", shape: [unitCount])
    let arrowCount = try record.tensor("parents").count
    let all = try record.integers("parents", shape: [arrowCount])
    let tableCount = try record.tensor("table_units").count
    let tableUnits = try record.integers("table_units", shape: [tableCount])
    var hasTable = [Bool](repeating: false, count: unitCount)
    for (place, unit) in tableUnits.enumerated() {
      guard hasTable.indices.contains(unit), place == 0 || unit > tableUnits[place - 1] else {
        throw .value("table_units", place, "a unit after the one before it")
      }
      hasTable[unit] = true
    }
    self.hasTable = hasTable
    var rest = all[...]
    for (unit, count) in counts.enumerated() {
      guard count >= 0, count <= rest.count else {
        throw .value("parent_counts", unit, "a number of parents that are there")
      }
      parents.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
      if !hasTable[unit] {
        sigmoidCount += 1
        weightCount += count
      } else if count > BeliefNet.largestTableParentCount {
        throw .beliefNet(.tooManyParents(count, of: unit))
      } else {
        entryCount += 1 << count
      }
    }
    guard rest.isEmpty else {
      throw .shape("parents", [arrowCount], "[\(arrowCount - rest.count)]")
    }
  }
}
