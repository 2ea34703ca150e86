extension Dataset {
  /// All rows of `unitCount` bits in which an even number is on, ascending with the first bit the
  /// highest: every set of fewer bits is uniform, so only a statistic of all of them tells these
  /// data from noise.
  public static func evenParity(unitCount: Int) -> Dataset {
    precondition(unitCount >= 2 && unitCount <= 16, "Parity has 2 to 16 bits.")
    var values: [Double] = []
    for row in 0..<1 << unitCount where row.nonzeroBitCount.isMultiple(of: 2) {
      for unit in 0..<unitCount { values.append(Double(row >> (unitCount - 1 - unit) & 1)) }
    }
    return Dataset(values: values, unitCount: unitCount)
  }
}
