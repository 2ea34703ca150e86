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
  /// A part of the document: prose, a cell's source, one of its outputs, a number in a sentence.
  package struct Part: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
      /// Bytes of the notebook, as they are there.
      case prose
      /// A directive as it was typed, or what stands around its outputs.
      case frame
      case output(Output)
      case inline
    }
    /// The offset of the part's first byte.
    package var start: Int
    /// What its cell is called in messages: `prose`, `{energy-table} slide35`.
    package var label: String
    /// Where its cell stands in the notebook; for prose, where it begins.
    package var place: Place
    package var content: Content
  }
  package var bytes: [UInt8]
  /// In document order, the first at byte 0.
  package var parts: [Part]

  /// The number of the part that the byte belongs to; at the document's end, the last one.
  package func partNumber(at offset: Int) -> Int? { parts.lastIndex { $0.start <= offset } }

  /// The part that the byte belongs to.
  package func part(at offset: Int) -> Part? { partNumber(at: offset).map { parts[$0] } }

  /// Where the byte comes from: a line of prose itself, or the cell that gives it.
  package func source(at offset: Int) -> Place {
    guard let part = part(at: offset) else { return Place(file: "") }
    guard part.content == .prose else { return part.place }
    var place = part.place
    for byte in bytes[part.start..<min(offset, bytes.count)] {
      if byte == UInt8(ascii: "\n") {
        place.line += 1
        place.column = 1
      } else if byte & 0xC0 != 0x80 {
        place.column += 1
      }
    }
    return place
  }
}
