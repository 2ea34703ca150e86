package import Notebooks

/// Turns a report into a document. Pure: it computes nothing and reads nothing.
package protocol Renderer: Sendable {
  /// What the names of its files end in, without the point.
  var fileExtension: String { get }

  /// The document; only reports that are complete can be rendered.
  func render(_ report: Report) -> RenderedDocument
}

/// A document and which cell each of its bytes comes from.
package struct RenderedDocument: Sendable, Equatable {
  /// A part of the document that one cell gave.
  package struct Part: Sendable, Equatable {
    /// The offset of the part's first byte.
    package var start: Int
    /// What the part is called in messages: `prose`, `{energy-table} slide35`.
    package var label: String
    /// The line of the notebook where its cell begins, from 1.
    package var notebookLine: Int
  }
  package var bytes: [UInt8]
  /// In document order, the first at byte 0.
  package var parts: [Part]

  /// The part that the byte belongs to; at the document's end, the last one.
  package func part(at offset: Int) -> Part? { parts.last { $0.start <= offset } }
}
