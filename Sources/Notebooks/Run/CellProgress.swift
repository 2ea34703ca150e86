/// How far a long cell is. It is told while the cell runs and never becomes part of a result.
package struct CellProgress: Sendable, Hashable {
  /// The notebook's file.
  package let file: String
  /// The cell's identity.
  package let cell: String
  /// How many units of work are done, of how many.
  package let done: Int
  package let total: Int
  /// What is counted, in the singular: `epoch`.
  package let unit: String
  /// A figure worth watching, ready to be shown: `log-likelihood -12.31`.
  package let figure: String?

  package init(
    file: String, cell: String, done: Int, total: Int, unit: String, figure: String? = nil
  ) {
    (self.file, self.cell, self.done, self.total) = (file, cell, done, total)
    (self.unit, self.figure) = (unit, figure)
  }

  /// Whoever wants to know; it may be called from any thread, and must be quick.
  package typealias Listener = @Sendable (CellProgress) -> Void
}
