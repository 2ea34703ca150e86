extension RestrictedBoltzmannMachine {
  /// ⟨v⟩, ⟨h⟩ and ⟨v hᵀ⟩ with v from the samples and h given v, in Double.
  public func statistics(given data: VisibleData) -> LayerStatistics {
    let layers = DoubleLayers(self)
    var means = LayerStatistics(visibleCount: visibleCount, hiddenCount: hiddenCount)
    let weight = 1 / Double(data.count)
    for row in 0..<data.count {
      let visible = data.values(row)
      means.add(
        visible: visible, hidden: layers.hiddenFields(visible).map(logistic), weight: weight)
    }
    return means
  }

  /// ⟨v⟩, ⟨h⟩ and ⟨v hᵀ⟩ of the model, exact: the states of the smaller layer are enumerated.
  ///
  /// In Double, independent of threads and kernels. Cost: 2 to the power of the smaller layer's
  /// units, times visible × hidden / 2 additions.
  public func modelStatistics(
    threads: Int = 1, kernels: Kernels = .standard
  ) throws(EnumerationLimit) -> LayerStatistics {
    let layer = try EnumeratedLayer(self, kernels: kernels)
    let means = layer.means(threads: threads)
    if layer.isVisible {
      return LayerStatistics(visible: means.own, hidden: means.others, products: means.products)
    }
    let (visible, hidden) = (visibleCount, hiddenCount)
    let products = (0..<visible * hidden).map { place in
      means.products[place % hidden * visible + place / hidden]
    }
    return LayerStatistics(visible: means.others, hidden: means.own, products: products)
  }

  /// The gradient of the mean log-likelihood of the samples, exact: ⟨v hᵀ⟩ given the data minus
  /// ⟨v hᵀ⟩ of the model, and the same for the biases.
  public func logLikelihoodGradient(
    on data: VisibleData, threads: Int = 1, kernels: Kernels = .standard
  ) throws(EnumerationLimit) -> LayerStatistics {
    try statistics(given: data) - modelStatistics(threads: threads, kernels: kernels)
  }
}

extension VisibleData {
  /// A sample in Double.
  package func values(_ row: Int) -> [Double] {
    switch self {
    case .binary(let bits): (0..<bits.columnCount).map { bits.storage[row, $0] ? 1 : 0 }
    case .real(let values): values.row(row).map(Double.init)
    }
  }
}
