extension DeepBeliefNet {
  /// What draws of the hidden units say of p(v), as means over rows of data, without ln Z, in nats.
  public struct DrawnBound: Sendable, Hashable {
    /// The variational bound of ln p(v) + ln Z, with its error from the draws.
    public let bound: MonteCarloEstimate
    /// The entropy of q, which is a part of the bound.
    public let entropy: MonteCarloEstimate
    /// ln of the mean of p*(v, x)/q(x | v) over the draws of a row: on average below ln p(v) + ln Z
    /// too, but the closer, the more draws there are.
    public let importance: Double
  }

  /// The variational bound by drawing the hidden units on the way up, at least two draws a row.
  ///
  /// Given a draw, ln p of each layer given the next, and the entropy of each layer given the one
  /// below, are exact; without layers below the top machine nothing is drawn. In Double; the result
  /// does not depend on the number of threads. Draw d of row r draws layer l under number
  /// d · (layers below the top) + l of purpose `layer`, chain r. Cost for each draw: that of a way up and down. Sources:
  /// Salakhutdinov & Murray, "On the quantitative analysis of deep belief networks", ICML 2008,
  /// section 5; of the importance weights: Burda, Grosse, Salakhutdinov, "Importance weighted
  /// autoencoders", ICLR 2016.
  public func drawnBound(
    of data: BitMatrix, draws: Int, stream: RandomStream, threads: Int = 1
  ) -> DrawnBound {
    precondition(data.columnCount == visibleCount && data.rowCount > 0, "Data fit the net.")
    precondition(draws >= 2, "An error takes at least two draws.")
    let ways = layers.map { (up: AffineLayer($0.up), down: AffineLayer($0.down)) }
    let top = DoubleTop(self)
    let rows = mapBlocks(of: data.rowCount, threads: threads) { rows in
      rows.map { row in
        let visible = (0..<data.columnCount).map { data[row, $0] ? 1.0 : 0 }
        if layers.isEmpty { return DrawnRow(exact: top.logWeight(visible)) }
        var result = DrawnRow()
        for draw in 0..<draws {
          result.add(
            way(up: visible, ways, top) { layer, unit, probability in
              stream.bernoulli(
                probability, .layer, step: draw * layers.count + layer, chain: row,
                unit: unit)
            })
        }
        return result
      }
    }
    func mean(_ value: (DrawnRow) -> Double) -> Double {
      var sum = CompensatedSum()
      for row in rows { sum.add(value(row)) }
      return sum.value / Double(rows.count)
    }
    func estimate(_ moments: (DrawnRow) -> Moments) -> MonteCarloEstimate {
      let variance = mean { moments($0).variance.map { $0 / Double(draws) } ?? 0 }
      return MonteCarloEstimate(
        mean: mean { moments($0).mean },
        standardError: (variance / Double(rows.count)).squareRoot())
    }
    return DrawnBound(
      bound: estimate(\.bounds), entropy: estimate(\.entropies),
      importance: mean {
        logarithmOfSum($0.logWeights) - naturalLogarithm(Double($0.logWeights.count))
      })
  }

  /// One draw of all hidden layers given a row.
  private func way(
    up visible: [Double], _ ways: [(up: AffineLayer, down: AffineLayer)],
    _ top: DoubleTop, isOn: (_ layer: Int, _ unit: Int, _ probability: Double) -> Bool
  ) -> DrawnWay {
    var way = DrawnWay()
    var lower = visible
    for (index, layer) in ways.enumerated() {
      let fields = layer.up.outputs(of: lower)
      let upper = fields.enumerated().map { isOn(index, $0.offset, logistic($0.element)) ? 1.0 : 0 }
      for (field, state) in zip(fields, upper) {
        way.entropy += softplus(field) - field * logistic(field)
        way.logQ += state * field - softplus(field)
      }
      way.logP += zip(layer.down.outputs(of: upper), lower).reduce(0) {
        $0 + $1.1 * $1.0 - softplus($1.0)
      }
      lower = upper
    }
    way.logP += top.logWeight(lower)
    return way
  }
}

/// ln p*(v, x), ln q(x | v) and the entropy of q of one draw of x.
private struct DrawnWay {
  var logP = 0.0
  var logQ = 0.0
  var entropy = 0.0
}

/// The draws of a row.
private struct DrawnRow {
  var bounds = Moments()
  var entropies = Moments()
  var logWeights: [Double] = []

  init() {}

  init(exact logWeight: Double) {
    bounds.add(logWeight)
    entropies.add(0)
    logWeights = [logWeight]
  }

  mutating func add(_ way: DrawnWay) {
    bounds.add(way.logP + way.entropy)
    entropies.add(way.entropy)
    logWeights.append(way.logP - way.logQ)
  }
}
