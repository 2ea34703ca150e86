/// Means over both layers of a restricted machine, and their differences: gradients.
///
/// The gradient of a mean log-likelihood is the means given the data minus those of the model, so
/// that one shape serves both.
public struct LayerStatistics: Sendable, Hashable {
  /// ⟨vᵢ⟩, or the gradient along bᵢ.
  public var visible: [Double]
  /// ⟨hⱼ⟩, or the gradient along cⱼ.
  public var hidden: [Double]
  /// ⟨vᵢ hⱼ⟩ at i · hiddenCount + j, or the gradient along wᵢⱼ.
  public var products: [Double]

  /// √Σ of the squares of all entries, products first.
  public var norm: Double { dot(self).squareRoot() }

  /// Σ of the products of corresponding entries: products, then visible, then hidden.
  public func dot(_ other: LayerStatistics) -> Double {
    var sum = CompensatedSum()
    for (one, another) in zip(entries, other.entries) { sum.add(one * another) }
    return sum.value
  }

  /// The angle between two that are not zero, in radians, accurate for small angles too.
  public func angle(to other: LayerStatistics) -> Double {
    Boltzmann.angle(between: entries, and: other.entries)
  }

  /// All entries: products, visible, hidden.
  public var entries: [Double] { products + visible + hidden }

  /// Differences, entry by entry.
  public static func - (one: LayerStatistics, other: LayerStatistics) -> LayerStatistics {
    func difference(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 - $1 } }
    return LayerStatistics(
      visible: difference(one.visible, other.visible),
      hidden: difference(one.hidden, other.hidden),
      products: difference(one.products, other.products))
  }

  /// All zeros.
  init(visibleCount: Int, hiddenCount: Int) {
    visible = Array(repeating: 0, count: visibleCount)
    hidden = Array(repeating: 0, count: hiddenCount)
    products = Array(repeating: 0, count: visibleCount * hiddenCount)
  }

  init(visible: [Double], hidden: [Double], products: [Double]) {
    (self.visible, self.hidden, self.products) = (visible, hidden, products)
  }

  /// Adds a sample of the visible layer with what the hidden units answer, `weight` times.
  mutating func add(visible: [Double], hidden: [Double], weight: Double) {
    let answers = hidden.map { weight * $0 }
    for (j, answer) in answers.enumerated() { self.hidden[j] += answer }
    for (i, value) in visible.enumerated() where value != 0 {
      self.visible[i] += weight * value
      let start = i * answers.count
      for (j, answer) in answers.enumerated() { products[start + j] += value * answer }
    }
  }
}
