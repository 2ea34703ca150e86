extension BoltzmannMachine: StorableModel {
  /// `boltzmann-machine`.
  public static let modelKind = "boltzmann-machine"

  /// Tensors `connections` [connection, 2] with the units of each, the lower one first, `weights`
  /// [connection] and `biases` [unit] in doubles; the field `visible` counts the visible units.
  public var record: ModelRecord {
    let edges = edges
    return ModelRecord(
      kind: Self.modelKind, fields: ["visible": "\(visibleCount)"],
      tensors: [
        Tensor("connections", shape: [edges.count, 2], edges.flatMap { [$0.first, $0.second] }),
        Tensor("weights", shape: [edges.count], edges.map(\.weight)),
        Tensor("biases", shape: [unitCount], biases),
      ])
  }

  /// The machine of a record, whose other fields are the caller's.
  public init(_ record: ModelRecord) throws(ModelFileError) {
    try record.check(
      kind: Self.modelKind, tensors: ["connections", "weights", "biases"],
      fields: Set(record.fields.keys))
    let unitCount = try record.shape(of: "biases", axes: 1)[0]
    guard unitCount <= Int32.max else { throw .shape("biases", [unitCount], "fewer units") }
    let count = try record.tensor("weights").count
    let connections = try record.integers("connections", shape: [count, 2])
    let weights = try record.doubles("weights", shape: [count])
    let biases = try record.doubles("biases", shape: [unitCount])
    let edges = (0..<count).map {
      Couplings.Edge(connections[2 * $0], connections[2 * $0 + 1], weights[$0])
    }
    let visibleCount = try record.count("visible")
    do throws(ModelError) {
      try self.init(unitCount: unitCount, edges: edges, biases: biases, visibleCount: visibleCount)
    } catch { throw .model(error) }
  }
}
