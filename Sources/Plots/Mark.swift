/// One thing drawn in a plot.
package enum Mark: Sendable, Equatable {
  /// Points joined in the order given; a value that cannot be shown leaves a gap.
  case line(Series)
  /// Points on their own.
  case points(Series)
  /// One bar per category and series; categories belong to the x axis, values to the y axis.
  case bars(Bars)
  /// Counts over numeric bins, drawn as bars.
  case histogram(Histogram)
  /// A straight reference line across the whole plot.
  case rule(Rule)
}

/// Points under one name.
package struct Series: Sendable, Equatable {
  package struct Point: Sendable, Equatable {
    package var x: Double
    package var y: Double

    package init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// What the legend says; an empty name stays out of the legend.
  package var name: String
  package var points: [Point]

  package init(_ name: String, points: [Point]) {
    self.name = name
    self.points = points
  }

  /// The points (x[i], y[i]); both arrays have the same count.
  package init(_ name: String, x: [Double], y: [Double]) {
    precondition(x.count == y.count, "A series needs as many y values as x values.")
    self.init(name, points: zip(x, y).map { Point(x: $0, y: $1) })
  }
}

/// A straight reference line, such as the value that theory predicts.
package struct Rule: Sendable, Equatable {
  package enum Course: Sendable, Equatable {
    /// All points with this y.
    case horizontal
    /// All points with this x.
    case vertical
  }

  package var course: Course
  package var value: Double
  package var label: String

  package init(_ course: Course, at value: Double, label: String) {
    self.course = course
    self.value = value
    self.label = label
  }
}
