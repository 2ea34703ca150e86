extension Dataset {
  /// The shifter problem: a row of bits, the same row shifted to the left, kept, or shifted to the
  /// right with wrap-around, and three units that say which; 3 · 2^width rows of 2 · width + 3.
  ///
  /// Label −1 means left, 0 kept, 1 right. Some rows look the same under two shifts. Source: Hinton
  /// and Sejnowski, "Learning and relearning in Boltzmann machines", Parallel Distributed
  /// Processing 1 (1986), chapter 7.
  public static func shifter(width: Int) -> Dataset {
    precondition(width >= 2 && width <= 12, "A shifter has 2 to 12 bits.")
    var values: [Double] = []
    var labels: [Int] = []
    for row in 0..<1 << width {
      let bits = (0..<width).map { Double(row >> (width - 1 - $0) & 1) }
      for shift in -1...1 {
        values += bits
        values += (0..<width).map { bits[($0 - shift + width) % width] }
        values += (-1...1).map { $0 == shift ? 1 : 0 }
        labels.append(shift)
      }
    }
    return Dataset(values: values, unitCount: 2 * width + 3, labels: labels)
  }
}
