internal import CKernels

/// Whether a 32-bit word turns a unit on: word < ⌊σ(x) · 2³² + ½⌋, mostly without computing σ.
///
/// σ at the ends of a cell of width ⅛ bounds σ inside it. A word below the lower bound is on and
/// one above the upper is off, whatever x is in the cell; only words between them, 1 in 32 at
/// most, need σ itself. The decision is the same for every word and x, at a third of the cost.
struct LogisticDecision: Sendable {
  /// Cells reach from −24 to 24; beyond, the outermost bounds hold too.
  private static let reach = 24.0
  private static let cellsPerUnit = 8.0

  /// Cell k: words below sure[k].on are on, words from sure[k].off upwards are off.
  private let sure: [(on: UInt32, off: UInt32)]

  init() {
    let count = Int(2 * Self.reach * Self.cellsPerUnit)
    // One word of slack on each side covers the last bits of σ.
    sure = (0...count).map { cell in
      let lower = Double(cell - 1) / Self.cellsPerUnit - Self.reach
      let on = cell == 0 ? 0 : max(hm_logistic(lower) * 0x1p32 - 1, 0)
      let upper = lower + 1 / Self.cellsPerUnit
      let off = cell == count ? 0x1p32 - 1 : min(hm_logistic(upper) * 0x1p32 + 2, 0x1p32 - 1)
      return (UInt32(on), UInt32(off))
    }
  }

  @inline(__always)
  func isOn(_ word: UInt32, at x: Double) -> Bool {
    // Cell 0 is everything below −24, the last cell everything from 24 on.
    let place = (x + Self.reach) * Self.cellsPerUnit + 1
    let cell = sure[Int(max(0, min(place, Double(sure.count - 1))))]
    if word < cell.on { return true }
    if word > cell.off { return false }
    return RandomStream.isOn(word, probability: hm_logistic(x))
  }
}
