/// arctan x for x ≥ 0, by halving the angle twice and the power series; at most 8 ulp from the true
/// value and the same bits on every machine.
func arctangent(_ x: Double) -> Double {
  precondition(x >= 0, "The arctangent is computed from 0 on.")
  if x > 1 { return Double.pi / 2 - arctangent(1 / x) }
  // arctan x = 2 arctan(x / (1 + √(1 + x²))); after two halvings the tangent is below 0.2.
  var tangent = x
  for _ in 0..<2 { tangent /= 1 + (1 + tangent * tangent).squareRoot() }
  let z = tangent * tangent
  var sum = 0.0
  for term in stride(from: 12, through: 0, by: -1) { sum = 1 / Double(2 * term + 1) - z * sum }
  return 4 * tangent * sum
}
