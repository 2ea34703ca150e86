package import Plots

/// Something that a cell shows. Closed: each renderer handles every case.
package enum Output: Sendable, Equatable {
  case table(Table)
  case plot(Plot)
  case images(ImageStrip)
  case derivation(Derivation)
  /// A sentence of Markdown.
  case sentence(String)
}
