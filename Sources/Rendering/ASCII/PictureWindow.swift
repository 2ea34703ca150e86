internal import Plots

/// Where in the lines of a picture its curves are drawn, and what each place there stands for.
struct PictureWindow {
  /// Lines and columns from 0.
  let lines: Range<Int>
  let columns: Range<Int>
  private let x: Scale
  private let y: Scale

  init(lines: Range<Int>, columns: Range<Int>, x: Scale, y: Scale) {
    (self.lines, self.columns, self.x, self.y) = (lines, columns, x, y)
  }

  /// The quantity along the x axis in the middle of a column.
  func x(at column: Int) -> Double {
    x.value(at: Double(column - columns.lowerBound) / Double(max(1, columns.count - 1)))
  }

  /// The quantity along the y axis in the middle of a line.
  func y(at line: Int) -> Double {
    y.value(at: Double(lines.upperBound - 1 - line) / Double(max(1, lines.count - 1)))
  }
}

extension Scale {
  /// The value at a position, by halving the domain: good to what a picture can show.
  fileprivate func value(at position: Double) -> Double {
    var (low, high) = (domain.lowerBound, domain.upperBound)
    if position <= 0 { return low }
    if position >= 1 { return high }
    for _ in 0..<60 {
      let middle = low / 2 + high / 2
      if (self.position(of: middle) ?? 0) < position { low = middle } else { high = middle }
    }
    return low / 2 + high / 2
  }
}
