import Plots

extension ASCIIPlotter {
  private static let glyphs = Array("*o+x#@%&=sabcdefghijklmnpqrtuwyz")

  /// Curves, points and rules in a frame with ticks on both sides, and its legend.
  func frame(_ plot: Plot) -> [String] {
    let (scene, axis, gutter) = layout(plot)
    let canvas = drawn(scene, columns: axis.columns)
    var lines = ASCIIText.wrapped(withUnit(plot.y.label, of: scene.y), to: width)
    lines += rows(of: canvas, scene.y, gutter: gutter)
    lines += axis.lines(label: plot.x.label, corner: gutter + 1, end: width)
    let curves = scene.layers.enumerated().compactMap { index, layer in
      entry(Self.glyph(index), layer.name).map { text in
        if layer.runs.isEmpty { return text + " (nothing to draw)" }
        return canvas.isHidden(index) ? text + " (hidden by a later curve)" : text
      }
    }
    let rules = scene.rules.compactMap { entry($0.course == .horizontal ? "-" : ":", $0.label) }
    return lines
      + footer(curves + rules, notes: scene.notes + arrowNotes(scene) + spellingNotes(plot))
  }

  /// Where `draw` puts the curves of a plot; nil for a plot without a frame.
  func window(of plot: Plot) -> PictureWindow? {
    guard hasFrame(plot) else { return nil }
    let (scene, axis, _) = layout(plot)
    let title = ASCIIText.wrapped(ASCIIText.spelled(plot.title ?? ""), to: width).count
    let label = ASCIIText.wrapped(withUnit(plot.y.label, of: scene.y), to: width).count
    let first = (title == 0 ? 0 : title + 1) + label
    return PictureWindow(
      lines: first..<(first + scene.y.snapped(height)),
      columns: axis.start..<(axis.start + axis.columns), x: scene.x, y: scene.y)
  }

  /// The finest x ticks whose labels stand clear of each other.
  private func layout(_ plot: Plot) -> (Scene, ASCIIAxis, gutter: Int) {
    let yIntervals = (height - 1) / 2
    var result: (Scene, ASCIIAxis, gutter: Int)
    var xIntervals = 8
    repeat {
      let scene = Scene(plot, xIntervals: xIntervals, yIntervals: yIntervals)
      let gutter = scene.y.ticks.map(\.label.utf8.count).max() ?? 0
      let start = gutter + 3
      let overhang = (scene.x.ticks.last?.label.utf8.count ?? 0) / 2
      let columns = scene.x.snapped(width - start - overhang)
      result = (scene, ASCIIAxis(scale: scene.x, start: start, columns: columns), gutter)
      xIntervals -= 1
    } while !result.1.hasRoomForLabels && xIntervals >= 2
    return result
  }

  private func drawn(_ scene: Scene, columns: Int) -> ASCIICanvas {
    var canvas = ASCIICanvas(columns: columns, rows: scene.y.snapped(height))
    let last = canvas.rows - 1
    func row(_ y: Double) -> Int { last - Int((y * Double(last)).rounded()) }
    func column(_ x: Double) -> Int { Int((x * Double(columns - 1)).rounded()) }
    for rule in scene.rules {
      switch rule.course {
      case .horizontal:
        for column in stride(from: 0, to: columns, by: 2) {
          canvas.put("-", column: column, row: row(rule.position))
        }
      case .vertical:
        for row in 0...last { canvas.put(":", column: column(rule.position), row: row) }
      }
    }
    for (index, layer) in scene.layers.enumerated() {
      for run in layer.runs {
        let cells = run.map { (column: column($0.x), row: row($0.y)) }
        for (start, end) in zip(cells, cells.count == 1 ? cells[...] : cells.dropFirst()) {
          canvas.stroke(Self.glyph(index), from: start, to: end, owner: index)
        }
      }
      for arrow in layer.arrows {
        canvas.put(arrow.y == 0 ? "v" : "^", column: column(arrow.x), row: row(arrow.y))
      }
    }
    if let sentence = scene.sentence { write(sentence, on: &canvas) }
    return canvas
  }

  /// Writes the sentence on the first rows above the middle that the data leave free, with a row
  /// between it and the data.
  private func write(_ sentence: String, on canvas: inout ASCIICanvas) {
    let lines = ASCIIText.wrapped(sentence, to: canvas.columns)
    let starts = lines.map { (canvas.columns - $0.utf8.count) / 2 }
    let free = (0..<canvas.rows / 2).reversed().first { row in
      lines.indices.allSatisfy { index in
        let span = (starts[index] - 1)..<(starts[index] + lines[index].utf8.count + 1)
        return [row + index, row + index + 1].allSatisfy { canvas.isBlank(span, row: $0) }
      }
    }
    for (index, line) in lines.enumerated() {
      canvas.write(line, column: starts[index], row: (free ?? 0) + index)
    }
  }

  private func rows(of canvas: ASCIICanvas, _ scale: Scale, gutter: Int) -> [String] {
    var labels = Array(repeating: String?.none, count: canvas.rows)
    for tick in scale.ticks {
      let up = Int((scale.position(of: tick) * Double(canvas.rows - 1)).rounded())
      labels[canvas.rows - 1 - up] = tick.label
    }
    return labels.indices.map { row in
      let label = ASCIIText.leftPadded(labels[row] ?? "", to: gutter)
      return "\(label) \(labels[row] == nil ? "|" : "+") \(canvas[row])"
    }
  }

  private func arrowNotes(_ scene: Scene) -> [String] {
    let arrows = scene.layers.flatMap(\.arrows)
    return [
      arrows.contains { $0.y == 1 } ? "^ at the top marks a value above every number" : nil,
      arrows.contains { $0.y == 0 } ? "v at the bottom marks a value below every number" : nil,
    ].compactMap { $0 }
  }

  private static func glyph(_ index: Int) -> Character { glyphs[index % glyphs.count] }
}
