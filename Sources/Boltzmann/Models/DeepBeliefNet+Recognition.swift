extension DeepBeliefNet {
  /// The way up with probabilities in the place of states: the inputs of the top machine,
  /// [sample, unit].
  public func inputs(given data: VisibleData, kernels: Kernels = .standard) -> VisibleData {
    layers.reduce(data) { lower, layer in .real(layer.up.means(given: lower, kernels: kernels)) }
  }

  /// p(label | v) for each row, [row][label], by the free energy of the top machine with each label,
  /// its inputs being the probabilities of the way up.
  ///
  /// Exact for a net of one machine; for others, the way up takes the place of the posterior and
  /// probabilities that of states. Cost for each row: a way up, and labels times hidden units
  /// softplus. Source: Hinton, Osindero, Teh 2006, section 6.2.
  public func labelProbabilities(
    given data: VisibleData, threads: Int = 1, kernels: Kernels = .standard
  ) -> [[Double]] {
    precondition(labelCount > 0, "The net has labels.")
    precondition(data.unitCount == visibleCount, "Unit counts differ.")
    let inputs = inputs(given: data, kernels: kernels)
    let top = DoubleTop(self)
    return mapBlocks(of: data.count, threads: threads) { rows in
      rows.map { normalized(top.logWeights(inputs.values($0))) }
    }
  }

  /// What each unit of a layer looks for in the data, [unit, visible]: its generative weights times
  /// those of all layers below, without biases. Layer 1 is the lowest hidden one.
  ///
  /// Source: Lee, Ekanadham, Ng, "Sparse deep belief net model for visual area V2", NIPS 2007,
  /// section 5.
  public func features(ofLayer layer: Int) -> Matrix {
    precondition(layer >= 1 && layer <= layers.count + 1, "There is no such layer.")
    var features =
      layer <= layers.count
      ? layers[layer - 1].down.weights
      : Matrix(rows: top.hiddenCount, columns: topInputCount) { top.weights[$1, $0] }
    for lower in layers[..<min(layer - 1, layers.count)].reversed() {
      let upper = features
      let weights = lower.down.weights
      features = Matrix(rows: upper.rowCount, columns: weights.columnCount) { unit, column in
        (0..<weights.rowCount).reduce(0) { $0 + upper[unit, $1] * weights[$1, column] }
      }
    }
    return features
  }

  /// The visible units' probabilities after the way up to the top machine's hidden units and the way
  /// down again, with probabilities in the place of states; labels have theirs given the inputs.
  public func reconstructions(of data: VisibleData, kernels: Kernels = .standard) -> Matrix {
    let inputs = inputs(given: data, kernels: kernels)
    let top = DoubleTop(self)
    let rows = (0..<data.count).map { row in
      let values = inputs.values(row)
      return values + (labelCount > 0 ? normalized(top.logWeights(values)) : [])
    }
    let visible = Matrix(rows: data.count, columns: self.top.visibleCount) { Float(rows[$0][$1]) }
    let hidden = self.top.hiddenProbabilities(given: .real(visible), kernels: kernels)
    let means = self.top.visibleMeans(given: hidden, kernels: kernels)
    let turned = Matrix(rows: data.count, columns: topInputCount) { means[$0, $1] }
    return layers.reversed().reduce(turned) { upper, layer in
      layer.down.means(given: .real(upper), kernels: kernels)
    }
  }
}

extension SigmoidLayer {
  /// σ(bⱼ + Σᵢ xᵢ wᵢⱼ) in Float, one row per row of inputs.
  func means(given inputs: VisibleData, kernels: Kernels) -> Matrix {
    let out = FloatRows(rows: inputs.count, columns: outputCount)
    let (bias, rows) = (FloatRows(rowOf: biases), 0..<inputs.count)
    switch inputs {
    case .binary(let bits):
      kernels.product(
        into: out, of: bits.storage, with: weights.storage, plus: bias, rows: rows)
    case .real(let values):
      kernels.product(
        into: out, of: values.storage, with: weights.storage, plus: bias, rows: rows)
    }
    kernels.logistic(out, rows: rows)
    return Matrix(out)
  }
}
