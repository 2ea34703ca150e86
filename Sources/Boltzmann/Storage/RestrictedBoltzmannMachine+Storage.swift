extension RestrictedBoltzmannMachine: StorableModel {
  /// `restricted-boltzmann-machine`.
  public static let modelKind = "restricted-boltzmann-machine"

  /// Tensors `weights` [visible, hidden], `visible_biases`, `hidden_biases`, in singles; the field
  /// `visible-units` is `binary` or `gaussian`.
  public var record: ModelRecord {
    ModelRecord(
      kind: Self.modelKind, fields: ["visible-units": visibleUnits.name],
      tensors: tensors())
  }

  /// The parameters, in singles.
  func tensors(_ prefix: String = "") -> [Tensor] {
    [
      Tensor(prefix + "weights", weights),
      Tensor(prefix + "visible_biases", shape: [visibleCount], visibleBiases),
      Tensor(prefix + "hidden_biases", shape: [hiddenCount], hiddenBiases),
    ]
  }

  /// The machine of a record, whose other fields are the caller's.
  public init(_ record: ModelRecord) throws(ModelFileError) {
    try record.check(
      kind: Self.modelKind, tensors: Set(Self.tensorNames()), fields: Set(record.fields.keys))
    let units = try record.field("visible-units")
    guard let visibleUnits = VisibleUnits(named: units) else {
      throw .field("visible-units", units)
    }
    try self.init(record, visibleUnits: visibleUnits)
  }

  /// What the tensors of a machine are called.
  static func tensorNames(_ prefix: String = "") -> [String] {
    ["weights", "visible_biases", "hidden_biases"].map { prefix + $0 }
  }

  /// The machine of the tensors with a prefix, of so many visible units if that is known.
  init(
    _ record: ModelRecord, _ prefix: String = "", visibleCount: Int? = nil,
    visibleUnits: VisibleUnits
  ) throws(ModelFileError) {
    let shape = try record.shape(of: prefix + "weights", axes: 2)
    let rows = visibleCount ?? shape[0]
    let weights = try record.matrix(prefix + "weights", rows: rows, columns: shape[1])
    let visibleBiases = try record.floats(prefix + "visible_biases", shape: [rows])
    let hiddenBiases = try record.floats(prefix + "hidden_biases", shape: [shape[1]])
    do throws(ModelError) {
      try self.init(
        weights: weights, visibleBiases: visibleBiases, hiddenBiases: hiddenBiases,
        visibleUnits: visibleUnits)
    } catch { throw .model(error) }
  }
}

extension VisibleUnits {
  fileprivate var name: String {
    switch self {
    case .binary: "binary"
    case .gaussian: "gaussian"
    }
  }

  fileprivate init?(named name: String) {
    switch name {
    case "binary": self = .binary
    case "gaussian": self = .gaussian
    default: return nil
    }
  }
}

extension ModelRecord {
  /// The restricted machine in another program's file.
  init(foreign file: TensorFile) throws(ModelFileError) {
    let names = Set(file.tensors.map(\.name))
    func tensors(_ wanted: [String]) -> [Tensor]? {
      names == Set(wanted) ? wanted.compactMap { file[$0] } : nil
    }
    let (parts, isTransposed): ([Tensor], Bool?) =
      if let parts = tensors(["weights", "visible_biases", "hidden_biases"]) {
        (parts, false)
      } else if let parts = tensors(["components_", "intercept_visible_", "intercept_hidden_"]) {
        (parts, true)
      } else if let parts = tensors(["W", "v_bias", "h_bias"]) {
        (parts, nil)
      } else {
        throw .foreign(file.tensors.map(\.name))
      }
    let counts = try parts.dropFirst().map { (part) throws(ModelFileError) in
      guard part.shape.count == 1, part.shape[0] >= 1 else {
        throw .shape(part.name, part.shape, "1 axis, not empty")
      }
      return part.shape[0]
    }
    let (shape, turned) = ([counts[0], counts[1]], [counts[1], counts[0]])
    if isTransposed == nil, counts[0] == counts[1] { throw .ambiguousAxes(counts[0]) }
    let isTurned = isTransposed ?? (parts[0].shape == turned)
    guard parts[0].shape == (isTurned ? turned : shape) else {
      throw .shape(parts[0].name, parts[0].shape, "\(isTurned ? turned : shape)")
    }
    let weights = try Self.singles(parts[0])
    let matrix = Matrix(rows: shape[0], columns: shape[1]) { i, j in
      weights[isTurned ? j * shape[0] + i : i * shape[1] + j]
    }
    self.init(
      kind: RestrictedBoltzmannMachine.modelKind, fields: ["visible-units": "binary"],
      tensors: [
        Tensor("weights", matrix),
        Tensor("visible_biases", shape: [shape[0]], try Self.singles(parts[1])),
        Tensor("hidden_biases", shape: [shape[1]], try Self.singles(parts[2])),
      ])
  }

  /// Finite values, rounded to singles.
  private static func singles(_ tensor: Tensor) throws(ModelFileError) -> [Float] {
    guard let values = tensor.floats ?? tensor.doubles?.map({ Float($0) }) else {
      throw .element(tensor.name, tensor.element, .float32)
    }
    if let place = values.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(tensor.name, place)
    }
    return values
  }
}
