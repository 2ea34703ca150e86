package import Plots

/// Draws plots in printable ASCII, at most `width` columns wide and without trailing blanks.
///
/// The same plot gives the same lines everywhere: nothing is asked of the terminal. From top to
/// bottom: title, y label, frame with its ticks, x label, legend, notes on what is left out. Bars
/// run from left to right with their values at the end. A later series lies over an earlier one.
/// Labels in other scripts are spelt in ASCII, and where that is impossible shown as `?`.
package struct ASCIIPlotter: Sendable {
  let width: Int
  let height: Int

  /// A plotter for frames of at most `height` rows on lines of at most `width` columns.
  ///
  /// The frame may lose a few rows or columns, so that every tick stands in the middle of one.
  package init(width: Int = 72, height: Int = 18) {
    precondition(width >= 40, "A plot needs at least 40 columns.")
    precondition(height >= 7, "A plot needs at least 7 rows.")
    self.width = width
    self.height = height
  }

  /// The lines of the picture, without line ends.
  package func draw(_ plot: Plot) -> [String] {
    var lines = ASCIIText.wrapped(ASCIIText.spelled(plot.title ?? ""), to: width)
    if !lines.isEmpty { lines.append("") }
    let charts = plot.marks.compactMap { mark -> Bars? in
      switch mark {
      case .bars(let bars): bars
      case .histogram(let histogram): histogram.bars
      case .line, .points, .rule: nil
      }
    }
    var panels = charts.map { chart($0, in: plot) }
    if hasFrame(plot) { panels.insert(frame(plot), at: 0) }
    lines += panels.joined(separator: [""])
    return lines.map(ASCIIText.withoutTrailingBlanks)
  }

  /// Whether curves are drawn in a frame: bars and histograms have none of their own.
  func hasFrame(_ plot: Plot) -> Bool {
    var hasBars = false
    for mark in plot.marks {
      switch mark {
      case .line, .points: return true
      case .bars, .histogram: hasBars = true
      case .rule: break
      }
    }
    return !hasBars
  }

  /// Legend entries side by side on as few lines as they need, then one note per line, below a
  /// blank line.
  func footer(_ entries: [String], notes: [String]) -> [String] {
    var lines: [String] = []
    for entry in entries {
      let parts = ASCIIText.wrapped(entry, to: width)
      if let last = lines.last, let only = parts.first, parts.count == 1,
        last.utf8.count + 4 + only.utf8.count <= width
      {
        lines[lines.count - 1] = last + "    " + only
      } else {
        lines += parts
      }
    }
    lines += notes.flatMap { ASCIIText.wrapped($0, to: width) }
    return lines.isEmpty ? [] : [""] + lines
  }

  /// A legend entry; nil for a series without a name.
  func entry(_ glyph: Character, _ name: String) -> String? {
    name.isEmpty ? nil : "\(glyph) \(ASCIIText.spelled(name))"
  }

  /// Says so where the author's words could not be spelt.
  func spellingNotes(_ plot: Plot) -> [String] {
    let inMarks = plot.marks.flatMap { mark in
      switch mark {
      case .line(let series), .points(let series): [series.name]
      case .bars(let bars): bars.categories + bars.series.map(\.name) + bars.notes
      case .histogram: [String]()
      case .rule(let rule): [rule.label]
      }
    }
    let words = [plot.title ?? "", plot.x.label, plot.y.label] + inMarks
    return words.contains(where: ASCIIText.isLossy)
      ? ["a ? stands for a character that ASCII lacks"] : []
  }
}
