extension MonteCarloEstimate {
  /// mean ± √(variance of batch means / number of batches), for correlated values.
  ///
  /// A batch is `batchLength` values of one chain on end, ⌊√n⌋ where nothing is said; values after
  /// the last whole batch count in the mean alone. Batches must be much longer than τ to be as good
  /// as independent: where that is in doubt, compare with another length. No error when there are
  /// fewer than two batches. Source: Flegal & Jones, "Batch means and spectral variance estimators
  /// in Markov chain Monte Carlo", Annals of Statistics 38 (2010) 1034–1070, section 2.
  public init(batchMeansOf chains: [[Double]], batchLength: Int? = nil) {
    let length = chains.first?.count ?? 0
    precondition(chains.allSatisfy { $0.count == length }, "All chains have the same length.")
    let batch = batchLength ?? max(Int(Double(length).squareRoot()), 1)
    precondition(batch >= 1, "A batch has at least one value.")
    var (means, all) = (Moments(), CompensatedSum())
    for chain in chains {
      for value in chain { all.add(value) }
      for start in stride(from: 0, through: length - batch, by: batch) {
        var sum = CompensatedSum()
        for value in chain[start..<start + batch] { sum.add(value) }
        means.add(sum.value / Double(batch))
      }
    }
    let count = chains.count * length
    self.init(
      mean: count == 0 ? 0 : all.value / Double(count),
      standardError: MonteCarloEstimate(means).standardError)
  }
}
