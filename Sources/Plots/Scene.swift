/// The lines, points and rules of a plot placed in the unit square: all that a renderer draws.
package struct Scene: Sendable, Equatable {
  /// A place in the frame: (0, 0) is bottom left, (1, 1) top right.
  package struct Place: Sendable, Equatable {
    package let x: Double
    package let y: Double
  }

  /// One series inside the frame.
  package struct Layer: Sendable, Equatable {
    package let name: String
    /// Places to be joined by straight strokes; a run of one place is a dot. Gaps lie between.
    package let runs: [[Place]]
    /// Where a value was infinite: at the top (y = 1) or bottom (y = 0) of the frame.
    package let arrows: [Place]
  }

  package struct Line: Sendable, Equatable {
    package let course: Rule.Course
    /// The share of the frame's height (horizontal) or width (vertical).
    package let position: Double
    package let label: String
  }

  package let x: Scale
  package let y: Scale
  package let layers: [Layer]
  package let rules: [Line]
  /// What the frame says about data that make no ordinary picture.
  package let sentence: String?
  /// What the picture leaves out.
  package let notes: [String]

  /// Places the line, point and rule marks of `plot`; the largest numbers of tick distances are
  /// given by the room that the renderer has.
  package init(_ plot: Plot, xIntervals: Int, yIntervals: Int) {
    let curves = plot.marks.compactMap(Curve.init)
    let rules = plot.marks.compactMap { mark in
      if case .rule(let rule) = mark { rule } else { nil }
    }
    // A point stretches the axes only if both its coordinates can be shown.
    let shown = curves.flatMap(\.series.points).filter {
      Scale.canPlace($0.x, on: plot.x.scale) && Scale.canPlace($0.y, on: plot.y.scale)
    }
    let atX = rules.filter { $0.course == .vertical }.map(\.value)
    let atY = rules.filter { $0.course == .horizontal }.map(\.value)
    let x = Scale(shown.map(\.x) + atX, on: plot.x, intervals: xIntervals)
    let y = Scale(shown.map(\.y) + atY, on: plot.y, intervals: yIntervals)
    self.x = x
    self.y = y
    layers = curves.map { $0.placed(x, y) }
    self.rules = rules.compactMap { rule in
      let scale = rule.course == .vertical ? x : y
      guard let position = scale.position(of: rule.value), (0...1).contains(position) else {
        return nil
      }
      return Line(course: rule.course, position: position, label: rule.label)
    }
    sentence = curves.isEmpty && !rules.isEmpty ? nil : Self.sentence(for: shown, x, y)
    notes = LeftOut(curves.flatMap(\.series.points), x, y).notes
  }

  private static func sentence(for shown: [Series.Point], _ x: Scale, _ y: Scale) -> String? {
    guard let first = shown.first else { return "no data" }
    if shown.count == 1 { return "one point: x = \(text(first.x)), y = \(text(first.y))" }
    switch (x.basis, y.basis) {
    case (.constant(let x), .constant(let y)):
      return "all points are the same: x = \(text(x)), y = \(text(y))"
    case (_, .constant(let value)): return "all y values are \(text(value))"
    case (.constant(let value), _): return "all x values are \(text(value))"
    default: return nil
    }
  }
}

/// A series with the way it is drawn.
private struct Curve {
  let series: Series
  let isJoined: Bool

  init?(_ mark: Mark) {
    switch mark {
    case .line(let series): (self.series, isJoined) = (series, true)
    case .points(let series): (self.series, isJoined) = (series, false)
    case .bars, .histogram, .rule: return nil
    }
  }

  func placed(_ x: Scale, _ y: Scale) -> Scene.Layer {
    var unbroken: [[Scene.Place]] = [[]]
    var arrows: [Scene.Place] = []
    for point in series.points {
      let across = x.position(of: point.x)
      if let across, let up = y.position(of: point.y) {
        unbroken[unbroken.count - 1].append(Scene.Place(x: across, y: up))
        if !isJoined { unbroken.append([]) }
        continue
      }
      unbroken.append([])
      if let across, (0...1).contains(across), abs(point.y) > 1e300 {
        arrows.append(Scene.Place(x: across, y: point.y < 0 ? 0 : 1))
      }
    }
    return Scene.Layer(name: series.name, runs: unbroken.flatMap(clipped), arrows: arrows)
  }

  /// The parts of a run that lie in the unit square.
  private func clipped(_ run: [Scene.Place]) -> [[Scene.Place]] {
    if run.count < 2 {
      return run.filter { (0...1).contains($0.x) && (0...1).contains($0.y) }.map { [$0] }
    }
    var parts: [[Scene.Place]] = []
    for (start, end) in zip(run, run.dropFirst()) {
      guard let stroke = clippedStroke(start, end) else { continue }
      if let last = parts.last?.last, last == stroke.start {
        parts[parts.count - 1].append(stroke.end)
      } else {
        parts.append([stroke.start, stroke.end])
      }
    }
    return parts
  }

  /// The part of a stroke inside the unit square, by Liang and Barsky (1984).
  private func clippedStroke(
    _ start: Scene.Place, _ end: Scene.Place
  ) -> (start: Scene.Place, end: Scene.Place)? {
    let dx = end.x - start.x
    let dy = end.y - start.y
    var (enters, leaves) = (0.0, 1.0)
    for (outward, room) in [(-dx, start.x), (dx, 1 - start.x), (-dy, start.y), (dy, 1 - start.y)] {
      if outward == 0 {
        if room < 0 { return nil }
      } else if outward < 0 {
        enters = max(enters, room / outward)
      } else {
        leaves = min(leaves, room / outward)
      }
    }
    guard enters <= leaves else { return nil }
    func place(_ share: Double) -> Scene.Place {
      let x = min(max(start.x + share * dx, 0), 1)
      return Scene.Place(x: x, y: min(max(start.y + share * dy, 0), 1))
    }
    return (enters == 0 ? start : place(enters), leaves == 1 ? end : place(leaves))
  }
}
