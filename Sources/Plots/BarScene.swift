import Numerals

/// Bars with their lengths and numbers resolved: all that a renderer draws.
package struct BarScene: Sendable, Equatable {
  package struct Bar: Sendable, Equatable {
    /// The index of the bar's series.
    package let series: Int
    /// From the base line to the value, both within 0…1; nil without a value to show.
    package let end: Double?
    /// Whether the value lies beyond the end of the axis, as infinity does.
    package let isCut: Bool
    /// The value, with as many digits as all others.
    package let value: String
    /// The standard error, with as many digits as all others; nil for an exact value.
    package let error: String?
  }

  package struct Group: Sendable, Equatable {
    package let category: String
    package let bars: [Bar]
  }

  package let scale: Scale
  /// Where bars begin: at zero, or at the lower end of an axis without zero.
  package let base: Double
  package let groups: [Group]
  package let seriesNames: [String]
  /// Reference lines at a value, as positions within 0…1.
  package let rules: [Scene.Line]
  /// What the frame says when there is no bar to draw.
  package let sentence: String?
  package let notes: [String]

  /// Places `bars` along the y axis of `plot`, together with the plot's horizontal rules.
  package init(_ bars: Bars, in plot: Plot, intervals: Int) {
    let values = bars.series.flatMap(\.values)
    let errors = bars.series.flatMap { $0.errors ?? [] }
    let lines = plot.marks.compactMap { mark in
      if case .rule(let rule) = mark, rule.course == .horizontal { rule } else { nil }
    }
    // On a log axis, half of each value keeps the shortest bar from having no length.
    let bases = plot.y.scale == .log ? values.map { $0 / 2 } : values.map { _ in 0 }
    let scale = Scale(values + bases + lines.map(\.value), on: plot.y, intervals: intervals)
    let format = BarFormat(values: values, errors: errors)
    self.scale = scale
    base = scale.spread == .log ? 0 : min(max(scale.position(of: 0) ?? 0, 0), 1)
    groups = bars.categories.indices.map { category in
      let resolved = bars.series.indices.map { series in
        let one = bars.series[series]
        let (end, isCut) = Self.end(of: one.values[category], on: scale)
        return Bar(
          series: series, end: end, isCut: isCut, value: format.string(one.values[category]),
          error: one.errors.map { format.string($0[category]) })
      }
      return Group(category: bars.categories[category], bars: resolved)
    }
    seriesNames = bars.series.map(\.name)
    rules = lines.compactMap { line in
      guard let position = scale.position(of: line.value), (0...1).contains(position) else {
        return nil
      }
      return Scene.Line(course: .horizontal, position: position, label: line.label)
    }
    sentence = values.isEmpty ? "no data" : nil
    notes = bars.notes + LeftOut(values, on: scale).notes
  }

  private static func end(of value: Double, on scale: Scale) -> (Double?, isCut: Bool) {
    if value.isNaN { return (nil, false) }
    guard let position = scale.position(of: value) else {
      if abs(value) > 1e300 { return (value < 0 ? 0 : 1, true) }
      return (nil, false)
    }
    return (min(max(position, 0), 1), !(0...1).contains(position))
  }
}

/// One number format for all bars of a chart: four digits of the largest value, two of the
/// largest error, no fraction where everything is whole, and never more than nine digits.
private struct BarFormat {
  private let format: NumberFormat

  init(values: [Double], errors: [Double]) {
    let finite = values.filter(\.isFinite)
    let largest = finite.map(abs).max() ?? 0
    let decimals = max(
      finite.allSatisfy { $0 == $0.rounded() } ? 0 : 3 - Self.place(largest),
      errors.isEmpty ? 0 : 1 - Self.place(errors.filter(\.isFinite).map(abs).max() ?? 1))
    let widest = (values + errors).filter(\.isFinite).map(abs).max() ?? 0
    let isOrdinary = widest == 0 || (1e-3..<1e7).contains(widest)
    format = isOrdinary ? .fixed(min(max(decimals, 0), 6, 8 - Self.place(widest))) : .scientific(3)
  }

  func string(_ value: Double) -> String { format.string(value) }

  private static func place(_ value: Double) -> Int { Numeral(value)?.leadingPlace ?? 0 }
}
