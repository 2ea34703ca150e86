import Numerals

/// A place on an axis that carries a number.
package struct Tick: Sendable, Equatable {
  package let value: Double
  package let label: String
}

/// How data become positions: value ↦ 0…1 along an axis, with round ticks.
///
/// Defined for all data: not finite values (and on a log axis those that are not positive) are
/// left out; nothing at all, or one constant, gets a domain of its own around it. Whole numbers
/// that span 2 or more get whole ticks.
package struct Scale: Sendable, Equatable {
  package enum Basis: Sendable, Equatable {
    /// The axis states its domain.
    case stated
    /// The domain covers the data, out to the next tick.
    case data
    /// All data are this value (or differ by less than one part in 10⁹).
    case constant(Double)
    /// There is nothing to show.
    case nothing
  }

  package let spread: Axis.Spread
  package let basis: Basis
  package let domain: ClosedRange<Double>
  package let ticks: [Tick]
  /// Tick labels are to be multiplied by 10^`exponent`; 0 in the ordinary range of numbers.
  package let exponent: Int

  /// The scale of `axis` for these values with at most `intervals` (2 or more) tick distances.
  package init(_ values: [Double], on axis: Axis, intervals: Int) {
    precondition(intervals >= 2, "A scale needs room for two tick distances.")
    spread = axis.scale
    let shown = values.filter { Self.canPlace($0, on: axis.scale) }
    if let stated = axis.domain, Self.canShow(stated, on: axis.scale) {
      basis = .stated
      domain = stated
      (ticks, exponent) = Self.ticks(within: stated, on: axis.scale, intervals: intervals)
      return
    }
    let extent = Extent(shown, on: axis.scale)
    basis = extent.basis
    (domain, ticks, exponent) =
      switch axis.scale {
      case .linear:
        Self.linear(
          around: extent.range, intervals: intervals,
          wholeTicks: extent.length >= 2 && shown.allSatisfy { $0 == $0.rounded() })
      case .log: Self.log(around: extent.range, intervals: intervals)
      }
  }

  /// 0 at the lower end of the domain, 1 at the upper, below 0 or above 1 outside it; nil for a
  /// value that has no place on the axis. Positions stay within ±10⁹, so that differences of them
  /// mean something.
  package func position(of value: Double) -> Double? {
    guard Self.canPlace(value, on: spread) else { return nil }
    let position = share(of: value)
    // A domain ends at a rounded tick, and the data may lie a rounding error beyond it; where a
    // small difference of large numbers is shown, such an error reaches 1e-5 of the domain.
    if position < 0, position > -1e-5 { return 0 }
    if position > 1, position < 1 + 1e-5 { return 1 }
    return min(max(position, -1e9), 1e9)
  }

  /// Where a tick of this scale lies, within 0…1.
  package func position(of tick: Tick) -> Double { min(max(share(of: tick.value), 0), 1) }

  /// Whether the axis has a place for `value`: finite, at most 1e300 in size, and for a log axis
  /// at least 1e-300.
  package static func canPlace(_ value: Double, on spread: Axis.Spread) -> Bool {
    switch spread {
    case .linear: abs(value) <= 1e300
    case .log: value >= 1e-300 && value <= 1e300
    }
  }

  private static func canShow(_ domain: ClosedRange<Double>, on spread: Axis.Spread) -> Bool {
    canPlace(domain.lowerBound, on: spread) && canPlace(domain.upperBound, on: spread)
      && !Extent.isNegligible(domain)
  }

  private func share(of value: Double) -> Double {
    let start = measure(domain.lowerBound)
    return (measure(value) - start) / (measure(domain.upperBound) - start)
  }

  private func measure(_ value: Double) -> Double {
    switch spread {
    case .linear: value
    case .log: decimalLogarithm(value)
    }
  }
}

/// The stretch that data cover, and what kind of data they are.
private struct Extent {
  let basis: Scale.Basis
  /// Never without length.
  let range: ClosedRange<Double>

  init(_ values: [Double], on spread: Axis.Spread) {
    guard let low = values.min(), let high = values.max() else {
      basis = .nothing
      range = spread == .linear ? 0...1 : 1...10
      return
    }
    guard Self.isNegligible(low...high) else {
      basis = .data
      range = low...high
      return
    }
    basis = .constant(low)
    switch spread {
    case .linear:
      let place = abs(low) < 1e-290 ? 0 : Numeral(low)?.leadingPlace ?? 0
      let margin = decimal(1, power: place)
      range = (low - margin)...(low + margin)
    case .log: range = max(low / 2, 1e-300)...min(low * 2, 1e300)
    }
  }

  var length: Double { range.upperBound - range.lowerBound }

  /// Too short to tell its ends apart by numbers a reader could compare.
  static func isNegligible(_ range: ClosedRange<Double>) -> Bool {
    let size = max(abs(range.lowerBound), abs(range.upperBound))
    return size < 1e-290 || range.upperBound - range.lowerBound <= 1e-9 * size
  }
}
