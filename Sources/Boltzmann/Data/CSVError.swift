/// What is wrong with comma-separated text; lines and columns count from 1, columns in fields.
public enum CSVError: Error, Sendable, Hashable {
  /// There is no line with data.
  case empty
  /// A line has not as many fields as the first one.
  case ragged(line: Int, fields: Int, expected: Int)
  /// A field is not a finite number.
  case notANumber(line: Int, column: Int, text: String)
  /// A label is not a whole number.
  case labelNotWhole(line: Int, column: Int, text: String)
  /// The column of the labels does not exist, or would leave no values.
  case noSuchColumn(Int, columnCount: Int)
}

extension CSVError: CustomStringConvertible {
  /// The mistake in one sentence.
  public var description: String {
    switch self {
    case .empty:
      "The text has no line with data."
    case .ragged(let line, let fields, let expected):
      "Line \(line) has \(fields) fields, but the first line has \(expected)."
    case .notANumber(let line, let column, let text):
      "Field \(column) of line \(line) is not a finite number: \"\(text)\"."
    case .labelNotWhole(let line, let column, let text):
      "The label in field \(column) of line \(line) is not a whole number: \"\(text)\"."
    case .noSuchColumn(let column, let count):
      "Column \(column) cannot hold the labels of \(count) columns."
    }
  }
}
