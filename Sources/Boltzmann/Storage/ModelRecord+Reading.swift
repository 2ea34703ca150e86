extension ModelRecord {
  /// Whether there are exactly these tensors and, at most, these fields; `kind` is the one expected.
  public func check(
    kind: String, tensors names: Set<String>, fields known: Set<String>
  ) throws(ModelFileError) {
    try check(kind: kind)
    for tensor in tensors where !names.contains(tensor.name) { throw .unknownTensor(tensor.name) }
    for field in fields.keys.sorted() where !known.contains(field) { throw .unknownField(field) }
    for name in names.sorted() { _ = try tensor(name) }
  }

  /// Whether it is of that kind.
  public func check(kind: String) throws(ModelFileError) {
    guard self.kind == kind else { throw .kind(self.kind) }
  }

  /// The tensor of that name.
  public func tensor(_ name: String) throws(ModelFileError) -> Tensor {
    guard let tensor = tensors.first(where: { $0.name == name }) else {
      throw .missingTensor(name)
    }
    return tensor
  }

  /// The shape of a tensor with so many axes, each at least 1 long.
  public func shape(of name: String, axes: Int) throws(ModelFileError) -> [Int] {
    let shape = try tensor(name).shape
    guard shape.count == axes, shape.allSatisfy({ $0 >= 1 }) else {
      throw .shape(name, shape, "\(axes) \(axes == 1 ? "axis" : "axes"), none of them empty")
    }
    return shape
  }

  /// Finite singles of that shape.
  public func floats(_ name: String, shape: [Int]) throws(ModelFileError) -> [Float] {
    let tensor = try tensor(name, shape: shape)
    guard let values = tensor.floats else { throw .element(name, tensor.element, .float32) }
    if let place = values.firstIndex(where: { !$0.isFinite }) { throw .notFinite(name, place) }
    return values
  }

  /// Finite doubles of that shape.
  public func doubles(_ name: String, shape: [Int]) throws(ModelFileError) -> [Double] {
    let tensor = try tensor(name, shape: shape)
    guard let values = tensor.doubles else { throw .element(name, tensor.element, .float64) }
    if let place = values.firstIndex(where: { !$0.isFinite }) { throw .notFinite(name, place) }
    return values
  }

  /// Whole numbers of that shape.
  public func integers(_ name: String, shape: [Int]) throws(ModelFileError) -> [Int] {
    let tensor = try tensor(name, shape: shape)
    guard let values = tensor.integers else { throw .element(name, tensor.element, .int64) }
    return values
  }

  /// A matrix of finite singles with these rows and columns.
  public func matrix(_ name: String, rows: Int, columns: Int) throws(ModelFileError) -> Matrix {
    let values = try floats(name, shape: [rows, columns])
    return Matrix(rows: rows, columns: columns) { values[$0 * columns + $1] }
  }

  /// The numbers −1 and +1 of that shape, as states that are on where it is +1, a state a row.
  func states(_ name: String, rows: Int, columns: Int) throws(ModelFileError) -> [BitVector] {
    let tensor = try tensor(name, shape: [rows, columns])
    guard let values = tensor.smallIntegers else { throw .element(name, tensor.element, .int8) }
    if let place = values.firstIndex(where: { $0 != 1 && $0 != -1 }) {
      throw .value(name, place, "-1 or 1")
    }
    return (0..<rows).map { row in
      BitVector(values[row * columns..<(row + 1) * columns].map { $0 == 1 })
    }
  }

  /// The field of that name.
  public func field(_ name: String) throws(ModelFileError) -> String {
    guard let value = fields[name] else { throw .missingField(name) }
    return value
  }

  /// A field that is a whole number, 0 or more.
  public func count(_ name: String) throws(ModelFileError) -> Int {
    let text = try field(name)
    guard let value = Int(text), value >= 0, "\(value)" == text else { throw .field(name, text) }
    return value
  }

  /// A field that counts things of which each has tensors.
  func layerCount(_ name: String) throws(ModelFileError) -> Int {
    let count = try count(name)
    guard count <= tensors.count else { throw .field(name, "\(count)") }
    return count
  }

  private func tensor(_ name: String, shape: [Int]) throws(ModelFileError) -> Tensor {
    let tensor = try tensor(name)
    guard tensor.shape == shape else { throw .shape(name, tensor.shape, "\(shape)") }
    return tensor
  }
}

extension Tensor {
  /// A matrix of singles, shape [rows, columns].
  public init(_ name: String, _ matrix: Matrix) {
    self.init(
      name, shape: [matrix.rowCount, matrix.columnCount],
      (0..<matrix.rowCount).flatMap { matrix.row($0) })
  }
}
