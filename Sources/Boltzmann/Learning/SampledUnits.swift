internal import CKernels

/// One thread's own copy of the rows of a layer, as inputs of products: packed states and their
/// transpose with the plans for both, or real values.
@safe final class SampledUnits {
  enum Values {
    case states(BitRows)
    case real(FloatRows)
  }

  let values: Values
  /// Row k says in which samples unit k is on.
  let transposed: BitRows
  private let plan: BitRows
  private let transposedPlan: BitRows
  private let kernels: Kernels
  private let units: Int

  init(units: Int, rows: Int, areStates: Bool, kernels: Kernels) {
    (self.units, self.kernels) = (units, kernels)
    values =
      areStates
      ? .states(BitRows(rows: rows, columns: units)) : .real(FloatRows(rows: rows, columns: units))
    transposed = BitRows(rows: areStates ? units : 0, columns: rows)
    func planMemory(_ rows: Int, _ inputs: Int) -> BitRows {
      BitRows(rows: 1, columns: areStates ? 8 * kernels.layers.plan_bytes(rows, inputs) : 0)
    }
    plan = planMemory(rows, units)
    transposedPlan = planMemory(units, rows)
  }

  /// Takes the samples listed.
  func load(_ samples: ArraySlice<Int>, of data: VisibleData) {
    for (row, sample) in samples.enumerated() {
      switch (values, data) {
      case (.states(let bits), .binary(let source)): bits.setRow(row, to: source.storage, sample)
      case (.real(let rows), .real(let source)): rows.setRow(row, to: source.storage, sample)
      default: preconditionFailure("A batch and its data are of one kind.")
      }
    }
  }

  /// Takes the first `count` rows of a layer.
  func load(_ layer: LayerPanels, count: Int) {
    switch values {
    case .states(let bits): layer.copyStates(to: bits, count: count)
    case .real(let rows): layer.copyValues(to: rows, count: count)
    }
  }

  /// The first `count` rows as inputs, planned for some panels of outputs.
  @unsafe func inputs(_ bits: BitRows, count: Int, panels: Int) -> hm_inputs {
    let inputs = unsafe hm_inputs(
      bits: bits.pointer(), stride: bits.stride, rows: count, count: units, plan: plan.pointer())
    unsafe kernels.layers.plan(inputs, panels)
    return unsafe inputs
  }

  /// Brings the transpose up to date.
  func transpose(count: Int) {
    if case .states(let bits) = values {
      kernels.transpose(bits, into: transposed, count: count)
    }
  }

  /// The units as rows, over the first `count` samples.
  @unsafe func transposedInputs(count: Int) -> hm_inputs {
    unsafe hm_inputs(
      bits: transposed.pointer(), stride: transposed.stride, rows: units, count: count,
      plan: transposedPlan.pointer())
  }

  /// sums[0][k] = Σ over the first `count` samples, for the units k of some panels.
  func addUp(into sums: FloatRows, panels: Range<Int>, count: Int) {
    let first = panels.lowerBound * LayerPanels.width
    let end = min(panels.upperBound * LayerPanels.width, units)
    switch values {
    case .states:
      let rows = unsafe hm_inputs(
        bits: transposed.pointer(min(first, units)), stride: transposed.stride,
        rows: max(end - first, 0), count: count, plan: transposedPlan.pointer())
      unsafe kernels.layers.counts(sums.pointer() + first, rows)
    case .real(let rows):
      unsafe kernels.products.column_sums(
        sums.pointer() + first, rows.pointer() + first, rows.stride, count,
        max(end - first, 0))
    }
  }
}
