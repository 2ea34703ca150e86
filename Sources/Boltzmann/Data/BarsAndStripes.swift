extension Dataset {
  /// All images of full columns (bars) or full rows (stripes): 2^(side + 1) rows, those without
  /// and with every pixel twice, so that a uniform draw is a fair choice of orientation and lines.
  ///
  /// Row k < 2^side has the columns of the bits of k on, the others the rows; label 0 means bars,
  /// label 1 stripes. Source: MacKay, Information Theory, Inference, and Learning Algorithms
  /// (2003), section 43.2.
  public static func barsAndStripes(side: Int) -> Dataset {
    precondition(side >= 1 && side <= 16, "Bars and stripes have a side of 1 to 16 pixels.")
    var values: [Double] = []
    for orientation in 0...1 {
      for lines in 0..<1 << side {
        for row in 0..<side {
          for column in 0..<side {
            let line = orientation == 0 ? column : row
            values.append(Double(lines >> line & 1))
          }
        }
      }
    }
    let half = 1 << side
    return Dataset(
      values: values, unitCount: side * side,
      labels: Array(repeating: 0, count: half) + Array(repeating: 1, count: half),
      imageShape: ImageShape(height: side, width: side))
  }
}
