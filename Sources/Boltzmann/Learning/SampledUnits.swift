internal import CKernels

/// The rows of a layer as inputs of products, which a team shares: packed states and their transpose
/// with the plans for both, or real values.
///
/// Each member loads, plans and transposes its own words, or rows of real values, and one plans the
/// transpose; after a meeting all members use the whole.
@safe final class SampledUnits: Sendable {
  enum Values: Sendable {
    case states(BitRows)
    case real(FloatRows)
  }

  let values: Values
  /// Row k says in which samples unit k is on.
  let transposed: BitRows
  private let plan: Plan
  private let transposedPlan: Plan
  private let kernels: Kernels
  private let units: Int
  private let areHidden: Bool

  /// `areMany` says whether learning plans sums over samples.
  init(
    units: Int, rows: Int, areHidden: Bool = false, areStates: Bool, areMany: Bool, members: Int,
    kernels: Kernels
  ) {
    (self.units, self.areHidden, self.kernels) = (units, areHidden, kernels)
    values =
      areStates
      ? .states(BitRows(rows: rows, columns: units)) : .real(FloatRows(rows: rows, columns: units))
    transposed = BitRows(rows: areStates ? units : 0, columns: rows)
    plan = Plan(rows: areStates ? rows : 0, inputs: units, members: members, kernels)
    transposedPlan = Plan(
      rows: areStates && areMany ? units : 0, inputs: rows, members: 1, kernels)
  }

  /// Takes the samples listed.
  func load(_ samples: ArraySlice<Int>, of data: VisibleData, _ member: TeamMember) {
    switch (values, data) {
    case (.states(let bits), .binary(let source)):
      let words = plan.words(of: member)
      for (row, sample) in samples.enumerated() {
        bits.setRow(row, to: source.storage, sample, words: words)
      }
    case (.real(let rows), .real(let source)):
      for row in member.share(of: samples.count) {
        rows.setRow(row, to: source.storage, samples[samples.startIndex + row])
      }
    default: preconditionFailure("A batch and its data are of one kind.")
    }
  }

  /// Takes the first `count` rows of a layer.
  func load(_ layer: LayerPanels, count: Int, _ member: TeamMember) {
    switch values {
    case .states(let bits):
      layer.copyStates(to: bits, words: plan.words(of: member), count: count)
    case .real(let rows):
      layer.copyValues(to: rows, member.share(of: count))
    }
  }

  /// Plans sums of the first `count` rows for each member's panels of so many.
  func plan(count: Int, panels: Int, _ member: TeamMember) {
    if case .states(let bits) = values {
      let (inputs, words) = unsafe (inputs(bits, count: count), plan.words(of: member))
      if !words.isEmpty {
        unsafe kernels.layers.plan(
          inputs, panels / member.count, words.lowerBound, words.upperBound)
      }
    }
  }

  /// Brings the transpose up to date.
  func transpose(count: Int, _ member: TeamMember) {
    if case .states(let bits) = values {
      kernels.transpose(bits, into: transposed, words: plan.words(of: member), count: count)
    }
  }

  /// Plans sums over the first `count` samples for so many panels.
  func planTransposed(count: Int, panels: Int) {
    if case .states = values {
      unsafe kernels.layers.plan(transposedInputs(count: count), panels, 0, (count + 63) / 64)
    }
  }

  /// The first `count` rows as inputs.
  @unsafe func inputs(_ bits: BitRows, count: Int) -> hm_inputs {
    unsafe hm_inputs(
      bits: bits.pointer(), stride: bits.stride, rows: count, count: units,
      plan: plan.memory.pointer(), plan_words: plan.pieceWords, are_hidden: areHidden ? 1 : 0)
  }

  /// The units as rows, over the first `count` samples.
  @unsafe func transposedInputs(count: Int) -> hm_inputs {
    unsafe hm_inputs(
      bits: transposed.pointer(), stride: transposed.stride, rows: units, count: count,
      plan: transposedPlan.memory.pointer(), plan_words: transposedPlan.pieceWords,
      are_hidden: 0)
  }

  /// sums[0][k] = Σ over the first `count` samples, for the units k of some panels.
  func addUp(into sums: FloatRows, panels: Range<Int>, count: Int) {
    let first = panels.lowerBound * LayerPanels.width
    let end = min(panels.upperBound * LayerPanels.width, units)
    switch values {
    case .states:
      var rows = unsafe transposedInputs(count: count)
      unsafe rows.bits = UnsafePointer(transposed.pointer(min(first, units)))
      unsafe rows.rows = max(end - first, 0)
      unsafe kernels.layers.counts(sums.pointer() + first, rows)
    case .real(let rows):
      unsafe kernels.products.column_sums(
        sums.pointer() + first, rows.pointer() + first, rows.stride, count,
        max(end - first, 0))
    }
  }
}

/// A plan in pieces of whole words, as many as there are members if the words allow.
private struct Plan: Sendable {
  let memory: BitRows
  let pieceWords: Int
  private let wordCount: Int

  init(rows: Int, inputs: Int, members: Int, _ kernels: Kernels) {
    wordCount = (inputs + 63) / 64
    pieceWords = max(1, min(Int(HM_PLAN_WORDS), (wordCount + members - 1) / members))
    memory = BitRows(
      rows: 1,
      columns: rows == 0 ? 0 : 8 * kernels.layers.plan_bytes(rows, inputs, pieceWords))
  }

  /// The words that a member sees to.
  func words(of member: TeamMember) -> Range<Int> {
    let pieces = member.share(of: (wordCount + pieceWords - 1) / pieceWords)
    let first = pieces.lowerBound * pieceWords
    return first..<max(first, min(pieces.upperBound * pieceWords, wordCount))
  }
}
