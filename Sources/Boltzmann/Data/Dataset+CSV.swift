extension Dataset {
  /// The numbers of comma-separated text, one row per line, without a header.
  ///
  /// Lines end in LF or CRLF; a byte order mark, empty lines, and spaces or tabs around a field
  /// are skipped. Numbers are decimal, such as −1.5e3. `labelColumn` (from 1) holds whole-number
  /// labels and is taken out of the values.
  public init(csv text: String, labelColumn: Int? = nil) throws(CSVError) {
    var values: [Double] = []
    var labels: [Int] = []
    var fieldCount: Int?
    var bytes = Array(text.utf8)[...]
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes = bytes.dropFirst(3) }
    var number = 0
    for bytesOfLine in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    {
      number += 1
      let line = trimmed(bytesOfLine)
      if line.isEmpty { continue }
      let fields = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      let expected = fieldCount ?? fields.count
      fieldCount = expected
      if fields.count != expected {
        throw CSVError.ragged(line: number, fields: fields.count, expected: expected)
      }
      if let column = labelColumn, column < 1 || column > expected || expected == 1 {
        throw CSVError.noSuchColumn(column, columnCount: expected)
      }
      for (index, field) in fields.enumerated() {
        let (column, field) = (index + 1, trimmed(field))
        let text = String(decoding: field, as: UTF8.self)
        guard let value = decimalNumber(field, text) else {
          throw CSVError.notANumber(line: number, column: column, text: text)
        }
        if column != labelColumn {
          values.append(value)
        } else if let label = Int(exactly: value) {
          labels.append(label)
        } else {
          throw CSVError.labelNotWhole(line: number, column: column, text: text)
        }
      }
    }
    guard let fieldCount else { throw CSVError.empty }
    self.init(
      values: values, unitCount: labelColumn == nil ? fieldCount : fieldCount - 1,
      labels: labelColumn == nil ? nil : labels)
  }
}

/// Without spaces, tabs and carriage returns at both ends.
private func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }
  var bytes = bytes
  while let first = bytes.first, isBlank(first) { bytes.removeFirst() }
  while let last = bytes.last, isBlank(last) { bytes.removeLast() }
  return bytes
}

/// The finite decimal number that a field is, nil where it is none.
///
/// Double's own reader also takes hexadecimal numbers, "inf" and "nan": only the characters of a
/// decimal number may reach it.
func decimalNumber(_ field: ArraySlice<UInt8>, _ text: String) -> Double? {
  let isDecimal = field.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }
  guard isDecimal, let value = Double(text), value.isFinite else { return nil }
  return value
}
