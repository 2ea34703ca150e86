internal import CKernels

/// The memory of one layer's answers, 16 units to a panel: what the threads of a team share.
///
/// A reference type without locks: each thread writes its own panels, and reads others' after a
/// meeting.
@safe final class LayerPanels: @unchecked Sendable {
  static let width = FloatRows.lineFloats

  let units: Int
  /// Rows that there is room for.
  let rows: Int
  /// Entry (m, 16 n + j) is entry j of row n · rows + m; without rows where only states are kept.
  let values: FloatRows
  fileprivate let states: UnsafeMutablePointer<UInt16>

  var panelCount: Int { Self.panels(of: units) }

  static func panels(of units: Int) -> Int { (units + width - 1) / width }

  init(units: Int, rows: Int, keepsValues: Bool = true) {
    (self.units, self.rows) = (units, rows)
    let count = Self.panels(of: units)
    values = FloatRows(rows: keepsValues ? count * rows : 0, columns: Self.width)
    unsafe states = .allocate(capacity: max(count * rows, 1))
    unsafe states.initialize(repeating: 0, count: max(count * rows, 1))
  }

  deinit {
    unsafe states.deallocate()
  }

  /// Where kernels put answers: values, by way of `scratch` where they are not kept, and perhaps
  /// states.
  @unsafe func answers(drawsStates: Bool, scratch: FloatRows? = nil) -> hm_answers {
    precondition(values.rows > 0 || scratch?.rows == rows, "Values go somewhere.")
    let keeps = values.rows > 0
    return unsafe hm_answers(
      values: keeps ? values.pointer() : (scratch ?? values).pointer(),
      panel_rows: keeps ? rows : 0, states: drawsStates ? states : nil, state_rows: rows,
      units: units)
  }

  /// Turns the values of some panels into the states of a layer of the same shape, as 0 and 1.
  func takeStates(from other: LayerPanels, panels: Range<Int>, count: Int) {
    precondition(units == other.units && rows == other.rows, "Shapes must agree.")
    for panel in panels {
      for row in panel * rows..<panel * rows + count {
        let (word, target) = unsafe (other.states[row], values.pointer(row))
        for unit in 0..<Self.width { unsafe target[unit] = Float(word >> UInt16(unit) & 1) }
      }
    }
  }

  /// Copies the states of the first `count` rows.
  func copyStates(to bits: BitRows, count: Int) {
    copyStates(to: bits, words: 0..<bits.stride, count: count)
  }

  /// Copies some words of the states of the first `count` rows.
  func copyStates(to bits: BitRows, words: Range<Int>, count: Int) {
    precondition(bits.columns == units && count <= min(rows, bits.rows), "Shapes must agree.")
    precondition(words.lowerBound >= 0 && words.upperBound <= bits.stride, "No such words.")
    for row in 0..<count {
      let target = unsafe bits.pointer(row)
      for word in words {
        var value: UInt64 = 0
        for panel in 4 * word..<min(4 * word + 4, panelCount) {
          unsafe value |= UInt64(states[panel * rows + row]) << UInt64(16 * (panel & 3))
        }
        unsafe target[word] = value
      }
    }
  }

  /// Copies the values of some rows.
  func copyValues(to out: FloatRows, _ copied: Range<Int>) {
    precondition(out.columns == units, "Shapes must agree.")
    precondition(
      copied.lowerBound >= 0 && copied.upperBound <= min(rows, out.rows), "No such rows.")
    for panel in 0..<panelCount {
      let width = min(Self.width, units - panel * Self.width)
      for row in copied {
        unsafe (out.pointer(row) + panel * Self.width)
          .update(from: values.pointer(panel * rows + row), count: width)
      }
    }
  }

  /// Copies some panels of values from another layer of the same shape.
  func copyValues(from other: LayerPanels, panels: Range<Int>) {
    precondition(units == other.units && rows == other.rows, "Shapes must agree.")
    unsafe values.pointer(panels.lowerBound * rows).update(
      from: other.values.pointer(panels.lowerBound * rows),
      count: panels.count * rows * Self.width)
  }

  /// Sets one state, and the value to it.
  func set(_ row: Int, _ unit: Int, to isOn: Bool) {
    precondition(row < rows && unit < units, "No such unit.")
    let place = unit / Self.width * rows + row
    let bit = UInt16(1) << UInt16(unit % Self.width)
    unsafe states[place] = isOn ? states[place] | bit : states[place] & ~bit
    if values.rows > 0 { values[place, unit % Self.width] = isOn ? 1 : 0 }
  }
}

extension LayerPanels {
  /// Sets one value.
  func setValue(_ row: Int, _ unit: Int, to value: Float) {
    precondition(row < rows && unit < units, "No such unit.")
    values[unit / Self.width * rows + row, unit % Self.width] = value
  }

  /// Sets the states of a row to those of another row.
  func setStates(_ row: Int, to bits: BitRows, _ source: Int) {
    precondition(bits.columns == units && row < rows && source < bits.rows, "Shapes must agree.")
    let words = unsafe bits.pointer(source)
    for panel in 0..<panelCount {
      unsafe states[panel * rows + row] = UInt16(
        truncatingIfNeeded: words[panel >> 2] >> UInt64(16 * (panel & 3)))
    }
  }

  /// Values of one panel drawn from normal distributions of variance 1 around those of another
  /// layer; row m is chain m of purpose `noise`.
  func drawNormals(
    around means: LayerPanels, panel: Int, count: Int, stream: RandomStream, step: Int
  ) {
    precondition(units == means.units && rows == means.rows, "Shapes must agree.")
    for row in 0..<count {
      for unit in panel * Self.width..<min((panel + 1) * Self.width, units) {
        let mean = Double(means.values[panel * rows + row, unit % Self.width])
        let noise = stream.normal(.noise, step: step, chain: row, unit: unit)
        setValue(row, unit, to: Float(mean + noise))
      }
    }
  }
}

/// Weights [visible, hidden] in panels of hidden units.
struct WeightPanels: Sendable {
  let visibleCount: Int
  let hiddenCount: Int
  /// Rows of a panel: the visible units in whole lines.
  let height: Int
  let storage: FloatRows

  var panelCount: Int { LayerPanels.panels(of: hiddenCount) }

  /// All zeros.
  init(visibleCount: Int, hiddenCount: Int) {
    (self.visibleCount, self.hiddenCount) = (visibleCount, hiddenCount)
    height = LayerPanels.panels(of: visibleCount) * LayerPanels.width
    storage = FloatRows(
      rows: LayerPanels.panels(of: hiddenCount) * height, columns: LayerPanels.width)
  }

  init(_ matrix: Matrix) {
    self.init(visibleCount: matrix.rowCount, hiddenCount: matrix.columnCount)
    forEachLine { panel, row, width in
      unsafe storage.pointer(panel * height + row).update(
        from: matrix.storage.pointer(row) + panel * LayerPanels.width, count: width)
    }
  }

  /// The same weights, row by row.
  var matrix: Matrix {
    let rows = FloatRows(rows: visibleCount, columns: hiddenCount)
    forEachLine { panel, row, width in
      unsafe (rows.pointer(row) + panel * LayerPanels.width).update(
        from: storage.pointer(panel * height + row), count: width)
    }
    return Matrix(rows)
  }

  private func forEachLine(_ body: (_ panel: Int, _ row: Int, _ width: Int) -> Void) {
    for panel in 0..<panelCount {
      let width = min(LayerPanels.width, hiddenCount - panel * LayerPanels.width)
      for row in 0..<visibleCount { body(panel, row, width) }
    }
  }
}
