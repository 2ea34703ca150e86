package import Numerals

/// A number as somebody printed it. Its digits are its precision: it reproduces if the computed
/// value, rounded to as many digits, is the same number.
package struct PrintedNumber: Sendable {
  package let numeral: Numeral

  package init(_ numeral: Numeral) { self.numeral = numeral }

  /// What a printed number is worth beside a computed one.
  package struct Comparison: Sendable, Equatable {
    /// Whether the printed digits are those of the computed value.
    package var reproduces: Bool
    /// The computed value with as many digits as were printed.
    package var computed: String
    /// What explains the difference, if it has a name: cut off instead of rounded.
    package var remark: String?

    package init(reproduces: Bool, computed: String, remark: String? = nil) {
      self.reproduces = reproduces
      self.computed = computed
      self.remark = remark
    }
  }

  /// Compares with `value`.
  package func compare(with value: Double) -> Comparison {
    guard let exact = Numeral(value) else {
      return Comparison(reproduces: false, computed: NumberFormat.fixed(0).string(value))
    }
    let place = numeral.exponent
    let rounded = exact.rounded(toPlace: place)
    if rounded == numeral { return Comparison(reproduces: true, computed: written(rounded)) }
    var remark: String?
    if exact.truncated(toPlace: place) == numeral {
      remark = "the printed number is cut off, not rounded"
    }
    return Comparison(reproduces: false, computed: written(rounded), remark: remark)
  }

  private func written(_ rounded: Numeral) -> String {
    let decimals = -numeral.exponent
    if let leading = numeral.leadingPlace, leading < -4 || leading > 9 {
      return NumberFormat.scientific(max(0, leading + decimals)).string(rounded.value)
    }
    return rounded.description
  }
}
