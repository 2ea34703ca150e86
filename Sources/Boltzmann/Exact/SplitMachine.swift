internal import CKernels

/// The states of a machine in three parts x, y and z of its units, given the others: with P, Q, R
/// for the pairs inside and between the parts and u, v, w for single units,
///
///     Z = Σ_xz u_x w_z R_xz Σ_y P_xy v_y Q_yz
///
/// which is a matrix product: one multiplication and one addition per state, no exponential. Up to
/// 24 units are split; what the outer ones are set to changes u, v and w alone. All factors are
/// taken relative to their largest, so they lie between 0 and 1.
///
/// Source: the split in three is Williams, "A new algorithm for optimal 2-constraint satisfaction
/// and its implications", Theoretical Computer Science 348 (2005) 357–365.
struct SplitMachine: Sendable {
  /// The most units that are split.
  static let largestInnerCount = 24
  /// More than what underflow can take from the sum over the inner states, relative to their
  /// scale: 2²⁴ states of at most six factors, each wrong by less than 2⁻¹⁰⁷⁴.
  static let lost = 0x1p-1000

  /// A matrix by rows, and the logarithm of what it was divided by.
  private struct Factors: Sendable {
    var values: [Double]
    var logScale: Double
  }

  private let machine: BoltzmannMachine
  private let temperature: Double
  private let base: BitVector
  private let kernels: Kernels
  private let parts: (x: [Int], y: [Int], z: [Int])
  /// The units that are not split, the highest free ones.
  let outerUnits: [Int]
  private let p, q, r: Factors

  init(_ machine: BoltzmannMachine, temperature: Double, clamp: Clamp, kernels: Kernels) {
    let free = clamp.freeUnits(of: machine.unitCount)
    let inner = min(free.count, Self.largestInnerCount)
    let (first, second) = ((inner + 2) / 3, (inner + 2) / 3 + inner / 3)
    let parts = (
      x: Array(free[..<first]), y: Array(free[first..<second]), z: Array(free[second..<inner])
    )
    var base = BitVector(zeros: machine.unitCount)
    clamp.apply(to: &base)
    func factors(_ rows: [Int], _ columns: [Int]) -> Factors {
      Self.normalized(Self.pairTable(rows, columns, machine.couplings, temperature), kernels)
    }
    (self.machine, self.temperature, self.kernels) = (machine, temperature, kernels)
    (self.parts, self.base, outerUnits) = (parts, base, Array(free[inner...]))
    p = factors(parts.x, parts.y)
    q = factors(parts.y, parts.z)
    let turned = factors(parts.z, parts.x)
    r = Factors(
      values: Self.transposed(turned.values, rows: 1 << parts.z.count),
      logScale: turned.logScale)
  }

  /// Z over the states with the outer units at state number `outer`, and what underflow may have
  /// taken: two sums.
  func total(outer: Int) -> ScaledSums {
    let single = singles(outer)
    let c = product(p.values, scaled(q.values, byRows: single.v), inner: parts.y.count)
    let weighted = scaled(r.values, byRows: single.u, columns: single.w)
    return ScaledSums(
      logScale: single.logScale, values: [Self.dot(weighted, c, single.u.count), Self.lost])
  }

  /// Z, what underflow may have taken, then Z times the probability that units i and j are both on,
  /// for all i ≤ j of the machine, row by row.
  func moments(outer: Int) -> ScaledSums {
    let single = singles(outer)
    let (x, y, z) = parts
    let weightedQ = scaled(q.values, byRows: single.v)
    let c = product(p.values, weightedQ, inner: y.count)
    let weightedR = scaled(r.values, byRows: single.u, columns: single.w)
    let overXZ = zip(weightedR, c).map { $0 * $1 }
    let turnedQ = Self.transposed(weightedQ, rows: 1 << y.count)
    let overXY = zip(p.values, product(weightedR, turnedQ, inner: z.count)).map { $0 * $1 }
    let turnedP = Self.transposed(p.values, rows: 1 << x.count)
    let overYZ = zip(weightedQ, product(turnedP, weightedR, inner: x.count)).map { $0 * $1 }
    var table = MomentTable(unitCount: machine.unitCount)
    // The units of the columns are the low bits of a place.
    table.add(overXY, of: y + x)
    table.add(overYZ, of: z + y)
    table.add(overXZ, of: z + x)
    let outerState = state(outer)
    let held = (0..<machine.unitCount).filter { outerState[$0] && !(x + y + z).contains($0) }
    let total = Self.dot(weightedR, c, single.u.count)
    table.add(held, total: total)
    return ScaledSums(logScale: single.logScale, values: [total, Self.lost] + table.values)
  }

  private func state(_ outer: Int) -> BitVector {
    var state = base
    for (bit, unit) in outerUnits.enumerated() where outer >> bit & 1 == 1 { state[unit] = true }
    return state
  }

  /// u, v and w, and the logarithm of everything that the factors were divided by.
  private func singles(
    _ outer: Int
  ) -> (u: [Double], v: [Double], w: [Double], logScale: Double) {
    let state = state(outer)
    let factors = [parts.x, parts.y, parts.z].map { units in
      var sums = [0.0]
      for unit in units {
        let field = machine.energyGap(of: unit, in: state) / temperature
        sums += sums.map { $0 + field }
      }
      return Self.normalized(sums, kernels)
    }
    var logScale = 0 - machine.energy(of: state) / temperature
    for factor in [p, q, r] + factors { logScale += factor.logScale }
    return (factors[0].values, factors[1].values, factors[2].values, logScale)
  }
}

extension SplitMachine {
  /// Σ w_ij s_i s_j / T over the pairs inside the rows' units and between them and the columns'.
  ///
  /// Unit by unit: a row with unit i on is the row without it, plus the field of i there.
  private static func pairTable(
    _ rows: [Int], _ columns: [Int], _ couplings: Couplings, _ temperature: Double
  ) -> [Double] {
    let width = 1 << columns.count
    var table = [Double](repeating: 0, count: width << rows.count)
    for (bit, unit) in rows.enumerated() {
      var across = [0.0]
      for column in columns {
        let weight = couplings[unit, column] / temperature
        across += across.map { $0 + weight }
      }
      var inside = [0.0]
      for lower in rows[..<bit] {
        let weight = couplings[unit, lower] / temperature
        inside += inside.map { $0 + weight }
      }
      for row in 0..<inside.count {
        let (from, to) = (row * width, (row + inside.count) * width)
        for column in 0..<width {
          table[to + column] = table[from + column] + (inside[row] + across[column])
        }
      }
    }
    return table
  }

  private static func normalized(_ logarithms: [Double], _ kernels: Kernels) -> Factors {
    let largest = logarithms.max() ?? 0
    let below = logarithms.map { $0 - largest }
    var values = [Double](repeating: 0, count: below.count)
    unsafe kernels.elementwise.exponential_double(&values, below, below.count)
    return Factors(values: values, logScale: largest)
  }

  private static func transposed(_ matrix: [Double], rows: Int) -> [Double] {
    let columns = matrix.count / rows
    var result = matrix
    for row in 0..<rows {
      for column in 0..<columns { result[column * rows + row] = matrix[row * columns + column] }
    }
    return result
  }

  private func scaled(
    _ matrix: [Double], byRows rows: [Double], columns: [Double]? = nil
  ) -> [Double] {
    var result = matrix
    let width = matrix.count / rows.count
    for (row, factor) in rows.enumerated() {
      for column in row * width..<(row + 1) * width { result[column] *= factor }
      guard let columns else { continue }
      for (column, factor) in columns.enumerated() { result[row * width + column] *= factor }
    }
    return result
  }

  /// The product of two matrices whose inner dimension is the states of `inner` units.
  private func product(_ a: [Double], _ b: [Double], inner: Int) -> [Double] {
    let (rows, columns) = (a.count >> inner, b.count >> inner)
    var out = [Double](repeating: 0, count: rows * columns)
    unsafe kernels.enumeration.product(&out, a, b, rows, 1 << inner, columns)
    return out
  }

  /// Σ a b, row by row and then the rows: no sum has more terms than a row or a column.
  private static func dot(_ a: [Double], _ b: [Double], _ rows: Int) -> Double {
    let width = a.count / rows
    var total = 0.0
    for start in stride(from: 0, to: a.count, by: width) {
      var sum = 0.0
      for index in start..<start + width { sum += a[index] * b[index] }
      total += sum
    }
    return total
  }
}
