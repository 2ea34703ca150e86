/// The offsets of centering and the running mean that sparsity looks at.
struct ActivityOffsets: Sendable {
  /// μ, the mean of the data; 0 without centering. [1, visible]
  let visible: FloatRows
  /// The running mean of the hidden units. [1, hidden]
  let hidden: FloatRows
  /// For each panel of hidden units, Σⱼ Δwᵢⱼ λⱼ. [panels, visible]
  let shifts: FloatRows

  init(_ machine: RestrictedBoltzmannMachine, _ data: VisibleData, isCentered: Bool) {
    visible = FloatRows(rows: 1, columns: machine.visibleCount)
    hidden = FloatRows(rows: 1, columns: machine.hiddenCount)
    shifts = FloatRows(
      rows: isCentered ? LayerPanels.panels(of: machine.hiddenCount) : 0,
      columns: machine.visibleCount)
    if !isCentered { return }
    for unit in 0..<machine.visibleCount {
      var sum = 0.0
      for row in 0..<data.count { sum += Double(data.value(row, unit)) }
      visible[0, unit] = Float(sum / Double(data.count))
    }
  }
}
