internal import Notebooks
internal import Numerals

/// How far a stored number may lie from the computed one and still count as the same.
package struct Tolerance: Hashable, Sendable {
  /// The largest distance.
  package var absolute: Double
  /// The largest distance as a share of the computed number's size.
  package var relative: Double

  package init(absolute: Double = 0, relative: Double = 0) {
    (self.absolute, self.relative) = (absolute, relative)
  }

  /// Every digit counts.
  package static let exact = Tolerance()

  /// `abs=0.001,rel=1e-6`, one of them or both; nil for anything else.
  package init?(parsing text: String) {
    self.init()
    var seen: Set<Substring> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: "=", maxSplits: 1)
      guard pieces.count == 2, let value = Numeral(parsing: pieces[1])?.value, value.isFinite,
        value >= 0, seen.insert(pieces[0]).inserted
      else { return nil }
      switch pieces[0] {
      case "abs": absolute = value
      case "rel": relative = value
      default: return nil
      }
    }
  }

  func accepts(_ distance: Double, from computed: Double) -> Bool {
    distance <= max(absolute, relative * abs(computed))
  }
}

/// Two printed numbers and how far they are apart.
struct NumberPair {
  /// The distance, exact to the last digit that is printed.
  let distance: Double
  let computed: Double

  /// nil if one of them is no number.
  init?(stored: String, computed: String) {
    guard let old = Numeral(parsing: stored), let new = Numeral(parsing: computed),
      let difference = Numeral(abs(old.value - new.value))
    else { return nil }
    distance = difference.rounded(toPlace: min(old.exponent, new.exponent)).value
    self.computed = new.value
  }

  var text: String { NumberFormat.significant(12).string(distance) }
}
