/// The eigenvalues of a matrix with zeros below its first subdiagonal, by the QR algorithm with
/// Wilkinson's shift, in complex arithmetic.
///
/// rows[i][j]; about 10 n³ complex multiplications. The error of an eigenvalue is about 10⁻¹⁵ of
/// the matrix, times its condition. Source: Golub & Van Loan, Matrix Computations (4th ed. 2013),
/// section 7.5.
func eigenvalues(ofHessenberg rows: [[Double]]) -> [Complex] {
  var h = rows.map { $0.map { Complex($0) } }
  var values: [Complex] = []
  var last = h.count - 1
  var sweeps = 0
  while last >= 0 {
    var first = last
    while first > 0 && !isNegligible(h, first) { first -= 1 }
    if first > 0 { h[first][first - 1] = Complex(0) }
    if first == last {
      values.append(h[last][last])
      last -= 1
      sweeps = 0
      continue
    }
    sweeps += 1
    // Once in a while another shift, lest the same steps return for ever.
    let shift =
      sweeps.isMultiple(of: 10)
      ? Complex(h[last][last].real + h[last][last - 1].modulus) : wilkinsonShift(h, last)
    iterate(&h, from: first, through: last, shift: shift)
  }
  return values
}

private func isNegligible(_ h: [[Complex]], _ row: Int) -> Bool {
  let scale = h[row][row].modulus + h[row - 1][row - 1].modulus
  // The smallest numbers stand for a scale of zero.
  return h[row][row - 1].modulus <= max(0x1p-53 * scale, 0x1p-1000)
}

/// The eigenvalue of the last 2 × 2 block that is nearer to its last entry.
private func wilkinsonShift(_ h: [[Complex]], _ last: Int) -> Complex {
  let (a, b) = (h[last - 1][last - 1], h[last - 1][last])
  let (c, d) = (h[last][last - 1], h[last][last])
  let half = 0.5 * (a - d)
  let root = (half * half + b * c).squareRoot
  let mean = 0.5 * (a + d)
  let (one, other) = (mean + root, mean - root)
  return (one - d).modulus < (other - d).modulus ? one : other
}

/// H ← R Q + σ with Q R = H − σ, on the block from `first` through `last`.
private func iterate(
  _ h: inout [[Complex]], from first: Int, through last: Int, shift: Complex
) {
  for row in first...last { h[row][row] = h[row][row] - shift }
  var rotations: [(cosine: Complex, sine: Complex)] = []
  for row in first..<last {
    let (x, y) = (h[row][row], h[row + 1][row])
    let (p, q) = (x.modulus, y.modulus)
    let size = Complex(p, q).modulus
    let (cosine, sine) =
      size == 0 ? (Complex(1), Complex(0)) : ((1 / size) * x, (1 / size) * y)
    rotations.append((cosine, sine))
    for column in row...last {
      let (upper, lower) = (h[row][column], h[row + 1][column])
      h[row][column] = cosine.conjugate * upper + sine.conjugate * lower
      h[row + 1][column] = cosine * lower - sine * upper
    }
  }
  for (offset, rotation) in rotations.enumerated() {
    let column = first + offset
    for row in first...min(column + 1, last) {
      let (left, right) = (h[row][column], h[row][column + 1])
      h[row][column] = left * rotation.cosine + right * rotation.sine
      h[row][column + 1] =
        right * rotation.cosine.conjugate - left * rotation.sine.conjugate
    }
  }
  for row in first...last { h[row][row] = h[row][row] + shift }
}
