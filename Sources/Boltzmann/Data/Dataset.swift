/// Rows of numbers, one per sample, with an optional whole-number label each.
public struct Dataset: Sendable, Hashable {
  /// The height and width of the image that a row holds, row-major.
  public struct ImageShape: Sendable, Hashable {
    /// Pixels from top to bottom.
    public let height: Int
    /// Pixels from left to right.
    public let width: Int

    /// A shape of at least one pixel.
    public init(height: Int, width: Int) {
      precondition(height >= 1 && width >= 1, "An image has at least one pixel.")
      (self.height, self.width) = (height, width)
    }
  }

  /// All values, shape [sample, unit], row-major.
  public let values: [Double]
  /// The number of values in each row.
  public let unitCount: Int
  /// The number of rows.
  public let count: Int
  /// One label per row, nil for data without labels.
  public let labels: [Int]?
  /// The shape of each row as an image, nil for data that are none.
  public let imageShape: ImageShape?

  /// Data of the shape [sample, unit], with labels and image shape that fit.
  public init(
    values: [Double], unitCount: Int, labels: [Int]? = nil, imageShape: ImageShape? = nil
  ) {
    precondition(
      unitCount >= 1 && values.count.isMultiple(of: unitCount), "Every row has the same length.")
    let count = values.count / unitCount
    precondition(labels == nil || labels?.count == count, "Each row needs its label.")
    if let shape = imageShape {
      precondition(shape.height * shape.width == unitCount, "A row holds all pixels of an image.")
    }
    (self.values, self.unitCount, self.count) = (values, unitCount, count)
    (self.labels, self.imageShape) = (labels, imageShape)
  }

  /// Row number `sample`.
  public subscript(sample: Int) -> ArraySlice<Double> {
    values[sample * unitCount..<(sample + 1) * unitCount]
  }

  /// The rows listed, in that order.
  public func rows(_ samples: [Int]) -> Dataset {
    Dataset(
      values: samples.flatMap { self[$0] }, unitCount: unitCount,
      labels: labels.map { labels in samples.map { labels[$0] } }, imageShape: imageShape)
  }

  /// The rows whose label is wanted, in their order; none where there are no labels.
  public func labelled(_ isWanted: (Int) -> Bool) -> Dataset {
    guard let labels else { return rows([]) }
    return rows(labels.indices.filter { isWanted(labels[$0]) })
  }

  /// The same rows with these labels, one for each.
  public func labelled(_ labels: [Int]) -> Dataset {
    Dataset(values: values, unitCount: unitCount, labels: labels, imageShape: imageShape)
  }

  /// The first rows, or all where there are fewer.
  public func first(_ count: Int) -> Dataset {
    precondition(count >= 0, "A number of rows is not negative.")
    return rows(Array(0..<min(count, self.count)))
  }

  /// The same data as images; the shape must have as many pixels as a row has values.
  public func shaped(_ shape: ImageShape) -> Dataset {
    Dataset(values: values, unitCount: unitCount, labels: labels, imageShape: shape)
  }
}
