/// What stands around results that are kept in the notebook itself: comments, which readers of the
/// rendered document do not see.
///
///     <!-- harmonium:out sum=0123456789ab -->
///
///     | the result |
///
///     <!-- harmonium:end -->
///
/// after a directive, and `<span><!-- {eval}`Z(m)` sum=0123456789ab -->39.69</span>` in place of a
/// role. (A line that began with a comment would end its paragraph.) The sum is that of the result
/// as it was written: if it does not fit, somebody has edited the result by hand.
package enum OutputMarker {
  static let sumDigits = 12
  static let out = "<!-- harmonium:out"
  package static let end = "<!-- harmonium:end -->"
  static let comment = "<!--"
  static let spanStart = "<span>"
  package static let spanEnd = "</span>"
  static let tail = " -->"

  /// The line above a directive's result.
  package static func opening(for lines: [String]) -> String {
    "\(out) sum=\(sum(of: lines))\(tail)"
  }

  /// What stands in a sentence: the role as it was typed, hidden, and its value.
  package static func inline(_ role: String, value: String) -> String {
    "\(spanStart)\(comment) \(role) sum=\(sum(of: [value]))\(tail)\(value)\(spanEnd)"
  }

  /// The first 48 bits of the lines' FNV-1a hash: enough to notice an edit, no protection.
  static func sum(of lines: [String]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in lines.joined(separator: "\n").utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    let digits = String(hash >> 16, radix: 16)
    return String(repeating: "0", count: sumDigits - digits.count) + digits
  }

  /// The bytes with every sum of a marker written as `x`, so that pages can be compared without.
  package static func masked(_ bytes: [UInt8]) -> [UInt8] {
    let head = Array(" sum=".utf8)
    var result = bytes
    var index = 0
    while let found = bytes[index...].firstIndex(of: UInt8(ascii: "=")) {
      index = found + 1
      let end = index + sumDigits
      guard end + tail.utf8.count <= bytes.count, index >= head.count,
        bytes[(index - head.count)..<index].elementsEqual(head),
        bytes[end..<(end + tail.utf8.count)].elementsEqual(tail.utf8)
      else { continue }
      for digit in index..<end { result[digit] = UInt8(ascii: "x") }
    }
    return result
  }
}
