extension Dataset {
  /// The encoder problem: in row k unit k of both groups is on, and no other; `size` rows of
  /// 2 · `size` values.
  ///
  /// Source: Ackley, Hinton, Sejnowski, "A learning algorithm for Boltzmann machines", Cognitive
  /// Science 9 (1985), section 4.
  public static func encoder(size: Int) -> Dataset {
    precondition(size >= 2 && size <= 1024, "An encoder has groups of 2 to 1024 units.")
    var values = [Double](repeating: 0, count: size * 2 * size)
    for row in 0..<size {
      values[row * 2 * size + row] = 1
      values[row * 2 * size + size + row] = 1
    }
    return Dataset(values: values, unitCount: 2 * size)
  }
}
