internal import Boltzmann
internal import Notebooks
internal import Numerals

/// p(on | parents) of every unit of a net, a formula or a number for each state of the parents.
struct ConditionalTable {
  /// The most parents whose weights are written out.
  private static let largestFormula = 6
  private static let format = NumberFormat.significant(6)

  let table: Table

  init(_ value: BeliefNetValue) {
    let rows = value.net.order.flatMap { Self.rows($0, value) }
    table = Table(
      [
        Table.Column("unit", .text(rows.map(\.unit)), isKey: true),
        Table.Column("given", .text(rows.map(\.given)), isKey: true),
        Table.Column("on", heading: "p(on)", .text(rows.map(\.probability))),
      ], shownRows: 32)
  }

  private typealias Row = (unit: String, given: String, probability: String)

  private static func rows(_ unit: Int, _ value: BeliefNetValue) -> [Row] {
    let (name, parents) = (value.unitNames[unit], value.net.units[unit].parents)
    let names = parents.map { value.unitNames[$0] }
    switch value.net.units[unit].conditional {
    case .sigmoid(let bias, let weights):
      let start = "σ(\(format.string(bias))"
      guard parents.count <= largestFormula else {
        return [(name, names.joined(separator: ", "), "\(start) + \(parents.count) weights)")]
      }
      let sum = zip(names, weights).reduce(start) { text, term in
        text + (term.1 < 0 ? " - " : " + ") + "\(format.string(abs(term.1))) \(term.0)"
      }
      let root = parents.isEmpty ? " = \(format.string(logistic(bias)))" : ""
      return [(name, names.joined(separator: ", "), "\(sum))\(root)")]
    case .table(let entries):
      // As in the body: zeros first, the last parent changing fastest.
      return entries.indices.map { row in
        var entry = 0
        for bit in parents.indices where (row >> (parents.count - 1 - bit)) & 1 == 1 {
          entry |= 1 << bit
        }
        let given = names.enumerated().map { "\($1)=\((entry >> $0) & 1)" }
        return (name, given.joined(separator: ", "), format.string(entries[entry]))
      }
    }
  }
}
