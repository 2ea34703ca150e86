/// √Σ xᵢ².
public func euclideanNorm(_ x: [Double]) -> Double {
  var sum = CompensatedSum()
  for entry in x { sum.add(entry * entry) }
  return sum.value.squareRoot()
}

/// The angle between two vectors that are not zero, in radians: 2 arctan(|u − v| / |u + v|) of the
/// unit vectors, accurate for small angles too (Kahan 2006).
public func angle(between x: [Double], and y: [Double]) -> Double {
  precondition(x.count == y.count, "Both vectors have as many entries.")
  let (xLength, yLength) = (euclideanNorm(x), euclideanNorm(y))
  var (difference, sum) = (CompensatedSum(), CompensatedSum())
  for (one, another) in zip(x, y) {
    let (u, v) = (one / xLength, another / yLength)
    difference.add((u - v) * (u - v))
    sum.add((u + v) * (u + v))
  }
  return 2 * arctangent(difference.value.squareRoot() / sum.value.squareRoot())
}
