/// How many characters begin before each block of a text's bytes, so that places on long lines are
/// found without counting the whole line.
struct CharacterCounts: Sendable, Equatable {
  private static let stride = 1024
  /// Before byte k · `stride`.
  private let counts: [Int]

  /// Cost: one pass over the bytes.
  init(_ bytes: [UInt8]) {
    var counts = [0]
    for start in Swift.stride(from: 0, to: bytes.count - Self.stride, by: Self.stride) {
      counts.append(counts[counts.count - 1] + Self.count(bytes[start..<start + Self.stride]))
    }
    self.counts = counts
  }

  /// The characters that begin before `offset` of the same bytes.
  func count(before offset: Int, _ bytes: [UInt8]) -> Int {
    let block = min(offset / Self.stride, counts.count - 1)
    return counts[block] + Self.count(bytes[block * Self.stride..<offset])
  }

  /// Every byte of UTF-8 that does not continue a character begins one.
  private static func count(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.count { $0 & 0xC0 != 0x80 }
  }
}
