import Numerals

/// A round distance between ticks or bin edges: 1, 2 or 5 times a power of ten.
package struct RoundStep: Sendable, Equatable {
  /// 1, 2 or 5.
  package private(set) var mantissa: Int
  package private(set) var exponent: Int

  /// The smallest round step that is not below `distance`, which is between 1e-300 and 1e300.
  package init(atLeast distance: Double) {
    mantissa = 1
    exponent = Numeral(distance)?.leadingPlace ?? 0
    while multiple(1) < distance { self = coarser }
  }

  package init(mantissa: Int, exponent: Int) {
    precondition([1, 2, 5].contains(mantissa), "A round step is 1, 2 or 5 times a power of ten.")
    self.mantissa = mantissa
    self.exponent = exponent
  }

  package var coarser: RoundStep {
    switch mantissa {
    case 1: RoundStep(mantissa: 2, exponent: exponent)
    case 2: RoundStep(mantissa: 5, exponent: exponent)
    default: RoundStep(mantissa: 1, exponent: exponent + 1)
    }
  }

  package var finer: RoundStep {
    switch mantissa {
    case 5: RoundStep(mantissa: 2, exponent: exponent)
    case 2: RoundStep(mantissa: 1, exponent: exponent)
    default: RoundStep(mantissa: 5, exponent: exponent - 1)
    }
  }

  /// The `Double` nearest to `index` × mantissa × 10^exponent.
  package func multiple(_ index: Int) -> Double {
    decimal(index * mantissa, power: exponent)
  }

  /// How many digits after the point each multiple needs when written in units of 10^`unit`.
  package func decimals(inUnitsOf unit: Int = 0) -> Int { max(0, unit - exponent) }

  /// The multiple of `index` in units of 10^`unit`, with the digits every other multiple has.
  package func label(_ index: Int, inUnitsOf unit: Int = 0) -> String {
    let value = scaled(Double(index * mantissa), byPowerOfTen: exponent - unit)
    return NumberFormat.fixed(decimals(inUnitsOf: unit)).string(value)
  }

  /// `value` in steps: the index of a multiple, or a number between two indices.
  ///
  /// A value that rounding has pushed off a multiple, by a billionth of a step, is put back.
  func index(of value: Double) -> Double {
    let index = scaled(value, byPowerOfTen: -exponent) / Double(mantissa)
    let nearest = index.rounded()
    return abs(index - nearest) <= max(1e-9, 4 * index.ulp) ? nearest : index
  }
}

/// The `Double` nearest to `digits` × 10^`power`; infinite where there is none.
func decimal(_ digits: Int, power: Int) -> Double { Double("\(digits)e\(power)") ?? .infinity }

/// `value` × 10^`power`, multiplied or divided by an exact power where one exists.
func scaled(_ value: Double, byPowerOfTen power: Int) -> Double {
  let factor = (0..<abs(power)).reduce(1.0) { product, _ in product * 10 }
  return power < 0 ? value / factor : value * factor
}
