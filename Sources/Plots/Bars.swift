/// Values over categories, one bar per category and series.
package struct Bars: Sendable, Equatable {
  package struct Series: Sendable, Equatable {
    /// What the legend says; an empty name stays out of the legend.
    package var name: String
    /// One value per category.
    package var values: [Double]
    /// One standard error per category; nil for exact values.
    package var errors: [Double]?

    package init(_ name: String, values: [Double], errors: [Double]? = nil) {
      self.name = name
      self.values = values
      self.errors = errors
    }
  }

  package let categories: [String]
  package let series: [Series]
  /// Sentences that belong to the bars, such as how wide the bins are.
  package let notes: [String]

  /// Every series has one value, and one error if any, per category.
  package init(categories: [String], series: [Series], notes: [String] = []) {
    for one in series {
      precondition(
        one.values.count == categories.count, "A bar series needs one value per category.")
      precondition(
        one.errors.map { $0.count == categories.count } ?? true,
        "A bar series needs one standard error per category.")
    }
    self.categories = categories
    self.series = series
    self.notes = notes
  }
}
