extension VariationalAutoencoder {
  /// The most latent units that are integrated over.
  public static let largestIntegratedCount = 2

  /// ln p(v) = ln ∫ p(v | z) N(z; 0, 1) dz of each row, in nats; at most 2 latent units. Nil where no
  /// grid is fine enough.
  ///
  /// Trapezoidal sums in each z over [−6, 6], or as far as codes reach, with steps of 1/5, 1/10, … until
  /// halving moves no ln p(v) by a thousandth: with a posterior of standard deviation s the relative
  /// error of p(v) is about exp(−2π² s²/step²), so that of the last grid is the fourth power of what it
  /// moved. In Double, independent of the number of threads. Cost: that of the last grid, (12/step)^latent
  /// decoded points and as many sums over the pixels that are on for each row.
  public func logLikelihoods(of data: BitMatrix, threads: Int = 1) -> [Double]? {
    check(data)
    let reach = (0..<data.rowCount).reduce(6.0) { reach, row in
      let code = encoded(data.values(row))
      return zip(code.mean, code.standardDeviation).reduce(reach) { max($0, abs($1.0) + 6 * $1.1) }
    }
    var (step, coarse) = (0.2, [Double]())
    while isAffordable(step: step, reach: reach) {
      let fine = logLikelihoods(of: data, step: step, reach: reach, threads: threads)
      if zip(coarse, fine).allSatisfy({ abs($0 - $1) < 1e-3 }), !coarse.isEmpty { return fine }
      (step, coarse) = (step / 2, fine)
    }
    return data.rowCount == 0 ? [] : nil
  }

  /// Whether a grid fits some hundred MB and some seconds.
  private func isAffordable(step: Double, reach: Double) -> Bool {
    let line = 2 * reach / step + 3
    let nodes = latentCount == 1 ? line : line * line
    return nodes * Double(visibleCount) <= 0x1p24
      && nodes * Double(hiddenCount * (latentCount + visibleCount)) <= 0x1p32
  }

  /// The same with one grid.
  func logLikelihoods(
    of data: BitMatrix, step: Double, reach: Double = 6, threads: Int = 1
  ) -> [Double] {
    let nodes = Quadrature(step: step, limit: reach).nodes(dimensions: latentCount)
    let mixture = BernoulliMixture(
      mapBlocks(of: nodes.count, threads: threads) { range in
        range.map { (nodes[$0].logWeight, fields(given: nodes[$0].point)) }
      })
    return mapBlocks(of: data.rowCount, threads: threads) { rows in
      rows.map { mixture.logProbability(data.row($0)) }
    }
  }

  /// E_q[ln p(v | z)] − KL(q(z | v) ‖ N(0, 1)) = ln p(v) − KL(q(z | v) ‖ p(z | v)) of each row, in
  /// nats; at most 2 latent units.
  ///
  /// Trapezoidal sums from −7 to 7 in the noise of q. Their error falls exponentially with 1/step;
  /// with a step of ¾ it is some 10⁻⁵ nats for a decoder that is not steep, with ¼ below 10⁻⁹. Cost:
  /// (14/step)^latent decoded points for each row.
  public func bounds(
    of data: BitMatrix, step: Double = 0.75, threads: Int = 1
  ) -> [Double] {
    check(data)
    let noise = Quadrature(step: step, limit: 7).nodes(dimensions: latentCount)
    return mapBlocks(of: data.rowCount, threads: threads) { rows in
      var pass = VariationalPass(self)
      return rows.map { row in
        pass.encode(data.values(row)[...], self)
        var sum = CompensatedSum()
        for node in noise {
          pass.decode(self) { node.point[$0] }
          sum.add(exponential(node.logWeight) * pass.logProbability)
        }
        return sum.value - pass.divergence
      }
    }
  }

  private func check(_ data: BitMatrix) {
    precondition(data.columnCount == visibleCount, "Unit counts differ.")
    precondition(latentCount <= Self.largestIntegratedCount, "At most 2 units are integrated over.")
  }

  /// The mean of the bound over the rows, estimated from `draws` ≥ 2 of the noise for each row, for
  /// autoencoders of any size; draw d of row r has purpose `noise`, step d, chain r.
  ///
  /// The error is that of the drawing; the rows are taken as given.
  public func estimatedBound(
    of data: BitMatrix, draws: Int, stream: RandomStream, threads: Int = 1
  ) -> MonteCarloEstimate {
    precondition(data.columnCount == visibleCount, "Unit counts differ.")
    return .init(
      rows: mapBlocks(of: data.rowCount, threads: threads) { rows in
        var pass = VariationalPass(self)
        return rows.map { row in
          var moments = Moments()
          pass.encode(data.values(row)[...], self)
          for draw in 0..<draws {
            pass.decode(self) { stream.normal(.noise, step: draw, chain: row, unit: $0) }
            moments.add(pass.logProbability - pass.divergence)
          }
          return moments
        }
      })
  }

  /// ln p(v | z) − KL(q(z | v) ‖ N(0, 1)) for z = μ + σε with the noise ε given, and its gradient
  /// along the parameters, in the order of `layers`.
  public func boundAndGradient(
    of visible: [Double], noise: [Double]
  ) -> (bound: Double, gradient: [AffineLayer]) {
    precondition(noise.count == latentCount, "There is noise for each latent unit.")
    var pass = VariationalPass(self)
    var gradient = layers.map(\.zeros)
    pass.encode(visible[...], self)
    pass.decode(self) { noise[$0] }
    pass.addGradient(of: self, to: &gradient)
    return (pass.logProbability - pass.divergence, gradient)
  }
}

/// The trapezoidal rule for means under the standard normal distribution.
private struct Quadrature {
  let step: Double
  /// The largest |x|, rounded up to a step.
  let limit: Double

  /// The points of a grid, each with ln(step/√(2π)) − x²/2 summed over its coordinates.
  func nodes(dimensions: Int) -> [(logWeight: Double, point: [Double])] {
    precondition(step > 0, "A step is positive.")
    let count = Int((limit / step).rounded(.up))
    let constant = naturalLogarithm(step) - naturalLogarithm(2 * .pi) / 2
    let line = (-count...count).map { number -> (logWeight: Double, point: [Double]) in
      let x = Double(number) * step
      return (constant - x * x / 2, [x])
    }
    var nodes: [(logWeight: Double, point: [Double])] = [(0, [])]
    for _ in 0..<dimensions {
      nodes = nodes.flatMap { node in
        line.map { (node.logWeight + $0.logWeight, node.point + $0.point) }
      }
    }
    return nodes
  }
}
