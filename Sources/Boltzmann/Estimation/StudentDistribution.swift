/// P(|t| ≤ `distance`) for Student's t with n degrees of freedom: how often a mean lies within so many
/// of its errors where these are told from n + 1 independent values.
///
/// A finite sum over powers of cos² θ, tan θ = t/√n. Source: Abramowitz, Stegun, "Handbook of
/// Mathematical Functions", 1964, eqs. 26.7.3 and 26.7.4. Cost: n/2 steps.
public func studentCoverage(within distance: Double, degreesOfFreedom n: Int) -> Double {
  precondition(distance >= 0, "A distance is not negative.")
  precondition(n >= 1, "There is at least one degree of freedom.")
  let square = distance * distance / Double(n)
  let (cosineSquare, sine) = (1 / (1 + square), (square / (1 + square)).squareRoot())
  // 1 + a cos² + a b cos⁴ + …, with a = 2/3, b = 4/5, … for odd n and 1/2, 3/4, … for even n.
  let isOdd = n % 2 == 1
  var (sum, term) = (0.0, 1.0)
  for k in 0..<n / 2 {
    sum += term
    let top = Double(2 * k + (isOdd ? 2 : 1))
    term *= top / (top + 1) * cosineSquare
  }
  if !isOdd { return sine * sum }
  let angle = arctangent(square.squareRoot())
  return 2 / Double.pi * (angle + sine * cosineSquare.squareRoot() * sum)
}
