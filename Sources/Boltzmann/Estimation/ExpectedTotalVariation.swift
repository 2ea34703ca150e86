/// ⟨TV(f, p)⟩ of the shares f of N independent draws from p, exactly: the floor below which no
/// sampler gets.
///
/// ½ Σ ⟨|X/N − p|⟩ over the cells, X binomial, each by De Moivre's closed form
/// ⟨|X − Np|⟩ = 2 v (1 − p) P(X = v), v = ⌊Np⌋ + 1; P from three Poisson probabilities. Source:
/// Diaconis, Zabell, "Closed form summation for classical distributions", Statistical Science 6
/// (1991) 284–302.
public func expectedTotalVariation(of probabilities: [Double], draws: Int) -> Double {
  precondition(draws >= 1, "Shares are those of at least one draw.")
  let count = Double(draws)
  var sum = CompensatedSum()
  for p in probabilities where p > 0 && p < 1 {
    let v = min(Int(count * p) + 1, draws)
    let mass =
      gammaDensity(Double(v), count * p) * gammaDensity(Double(draws - v), count * (1 - p))
      / gammaDensity(count, count)
    sum.add(2 * Double(v) * (1 - p) * mass)
  }
  return sum.value / (2 * count)
}
