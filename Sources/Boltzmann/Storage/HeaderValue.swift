/// What the header of a safetensors file is made of: JSON without fractions, signs, `true`, `false`
/// and `null`, which no header has.
indirect enum HeaderValue {
  case object([(key: String, value: HeaderValue)])
  case array([HeaderValue])
  case string(String)
  case integer(Int)

  /// The deepest nesting; a header needs three.
  static let largestDepth = 4
}

/// Reads a header, strictly as RFC 8259 has it. Time and memory: in proportion to its length.
struct HeaderReader {
  private let bytes: [UInt8]
  private var offset = 0

  /// Bytes that are UTF-8.
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The one value, with nothing but blanks after it.
  mutating func value() throws(TensorFileError) -> HeaderValue {
    let value = try value(depth: 1)
    skipBlanks()
    if offset < bytes.count { throw error("something follows the last brace") }
    return value
  }

  private func error(_ why: String) -> TensorFileError { .badHeader(offset: offset, why) }

  private mutating func value(depth: Int) throws(TensorFileError) -> HeaderValue {
    if depth > HeaderValue.largestDepth { throw error("it is nested too deeply") }
    skipBlanks()
    switch peek ?? 0 {
    case UInt8(ascii: "{"): return .object(try object(depth))
    case UInt8(ascii: "["): return .array(try array(depth))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return .integer(try integer())
    default: throw error("a value is missing, or of a kind that no header has")
    }
  }

  private mutating func object(
    _ depth: Int
  ) throws(TensorFileError) -> [(key: String, value: HeaderValue)] {
    var members: [(key: String, value: HeaderValue)] = []
    var keys: Set<[UInt8]> = []
    offset += 1
    if skips("}") { return members }
    repeat {
      skipBlanks()
      guard peek == UInt8(ascii: "\"") else { throw error("a name in quotes is missing") }
      let key = try string()
      if !keys.insert(Array(key.utf8)).inserted {
        throw error("the name \(TensorFileError.shown(key)) stands twice")
      }
      guard skips(":") else { throw error("a colon is missing") }
      members.append((key, try value(depth: depth + 1)))
    } while skips(",")
    guard skips("}") else { throw error("a brace is missing") }
    return members
  }

  private mutating func array(_ depth: Int) throws(TensorFileError) -> [HeaderValue] {
    var values: [HeaderValue] = []
    offset += 1
    if skips("]") { return values }
    repeat { values.append(try value(depth: depth + 1)) } while skips(",")
    guard skips("]") else { throw error("a bracket is missing") }
    return values
  }

  private mutating func integer() throws(TensorFileError) -> Int {
    let first = offset
    var value = 0
    while let digit = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) {
      let (product, overflows) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowsToo) = product.addingReportingOverflow(Int(digit - UInt8(ascii: "0")))
      if overflows || overflowsToo { throw error("a number is too large") }
      value = sum
      offset += 1
    }
    if bytes[first] == UInt8(ascii: "0"), offset > first + 1 {
      throw error("a number begins with 0")
    }
    return value
  }

  private mutating func string() throws(TensorFileError) -> String {
    var text: [UInt8] = []
    offset += 1
    while let byte = peek {
      offset += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += Array(String(try escaped()).utf8)
      case ..<0x20: throw error("a string has a control character")
      default: text.append(byte)
      }
    }
    throw error("a string has no end")
  }

  /// The character that a backslash, already read, begins.
  private mutating func escaped() throws(TensorFileError) -> Unicode.Scalar {
    let letter = peek
    offset += 1
    switch letter {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try scalar()
    default: throw error("there is no such escape")
    }
  }

  /// Four hexadecimal digits, or two times four with `\u` between them.
  private mutating func scalar() throws(TensorFileError) -> Unicode.Scalar {
    let first = try fourDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    if first < 0xDC00, skipsExactly("\\u") {
      let second = try fourDigits()
      if (0xDC00...0xDFFF).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      {
        return scalar
      }
    }
    throw error("half of a character stands alone")
  }

  private mutating func fourDigits() throws(TensorFileError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw error("an escape needs four digits")
      }
      value = value << 4 | UInt32(digit)
      offset += 1
    }
    return value
  }

  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func skipBlanks() {
    while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { offset += 1 }
  }

  /// Whether the next character that is no blank is this one, which is then behind.
  private mutating func skips(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard peek == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }

  private mutating func skipsExactly(_ text: StaticString) -> Bool {
    let wanted = Array("\(text)".utf8)
    guard bytes[offset...].starts(with: wanted) else { return false }
    offset += wanted.count
    return true
  }
}
