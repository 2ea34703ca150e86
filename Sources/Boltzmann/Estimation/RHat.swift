/// R̂ of chains: √(var⁺/W) over halves of chains, on ranks; 1 when all halves look alike.
///
/// The larger of two values: of the ranks themselves, which sees chains in different places, and
/// of the ranks of |x − median|, which sees chains of different widths. The first and the last
/// half of a chain count as two, so that a drift shows even in a single chain. Above 1.01, chains
/// should not be averaged yet. Infinite when every half stands still, but not at one place; nil
/// with fewer than four values per chain, or when all values are equal. Chains have one length.
///
/// Source: Vehtari, Gelman, Simpson, Carpenter, Bürkner, "Rank-normalization, folding, and
/// localization: an improved R̂", Bayesian Analysis 16 (2021) 667–718, section 4 and eq. 14.
public func rHat(_ chains: [[Double]]) -> Double? {
  let halves = splitInHalves(chains)
  guard let bulk = potentialScaleReduction(rankNormalised(halves)) else { return nil }
  let values = halves.joined().sorted()
  let middle = values.count / 2
  // Halves come in pairs: the number of values is even.
  let median = (values[middle - 1] + values[middle]) / 2
  let folded = halves.map { $0.map { abs($0 - median) } }
  return max(bulk, potentialScaleReduction(rankNormalised(folded)) ?? bulk)
}

/// R̂ as `rHat`, but on the values themselves and without folding: it is at ease with normal
/// values alone. Source: Gelman, Carlin, Stern, Dunson, Vehtari, Rubin, "Bayesian Data Analysis",
/// third edition (2013), eqs. 11.1 to 11.4.
public func splitRHat(_ chains: [[Double]]) -> Double? {
  potentialScaleReduction(splitInHalves(chains))
}

/// The first and the last ⌊n/2⌋ values of each chain; none of chains of fewer than four.
private func splitInHalves(_ chains: [[Double]]) -> [[Double]] {
  guard let length = chains.first?.count, length >= 4 else { return [] }
  precondition(chains.allSatisfy { $0.count == length }, "All chains have the same length.")
  return chains.flatMap { [Array($0.prefix(length / 2)), Array($0.suffix(length / 2))] }
}

/// √(((n − 1)/n · W + B/n) / W), W the mean variance inside a chain, B/n the variance of the means.
private func potentialScaleReduction(_ chains: [[Double]]) -> Double? {
  guard let length = chains.first?.count else { return nil }
  var (means, variances) = (Moments(), Moments())
  for chain in chains {
    var moments = Moments()
    for value in chain { moments.add(value) }
    means.add(moments.mean)
    variances.add(moments.variance ?? 0)
  }
  let (within, between) = (variances.mean, means.variance ?? 0)
  if within == 0 { return between == 0 ? nil : .infinity }
  let n = Double(length)
  return (((n - 1) / n * within + between) / within).squareRoot()
}

/// Φ⁻¹((r − 3/8)/(S + 1/4)) of every value's rank r among all S; equal values share the mean of
/// their ranks.
private func rankNormalised(_ chains: [[Double]]) -> [[Double]] {
  guard let length = chains.first?.count else { return [] }
  let values = Array(chains.joined())
  let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
  var scores = [Double](repeating: 0, count: values.count)
  var start = 0
  while start < order.count {
    var end = start + 1
    while end < order.count && values[order[end]] == values[order[start]] { end += 1 }
    // The ranks start + 1 … end.
    let rank = Double(start + 1 + end) / 2
    let fraction = (rank - 0.375) / (Double(values.count) + 0.25)
    let score = inverseNormalDistribution(lowerTail: min(fraction, 1 - fraction))
    for place in order[start..<end] { scores[place] = fraction > 0.5 ? -score : score }
    start = end
  }
  return chains.indices.map { Array(scores[$0 * length..<($0 + 1) * length]) }
}
