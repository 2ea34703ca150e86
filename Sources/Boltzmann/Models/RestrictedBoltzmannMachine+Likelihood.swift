extension RestrictedBoltzmannMachine {
  /// F(v) of each sample in Double, in nats; see `freeEnergy`.
  ///
  /// Does not depend on the number of threads. Cost: visible × hidden additions per sample.
  public func freeEnergies(of data: VisibleData, threads: Int = 1) -> [Double] {
    let layers = DoubleLayers(self)
    return mapBlocks(of: data.count, threads: threads) { rows in
      rows.map { row in
        let visible = data.values(row)
        return layers.hiddenFields(visible).reduce(layers.visibleEnergy(visible)) {
          $0 - softplus($1)
        }
      }
    }
  }

  /// The mean over the samples of ln p(v) = −F(v) − ln Z, exact, in nats; the density of Gaussian
  /// units.
  ///
  /// Cost: that of `logPartitionFunction` and `freeEnergies`.
  public func meanLogLikelihood(
    of data: VisibleData, threads: Int = 1, kernels: Kernels = .standard
  ) throws(EnumerationLimit) -> Double {
    let logZ = try logPartitionFunction(threads: threads, kernels: kernels)
    return 0 - meanFreeEnergy(of: data, threads: threads) - logZ
  }

  /// The mean over the samples of F(v).
  ///
  /// Its difference between samples that were learned from and others needs no Z, and grows with
  /// overfitting. Source: Hinton, "A practical guide to training restricted Boltzmann machines",
  /// 2010, section 6.
  public func meanFreeEnergy(of data: VisibleData, threads: Int = 1) -> Double {
    var sum = CompensatedSum()
    for energy in freeEnergies(of: data, threads: threads) { sum.add(energy) }
    return sum.value / Double(data.count)
  }
}

/// The parameters of a restricted machine in Double.
struct DoubleLayers: Sendable {
  let units: VisibleUnits
  /// [visible][hidden].
  let weights: [[Double]]
  let visibleBiases: [Double]
  let hiddenBiases: [Double]

  init(_ machine: RestrictedBoltzmannMachine) {
    units = machine.visibleUnits
    weights = (0..<machine.visibleCount).map { machine.weights.row($0).map(Double.init) }
    visibleBiases = machine.visibleBiases.map(Double.init)
    hiddenBiases = machine.hiddenBiases.map(Double.init)
  }

  /// cⱼ + Σᵢ vᵢ wᵢⱼ, i ascending.
  func hiddenFields(_ visible: [Double]) -> [Double] {
    precondition(visible.count == visibleBiases.count, "Unit counts differ.")
    var fields = hiddenBiases
    for (i, value) in visible.enumerated() where value != 0 {
      for (j, weight) in weights[i].enumerated() { fields[j] += value * weight }
    }
    return fields
  }

  /// What the visible units have by themselves: −b·v, or ½ Σ (vᵢ − bᵢ)².
  func visibleEnergy(_ visible: [Double]) -> Double {
    zip(visible, visibleBiases).reduce(0) { energy, unit in
      switch units {
      case .binary: energy - unit.0 * unit.1
      case .gaussian: energy + 0.5 * (unit.0 - unit.1) * (unit.0 - unit.1)
      }
    }
  }
}
