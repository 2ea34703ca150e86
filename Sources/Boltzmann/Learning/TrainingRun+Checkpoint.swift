extension TrainingRun {
  /// After how many updates a checkpoint can be made next: after some milliseconds of work, and at
  /// the end. A function of the task alone, so that all threads agree on it.
  func nextOffer(afterUpdates updates: Int, of total: Int) -> Int {
    let weights = parameters.weights
    var products = max(batchSize, chainVisible.rows) * weights.visibleCount * weights.hiddenCount
    if exact != nil { products <<= min(weights.visibleCount, weights.hiddenCount) }
    let interval = max(1, 10_000_000 / products)
    return min((updates / interval + 1) * interval, total)
  }

  /// Whether a checkpoint can be made after so many updates, of which there was one.
  func canOffer(afterUpdates updates: Int, of total: Int) -> Bool {
    nextOffer(afterUpdates: updates - 1, of: total) == updates
  }

  /// What goes on from update to update besides the random numbers, whose place tells them.
  var stateTensors: [Tensor] {
    var tensors = [
      Tensor("weights", parameters.weights.storage),
      Tensor("visible_biases", parameters.visibleBiases),
      Tensor("hidden_biases", parameters.hiddenBiases),
    ]
    if let velocity = parameters.velocity {
      tensors += [
        Tensor("weight_velocity", velocity.weights.storage),
        Tensor("visible_velocity", velocity.visibleBiases),
        Tensor("hidden_velocity", velocity.hiddenBiases),
      ]
    }
    if let offsets { tensors.append(Tensor("hidden_offsets", offsets.hidden)) }
    if case .persistent = settings.chains {
      tensors += [
        Tensor("chain_states", drawnVisible.packedStates),
        Tensor("chain_values", drawnVisible.values),
      ]
    }
    return tensors + (tempered?.stateTensors ?? [])
  }

  /// Takes a checkpoint's state over, before any thread works.
  func restore(_ reader: CheckpointReader) throws(TrainingError) {
    try reader.fill(parameters.weights.storage, "weights")
    try reader.fill(parameters.visibleBiases, "visible_biases")
    try reader.fill(parameters.hiddenBiases, "hidden_biases")
    if let velocity = parameters.velocity {
      try reader.fill(velocity.weights.storage, "weight_velocity")
      try reader.fill(velocity.visibleBiases, "visible_velocity")
      try reader.fill(velocity.hiddenBiases, "hidden_velocity")
    }
    if let offsets { try reader.fill(offsets.hidden, "hidden_offsets") }
    if case .persistent = settings.chains {
      let states = drawnVisible.packedStates
      try reader.fill(states, "chain_states")
      for row in 0..<drawnVisible.rows { drawnVisible.setStates(row, to: states, row) }
      try reader.fill(drawnVisible.values, "chain_values")
    }
    try tempered?.restore(reader)
  }
}

extension LayerPanels {
  /// The states of all rows.
  fileprivate var packedStates: BitRows {
    let bits = BitRows(rows: rows, columns: units)
    copyStates(to: bits, count: rows)
    return bits
  }
}

extension ContrastiveDivergence {
  /// Where the update after so many others stands.
  func place(afterUpdates updates: Int, perEpoch: Int) -> UpdatePlace {
    var place = UpdatePlace()
    var left = updates
    for epoch in 0..<(updates + perEpoch - 1) / perEpoch {
      place.steps = steps.steps(inEpoch: epoch)
      place.finish(updates: min(left, perEpoch))
      left -= perEpoch
    }
    return place
  }
}
