internal import Boltzmann

/// What was recorded of one seed of a study.
struct TrainingTrace: Sendable, Hashable {
  var updates: [Int] = []
  /// For each record the values of all parts of all columns.
  var rows: [[Double?]] = []
  /// What is known of the whole: acceptances of exchanges, or when conditions first held.
  var figures: [Double?] = []

  init() {}

  /// What goes into a checkpoint beside the engine's own.
  var tensors: [Tensor] {
    let width = rows.first?.count ?? 0
    return [Tensor("recorded.updates", shape: [updates.count], updates)]
      + Self.tensors("recorded.rows", [rows.count, width], rows.flatMap(\.self))
      + Self.tensors("recorded.figures", [figures.count], figures)
  }

  /// Nil where a tensor is missing or does not fit the others; `width` is that of a row.
  init?(_ tensors: [Tensor], width: Int) {
    func values(_ name: String) -> [Double?]? {
      guard let numbers = tensors.first(where: { $0.name == name })?.doubles,
        let known = tensors.first(where: { $0.name == name + ".known" }), known.element == .uint8,
        known.count == numbers.count
      else { return nil }
      return zip(numbers, known.bytes).map { $1 == 1 ? $0 : nil }
    }
    guard let updates = tensors.first(where: { $0.name == "recorded.updates" })?.integers,
      let rows = values("recorded.rows"), rows.count == updates.count * width,
      let figures = values("recorded.figures")
    else { return nil }
    (self.updates, self.figures) = (updates, figures)
    self.rows = updates.indices.map { Array(rows[$0 * width..<($0 + 1) * width]) }
  }

  /// Numbers that may be missing, and which of them are there.
  private static func tensors(_ name: String, _ shape: [Int], _ values: [Double?]) -> [Tensor] {
    [
      Tensor(name, shape: shape, values.map { $0 ?? 0 }),
      Tensor(name + ".known", shape: shape, values.map { $0 == nil ? 0 : 1 } as [UInt8]),
    ]
  }
}
