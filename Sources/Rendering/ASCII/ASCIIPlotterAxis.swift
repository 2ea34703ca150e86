import Plots

/// A horizontal axis: a rule with ticks, their labels, and what is measured.
struct ASCIIAxis {
  let scale: Scale
  /// The column of the lower end of the domain.
  let start: Int
  /// How many columns the domain covers, both ends included.
  let columns: Int

  func column(of position: Double) -> Int {
    start + Int((position * Double(columns - 1)).rounded())
  }

  private var marks: [(column: Int, label: String)] {
    scale.ticks.map { (column(of: scale.position(of: $0)), $0.label) }
  }

  /// Whether all tick labels stand clear of each other.
  var hasRoomForLabels: Bool {
    zip(marks, marks.dropFirst()).allSatisfy { left, right in
      right.column - left.column >= (left.label.utf8.count + right.label.utf8.count) / 2 + 2
    }
  }

  /// The rule, which begins with a corner at column `corner`; under it tick labels and `label`,
  /// which stay left of column `end`.
  func lines(label: String, corner: Int, end: Int) -> [String] {
    var rule = ASCIICanvas(columns: start + columns, rows: 1)
    var labels = ASCIICanvas(columns: end, rows: 1)
    for column in corner..<(start + columns) { rule.put("-", column: column, row: 0) }
    rule.put("+", column: corner, row: 0)
    var used = -1
    for mark in marks {
      rule.put("+", column: mark.column, row: 0)
      let width = mark.label.utf8.count
      let column = max(0, min(mark.column - width / 2, end - width))
      if column > used {
        labels.write(mark.label, column: column, row: 0)
        used = column + width
      }
    }
    let words = ASCIIText.wrapped(withUnit(label, of: scale), to: columns).map {
      ASCIIText.centred($0, start: start, width: columns, end: end)
    }
    return [rule[0], labels[0]] + words
  }
}

/// An axis label, with the power of ten that its tick labels leave out.
func withUnit(_ label: String, of scale: Scale) -> String {
  let text = ASCIIText.spelled(label)
  if scale.exponent == 0 { return text }
  let unit = "ticks times 10^\(scale.exponent)"
  return text.isEmpty ? unit : "\(text); \(unit)"
}

extension Scale {
  /// `room` cells, or the few less that put every tick on the middle of a cell.
  func snapped(_ room: Int) -> Int {
    let count = ticks.count - 1
    let isEven = ticks.enumerated().allSatisfy { index, tick in
      abs(position(of: tick) * Double(count) - Double(index)) < 1e-9
    }
    return isEven && room > count ? (room - 1) / count * count + 1 : room
  }
}
