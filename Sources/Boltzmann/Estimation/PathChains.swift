/// Chains side by side that can stand at any step of a path.
protocol PathChains {
  /// The number of chains.
  var count: Int { get }
  /// ln p*_k − ln p*_{k−1} of each chain's state.
  mutating func logRatios(step k: Int) -> [Double]
  /// One sweep at β_k, k ≥ 1.
  mutating func sweep(step k: Int)
}

extension AnnealedImportanceSampling {
  /// ln w less ln Z₀ of chains that start in exact draws at β₀.
  func walkUp(_ chains: inout some PathChains) -> [Double] {
    var logWeights = [Double](repeating: 0, count: chains.count)
    for step in 1...path.stepCount {
      add(chains.logRatios(step: step), to: &logWeights)
      if step < path.stepCount { chains.sweep(step: step) }
    }
    return logWeights
  }

  /// ln w less ln Z₀ along chains that start in draws at β = 1 and walk back.
  func walkDown(_ chains: inout some PathChains) -> [Double] {
    var logWeights = [Double](repeating: 0, count: chains.count)
    for step in (1...path.stepCount).reversed() {
      add(chains.logRatios(step: step), to: &logWeights)
      if step > 1 { chains.sweep(step: step - 1) }
    }
    return logWeights
  }

  /// Takes chains from β₀ to where they count as draws at β = 1.
  func settle(_ chains: inout some PathChains) {
    for step in 1...path.stepCount { chains.sweep(step: step) }
    for _ in 0..<settlingSweeps { chains.sweep(step: path.stepCount) }
  }

  private func add(_ terms: [Double], to sums: inout [Double]) {
    for index in sums.indices { sums[index] += terms[index] }
  }
}
