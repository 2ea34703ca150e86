/// sums[s] becomes Σ of the old sums over all states t in which every unit that is on in s is on:
/// of a distribution over 2ᵏ states, the probability that all units of s are on.
///
/// Cost: k/2 additions per state.
func sumOverSupersets(_ sums: inout [Double]) {
  var half = 1
  while half < sums.count {
    for start in stride(from: 0, to: sums.count, by: 2 * half) {
      for index in start..<start + half { sums[index] += sums[index + half] }
    }
    half *= 2
  }
}
