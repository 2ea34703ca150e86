extension HopfieldNetwork: StorableModel {
  /// `hopfield-network`.
  public static let modelKind = "hopfield-network"

  /// The tensor `patterns` [pattern, unit] of −1 and +1 in bytes; the field `rule` is `hebb` or
  /// `pseudo-inverse`. The couplings follow from both, bit for bit; thresholds are 0.
  public var record: ModelRecord {
    let values = patterns.flatMap { pattern in
      (0..<pattern.count).map { pattern[$0] ? 1 : -1 as Int8 }
    }
    return ModelRecord(
      kind: Self.modelKind, fields: ["rule": rule.name],
      tensors: [Tensor("patterns", shape: [patterns.count, unitCount], values)])
  }

  /// The network of a record, whose other fields are the caller's.
  ///
  /// Cost: that of storing the patterns.
  public init(_ record: ModelRecord) throws(ModelFileError) {
    try record.check(
      kind: Self.modelKind, tensors: ["patterns"], fields: Set(record.fields.keys))
    let name = try record.field("rule")
    guard let rule = Rule.allCases.first(where: { $0.name == name }) else {
      throw .field("rule", name)
    }
    let shape = try record.shape(of: "patterns", axes: 2)
    let patterns = try record.states("patterns", rows: shape[0], columns: shape[1])
    do throws(HopfieldError) { try self.init(patterns: patterns, rule: rule) } catch {
      throw .hopfield(error)
    }
  }
}

extension HopfieldNetwork.Rule {
  fileprivate var name: String {
    switch self {
    case .hebb: "hebb"
    case .pseudoInverse: "pseudo-inverse"
    }
  }
}
