import Plots

extension ASCIIPlotter {
  private static let fills = Array("#=o*+x@%&")

  /// Bars from left to right, their values in a column at the end, and their legend.
  func chart(_ bars: Bars, in plot: Plot) -> [String] {
    let (scene, numbers, axis) = layout(bars, in: plot)
    let gutter = axis.start - 1
    var lines = ASCIIText.wrapped(ASCIIText.spelled(plot.x.label), to: width)
    if let sentence = scene.sentence {
      let blank = ASCIIText.blanks(gutter) + " |"
      lines += [blank, blank + "   " + sentence, blank]
    }
    for (index, group) in scene.groups.enumerated() {
      if index > 0, scene.seriesNames.count > 1 { lines.append(row(nil, "", scene, axis)) }
      for (place, bar) in group.bars.enumerated() {
        let category = place == 0 ? ASCIIText.spelled(group.category) : ""
        lines.append(row(bar, category, scene, axis) + "  " + numbers.text(bar))
      }
    }
    lines += axis.lines(label: plot.y.label, corner: axis.start, end: width)
    let names = scene.seriesNames.enumerated().compactMap { entry(Self.fill($0), $1) }
    let rules = scene.rules.compactMap { entry(":", $0.label) }
    let hasErrors = bars.series.contains { $0.errors != nil }
    let notes = (hasErrors ? ["+- gives one standard error"] : []) + scene.notes
    return lines + footer(names + rules, notes: notes + spellingNotes(plot))
  }

  /// The finest ticks whose labels stand clear of each other, beside the columns of numbers.
  private func layout(_ bars: Bars, in plot: Plot) -> (BarScene, NumberColumn, ASCIIAxis) {
    let categories = bars.categories.map { ASCIIText.spelled($0).utf8.count }.max() ?? 0
    var result: (BarScene, NumberColumn, ASCIIAxis)
    var intervals = 8
    repeat {
      let scene = BarScene(bars, in: plot, intervals: intervals)
      let numbers = NumberColumn(scene)
      let room = width - numbers.width - 3
      let gutter = min(categories, width / 3, room - 8)
      let columns = scene.scale.snapped(room - gutter)
      let axis = ASCIIAxis(scale: scene.scale, start: gutter + 1, columns: columns)
      result = (scene, numbers, axis)
      intervals -= 1
    } while !result.2.hasRoomForLabels && intervals >= 2
    return result
  }

  private func row(
    _ bar: BarScene.Bar?, _ category: String, _ scene: BarScene, _ axis: ASCIIAxis
  ) -> String {
    var cells = ASCIICanvas(columns: axis.start + axis.columns, rows: 1)
    let base = axis.column(of: scene.base)
    cells.put("|", column: base, row: 0)
    if let bar, let position = bar.end {
      let end = axis.column(of: position)
      let fill = Self.fill(bar.series)
      if end > base { cells.stroke(fill, from: (base + 1, 0), to: (end, 0)) }
      if end < base { cells.stroke(fill, from: (end, 0), to: (base - 1, 0)) }
      if bar.isCut { cells.put(position == 0 ? "<" : ">", column: end, row: 0) }
    }
    for rule in scene.rules { cells.put(":", column: axis.column(of: rule.position), row: 0) }
    let gutter = axis.start - 1
    cells.write(
      ASCIIText.leftPadded(ASCIIText.shortened(category, to: gutter), to: gutter), column: 0, row: 0
    )
    return cells[0]
  }

  private static func fill(_ series: Int) -> Character { fills[series % fills.count] }
}

/// The values and errors of all bars of a chart, each kind right-aligned.
private struct NumberColumn {
  private let values: Int
  private let errors: Int

  init(_ scene: BarScene) {
    let bars = scene.groups.flatMap(\.bars)
    values = bars.map(\.value.utf8.count).max() ?? 0
    errors = bars.compactMap(\.error?.utf8.count).max() ?? 0
  }

  var width: Int { values + (errors > 0 ? 4 + errors : 0) }

  func text(_ bar: BarScene.Bar) -> String {
    let value = ASCIIText.leftPadded(bar.value, to: values)
    return value + (bar.error.map { " +- " + ASCIIText.leftPadded($0, to: errors) } ?? "")
  }
}
