internal import Boltzmann

/// What a study has recorded of one run so far, beside the engine's own checkpoint.
struct RecordedSoFar {
  var trace = TrainingTrace()
  var acceptance: [Double?] = []
  var firstNorm: Double?

  init() {}

  var tensors: [Tensor] {
    let width = trace.rows.first?.count ?? 0
    return [
      Tensor("recorded.updates", shape: [trace.updates.count], trace.updates)
    ] + Self.tensors("recorded.rows", [trace.rows.count, width], trace.rows.flatMap(\.self))
      + Self.tensors("recorded.acceptance", [acceptance.count], acceptance)
      + Self.tensors("recorded.norm", [1], [firstNorm])
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
      let acceptance = values("recorded.acceptance"), let norm = values("recorded.norm"),
      norm.count == 1
    else { return nil }
    trace.updates = updates
    trace.rows = updates.indices.map { Array(rows[$0 * width..<($0 + 1) * width]) }
    (self.acceptance, firstNorm) = (acceptance, norm[0])
  }

  /// Numbers that may be missing, and which of them are there.
  private static func tensors(_ name: String, _ shape: [Int], _ values: [Double?]) -> [Tensor] {
    [
      Tensor(name, shape: shape, values.map { $0 ?? 0 }),
      Tensor(name + ".known", shape: shape, values.map { $0 == nil ? 0 : 1 } as [UInt8]),
    ]
  }
}
