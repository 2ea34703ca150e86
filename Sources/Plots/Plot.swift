/// What a picture shows, as values: data, axes and words, but no drawing.
///
/// A renderer resolves the plot into a ``Scene`` (lines, points) and ``BarScene``s (bars,
/// histograms) and draws those. Every plot can be drawn: empty, constant, not finite.
package struct Plot: Sendable, Equatable {
  package var title: String?
  package var x: Axis
  package var y: Axis
  /// In drawing order: later marks lie over earlier ones.
  package var marks: [Mark]

  package init(title: String? = nil, x: Axis, y: Axis, marks: [Mark]) {
    self.title = title
    self.x = x
    self.y = y
    self.marks = marks
  }
}

/// One direction of a plot: what is measured, over which stretch, and how it is spread out.
package struct Axis: Sendable, Equatable {
  package enum Spread: Sendable, Equatable {
    /// Equal distances are equal differences.
    case linear
    /// Equal distances are equal ratios; zero and negative values have no place.
    case log
  }

  /// The quantity with its unit in words, such as "dE (energy units)".
  package var label: String
  /// The stretch to show; nil takes the data and widens it to round numbers.
  ///
  /// A domain with ends that the axis cannot show, or without length, counts as nil.
  package var domain: ClosedRange<Double>?
  package var scale: Spread

  package init(_ label: String, domain: ClosedRange<Double>? = nil, scale: Spread = .linear) {
    self.label = label
    self.domain = domain
    self.scale = scale
  }
}
