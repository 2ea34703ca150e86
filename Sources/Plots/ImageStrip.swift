/// Grey or signed images side by side: digits, reconstructions, receptive fields.
package struct ImageStrip: Sendable, Equatable {
  package var title: String?
  package var images: [RasterImage]
  /// The values drawn lightest and darkest; nil takes the smallest and largest finite value.
  ///
  /// A domain that reaches below zero is drawn signed, with zero blank.
  package var domain: ClosedRange<Double>?

  package init(title: String? = nil, images: [RasterImage], domain: ClosedRange<Double>? = nil) {
    self.title = title
    self.images = images
    self.domain = domain
  }
}

/// One image: `values` row by row, [height, width].
package struct RasterImage: Sendable, Equatable {
  package let label: String
  package let height: Int
  package let width: Int
  package let values: [Double]

  package init(label: String, height: Int, width: Int, values: [Double]) {
    precondition(height > 0 && width > 0, "An image has at least one pixel.")
    precondition(values.count == height * width, "An image needs height x width values.")
    self.label = label
    self.height = height
    self.width = width
    self.values = values
  }
}
