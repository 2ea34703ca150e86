package import Notebooks
package import Plots

/// What `{images}` can show.
package enum ImageKind: String, CaseIterable, Sendable {
  case data, reconstructions, weights
}

/// A value that has images.
package protocol ImageSource: Value {
  /// What it has images of, most natural first; empty if it has no shape.
  var imageKinds: [ImageKind] { get }
  /// At most `limit` images of a kind that is among `imageKinds`.
  func images(_ kind: ImageKind, limit: Int) -> [RasterImage]
}
