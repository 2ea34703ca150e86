internal import Boltzmann
package import Notebooks
package import Plots

/// What `{images}` can show.
package enum ImageKind: String, CaseIterable, Sendable {
  case data, reconstructions, samples, weights, plane
}

/// What is asked of images besides their kind.
package struct ImageRequest: Sendable {
  /// The most images.
  var limit: Int
  /// Sweeps of the chains that end in samples.
  var sweeps = 0
  /// The labels that samples are given, so many images each; empty if none is held.
  var labels: [Int] = []
  /// The layer whose weights are shown, counted from 1; nil is the highest.
  var layer: Int?
  /// What chains draw from.
  var stream = RandomStream(key: 0)
  /// The most threads that may be used.
  var threads = 1
}

/// A value that has images.
package protocol ImageSource: Value {
  /// What it has images of, most natural first; empty if it has no shape.
  var imageKinds: [ImageKind] { get }
  /// Images of a kind that is among `imageKinds`.
  func images(_ kind: ImageKind, _ request: ImageRequest) -> [RasterImage]
  /// The weights that a sweep of a chain goes through; 0 where there are no chains.
  var sweptWeights: Int { get }
  /// How many labels samples can be given.
  var labelCount: Int { get }
  /// How many layers have weights.
  var layerCount: Int { get }
}

extension ImageSource {
  package var sweptWeights: Int { 0 }
  package var labelCount: Int { 0 }
  package var layerCount: Int { 1 }
}
