internal import CKernels

/// A function of one variable at a point: its value and its first two derivatives there, carried
/// exactly through sums, products and functions.
struct SecondOrder: Sendable {
  var (value, first, second): (Double, Double, Double)

  init(_ value: Double, _ first: Double = 0, _ second: Double = 0) {
    (self.value, self.first, self.second) = (value, first, second)
  }

  static func + (f: SecondOrder, g: SecondOrder) -> SecondOrder {
    SecondOrder(f.value + g.value, f.first + g.first, f.second + g.second)
  }

  static func - (f: SecondOrder, g: SecondOrder) -> SecondOrder {
    SecondOrder(f.value - g.value, f.first - g.first, f.second - g.second)
  }

  static func * (f: SecondOrder, g: SecondOrder) -> SecondOrder {
    SecondOrder(
      f.value * g.value, f.first * g.value + f.value * g.first,
      f.second * g.value + 2 * (f.first * g.first) + f.value * g.second)
  }

  static func * (factor: Double, f: SecondOrder) -> SecondOrder {
    SecondOrder(factor * f.value, factor * f.first, factor * f.second)
  }

  /// g(f) from g, g′ and g″ at f.
  func applying(_ g: Double, _ slope: Double, _ curvature: Double) -> SecondOrder {
    SecondOrder(g, slope * first, slope * second + curvature * (first * first))
  }

  var exponential: SecondOrder {
    let power = hm_exp(value)
    return applying(power, power, power)
  }

  var logarithm: SecondOrder {
    let inverse = 1 / value
    return applying(hm_log(value), inverse, 0 - inverse * inverse)
  }

  /// ln(1 + f).
  var logarithmOfOnePlus: SecondOrder {
    let inverse = 1 / (1 + value)
    return applying(hm_log1p(value), inverse, 0 - inverse * inverse)
  }

  /// 1 − exp(f), accurate near f = 0.
  var complementOfExponential: SecondOrder {
    let power = hm_exp(value)
    return applying(0 - hm_expm1(value), 0 - power, 0 - power)
  }

  var squareRoot: SecondOrder {
    let root = value.squareRoot()
    return applying(root, 0.5 / root, -0.25 / (root * value))
  }
}
