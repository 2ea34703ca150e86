/// One spot at which committed output is not what the notebook gives.
package struct Difference: Hashable, Sendable {
  /// The cell or role that gives the output; for prose the very line.
  package var source: Place
  /// Where the stored text stands, or would stand, in the committed file.
  package var output: Place
  /// What differs there, for people: `row 3, column p`; empty for running text.
  package var spot: String
  /// The row of a table, from 1; 0 is its heading.
  package var row: Int?
  /// The heading of a table's column.
  package var column: String?
  /// What is stored; nil if nothing is.
  package var stored: String?
  /// What the notebook gives; nil if it gives nothing.
  package var computed: String?
  /// How far the two numbers are apart, exactly, as a decimal; nil for text.
  package var distance: String?

  package init(
    source: Place, output: Place, spot: String = "", row: Int? = nil, column: String? = nil,
    stored: String?, computed: String?, distance: String? = nil
  ) {
    (self.source, self.output, self.spot) = (source, output, spot)
    (self.row, self.column) = (row, column)
    (self.stored, self.computed, self.distance) = (stored, computed, distance)
  }

  /// `row 3, column p: stored 0.7311, computed 0.7310, distance 0.0001`.
  package var sentence: String {
    var parts: [String] = []
    parts.append(stored.map { "stored \($0)" } ?? "nothing stored")
    parts.append(computed.map { "computed \($0)" } ?? "nothing computed")
    if let distance { parts.append("distance \(distance)") }
    return (spot.isEmpty ? "" : "\(spot): ") + parts.joined(separator: ", ")
  }
}

extension Difference: CustomStringConvertible {
  /// `file:line:column: ` of the output and the sentence.
  package var description: String { "\(output): \(sentence)" }
}
