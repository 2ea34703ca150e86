extension Dataset {
  /// Each row divided by its largest value; a row without a positive value stays as it is.
  public func scaledByRowMaximum() -> Dataset {
    let scaled = (0..<count).flatMap { sample -> [Double] in
      let largest = self[sample].max() ?? 0
      return largest > 0 ? self[sample].map { $0 / largest } : Array(self[sample])
    }
    return withValues(scaled)
  }

  /// All values divided by a number other than 0.
  public func divided(by divisor: Double) -> Dataset {
    precondition(divisor != 0 && divisor.isFinite, "A divisor is finite and not 0.")
    return withValues(values.map { $0 / divisor })
  }

  /// Each unit minus its mean over the rows, divided by its standard deviation (of the rows
  /// themselves, not corrected); a constant unit becomes 0.
  public func standardized() -> Dataset {
    var standard = values
    for unit in 0..<unitCount {
      let places = stride(from: unit, to: values.count, by: unitCount)
      let mean = sum(places.lazy.map { values[$0] }) / Double(count)
      let variance = sum(places.lazy.map { (values[$0] - mean) * (values[$0] - mean) })
      let deviation = (variance / Double(count)).squareRoot()
      for place in places {
        standard[place] = deviation > 0 ? (values[place] - mean) / deviation : 0
      }
    }
    return withValues(standard)
  }

  /// 1 where a value exceeds the threshold, else 0.
  public func binarized(above threshold: Double) -> Dataset {
    withValues(values.map { $0 > threshold ? 1 : 0 })
  }

  /// 1 with the value itself as probability, else 0: of purpose `data`, step 0, chain = row.
  public func binarizedByDrawing(_ stream: RandomStream) -> Dataset {
    precondition(values.allSatisfy { (0...1).contains($0) }, "Probabilities go from 0 to 1.")
    return withValues(
      values.indices.map { place in
        let word = stream.word(.data, step: 0, chain: place / unitCount, unit: place % unitCount)
        return Double(word) * 0x1p-32 < values[place] ? 1 : 0
      })
  }

  /// 1 − value: what was light is dark.
  public func inverted() -> Dataset { withValues(values.map { 1 - $0 }) }

  private func sum(_ values: some Sequence<Double>) -> Double {
    var sum = CompensatedSum()
    for value in values { sum.add(value) }
    return sum.value
  }

  private func withValues(_ values: [Double]) -> Dataset {
    Dataset(values: values, unitCount: unitCount, labels: labels, imageShape: imageShape)
  }
}
