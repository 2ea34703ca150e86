internal import Boltzmann
internal import Notebooks
internal import Numerals

/// The weights and biases of a machine, in its own units: as a matrix with the biases as its last
/// column, or of a large machine as a list.
struct ParameterTables {
  /// The most units that a matrix is shown for.
  static let largestMatrix = 24

  let outputs: [Output]

  init(_ value: MachineValue) {
    let ising = value.units == .spin ? IsingModel(value.machine) : nil
    let biases = ising?.fields ?? value.machine.biases
    let edges = ising?.couplings.edges ?? value.machine.edges
    if value.machine.unitCount <= Self.largestMatrix {
      outputs = [.table(Self.matrix(value, edges, biases))]
    } else {
      let list = Self.list(value, edges)
      outputs = biases.allSatisfy { $0 == 0 } ? [list] : [list, Self.list(value, biases)]
    }
  }

  private static func matrix(
    _ value: MachineValue, _ edges: [Couplings.Edge], _ biases: [Double]
  ) -> Table {
    let count = value.machine.unitCount
    var weights = [[Double?]](repeating: [Double?](repeating: 0, count: count), count: count)
    for edge in edges {
      weights[edge.first][edge.second] = edge.weight
      weights[edge.second][edge.first] = edge.weight
    }
    let format = NumberFormat.column(edges.map(\.weight) + biases, decimals: 4)
    var columns = [Table.Column("unit", .text(value.unitNames), isKey: true)]
    for (index, name) in value.unitNames.enumerated() {
      columns.append(Table.Column(name, .numbers(weights[index], format)))
    }
    columns.append(Table.Column(word(value.units), .numbers(biases, format)))
    return Table(columns)
  }

  /// The first edges of a machine.
  static func list(_ value: MachineValue, _ edges: [Couplings.Edge], rows: Int = 12) -> Output {
    let weights = edges.map(\.weight)
    let heading = value.units == .binary ? "weight" : "coupling"
    let table = Table(
      [
        Table.Column("unit", .text(edges.map { value.unitNames[$0.first] }), isKey: true),
        Table.Column(
          "other", heading: "and unit", .text(edges.map { value.unitNames[$0.second] }),
          isKey: true),
        Table.Column(heading, .numbers(weights, .column(weights, decimals: 4))),
      ], shownRows: rows)
    return .table(table)
  }

  private static func list(_ value: MachineValue, _ biases: [Double]) -> Output {
    let table = Table(
      [
        Table.Column("unit", .text(value.unitNames), isKey: true),
        Table.Column(word(value.units), .numbers(biases, .column(biases, decimals: 4))),
      ], shownRows: 12)
    return .table(table)
  }

  private static func word(_ units: MachineValue.Units) -> String {
    units == .binary ? "bias" : "field"
  }
}
