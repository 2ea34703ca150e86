extension BoltzmannMachine {
  /// Σᵢ ln p(sᵢ | all other units) of each sample, in nats; samples [sample, unit].
  ///
  /// ln p(sᵢ | rest) = −ln(1 + exp(−(2sᵢ − 1) ΔEᵢ/T)), without any Z. Its mean over exact samples
  /// is largest at the parameters and the temperature that they were drawn with. In Double; does
  /// not depend on the number of threads. Cost: two logarithms per unit and one addition per weight.
  /// Source: Besag, "Statistical analysis of non-lattice data", The Statistician 24 (1975) 179–195.
  public func logPseudoLikelihoods(
    of samples: BitMatrix, temperature: Double = 1, threads: Int = 1
  ) -> [Double] {
    precondition(temperature > 0 && temperature.isFinite, "A temperature is positive and finite.")
    return mapSamples(samples, threads: threads) { costs in
      (0..<8).map { lane in
        costs.reduce(0) { $0 - softplus(-$1[lane] / temperature) }
      }
    }
  }

  /// n ln p(sᵢ | all other units) of each sample, for one unit i drawn uniformly from the n: its
  /// mean is that of `logPseudoLikelihoods`, at an n-th of the cost.
  ///
  /// Sample m draws its unit from place (order, 0, m, 0) of the stream. Source: scikit-learn,
  /// `BernoulliRBM.score_samples`.
  public func stochasticLogPseudoLikelihoods(
    of samples: BitMatrix, temperature: Double = 1, stream: RandomStream
  ) -> [Double] {
    precondition(temperature > 0 && temperature.isFinite, "A temperature is positive and finite.")
    precondition(samples.columnCount == unitCount, "A sample has one state per unit.")
    guard unitCount > 0 else { return Array(repeating: 0, count: samples.rowCount) }
    return (0..<samples.rowCount).map { row in
      let unit = stream.index(below: unitCount, .order, step: 0, chain: row, unit: 0)
      let state = samples.row(row)
      let gap = energyGap(of: unit, in: state)
      return -Double(unitCount) * softplus((state[unit] ? -gap : gap) / temperature)
    }
  }

  /// (2sᵢ − 1) ΔEᵢ of each sample, what it costs to flip unit i: one row per sample.
  func flipCosts(of samples: BitMatrix, threads: Int) -> [[Double]] {
    mapSamples(samples, threads: threads) { costs in
      (0..<8).map { lane in costs.map { $0[lane] } }
    }
  }

  /// What `body` makes of eight samples, for all samples; it gets (2sᵢ − 1) ΔEᵢ unit by unit.
  private func mapSamples<Result: Sendable>(
    _ samples: BitMatrix, threads: Int,
    _ body: @Sendable (_ flipCosts: [SIMD8<Double>]) -> [Result]
  ) -> [Result] {
    precondition(samples.columnCount == unitCount, "A sample has one state per unit.")
    return mapBlocks(of: samples.rowCount, threads: threads) { rows in
      stride(from: rows.lowerBound, to: rows.upperBound, by: 8).flatMap { start in
        let lanes = start..<min(start + 8, rows.upperBound)
        return body(flipCosts(of: samples, lanes)).prefix(lanes.count)
      }
    }
  }

  private func flipCosts(of samples: BitMatrix, _ rows: Range<Int>) -> [SIMD8<Double>] {
    var states = [SIMD8<Double>](repeating: .zero, count: unitCount)
    for (lane, row) in rows.enumerated() {
      for unit in 0..<unitCount where samples[row, unit] { states[unit][lane] = 1 }
    }
    return (0..<unitCount).map { unit in
      var input = SIMD8<Double>.zero
      for entry in couplings.starts[unit]..<couplings.starts[unit + 1] {
        input += couplings.weights[entry] * states[Int(couplings.neighbours[entry])]
      }
      return (2 * states[unit] - 1) * (biases[unit] + input)
    }
  }
}
