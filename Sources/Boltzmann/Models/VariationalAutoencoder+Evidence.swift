extension VariationalAutoencoder {
  /// E_q[ln p(v | z)] − KL(q(z | v) ‖ N(0, 1)) = ln p(v) − KL(q(z | v) ‖ p(z | v)) of each row, in
  /// nats; at most 2 latent units.
  ///
  /// Trapezoidal sums from −7 to 7 in the noise of q. Their error falls exponentially with 1/step;
  /// with a step of ¾ it is some 10⁻⁵ nats for a decoder that is not steep, with ¼ below 10⁻⁹. Cost:
  /// (14/step)^latent decoded points for each row.
  public func bounds(
    of data: BitMatrix, step: Double = 0.75, threads: Int = 1
  ) -> [Double] {
    checkIntegrated(data)
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
