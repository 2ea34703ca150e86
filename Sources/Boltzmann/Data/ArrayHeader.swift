/// What the first bytes of an array file say.
///
/// IDX: two zeros, the type, the number of axes, then each length as four bytes, high byte first
/// (LeCun, Cortes, Burges, "The MNIST database"). NPY: `\x93NUMPY`, the version, the length of the
/// header, then a Python dictionary (NumPy Enhancement Proposal 1).
struct ArrayHeader {
  let shape: [Int]
  let element: ArrayFile.Element
  let start: Int
  let isBigEndian: Bool

  private static let numpyMagic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  init(_ file: MappedFile) throws(ArrayFileError) {
    if file.count >= 10, file.bytes(0..<6) == Self.numpyMagic {
      try self.init(numpy: file)
    } else if file.count >= 4, file[0] == 0, file[1] == 0 {
      try self.init(idx: file)
    } else {
      throw .unknownFormat
    }
  }

  private init(idx file: MappedFile) throws(ArrayFileError) {
    switch file[2] {
    case 0x08: element = .uint8
    case 0x0C: element = .int32
    case 0x0D: element = .float32
    case 0x0E: element = .float64
    default: throw .unsupportedType("IDX \(file[2])")
    }
    let axes = Int(file[3])
    guard axes >= 1 else { throw .badHeader("it has no axis") }
    start = 4 + 4 * axes
    guard file.count >= start else { throw .truncated(bytes: file.count, expected: start) }
    shape = (0..<axes).map { Int(file.integer(at: 4 + 4 * $0, size: 4, bigEndian: true)) }
    isBigEndian = true
  }

  private init(numpy file: MappedFile) throws(ArrayFileError) {
    let wide = file[6] >= 2
    let first = wide ? 12 : 10
    guard file.count >= first else { throw .truncated(bytes: file.count, expected: first) }
    let length = Int(file.integer(at: 8, size: wide ? 4 : 2, bigEndian: false))
    guard length < 1 << 20 else { throw .badHeader("it is too long") }
    start = first + length
    guard file.count >= start else { throw .truncated(bytes: file.count, expected: start) }
    let text = String(decoding: file.bytes(first..<start), as: UTF8.self)
    guard let type = Self.value(of: "descr", in: text).map(Self.unquoted) else {
      throw .badHeader("it has no type")
    }
    guard Self.value(of: "fortran_order", in: text) == "False" else {
      throw .badHeader("its axes are in Fortran order")
    }
    switch type.drop(while: { "<>|=".contains($0) }) {
    case "u1": element = .uint8
    case "f4": element = .float32
    case "f8": element = .float64
    case "i4": element = .int32
    case "i8": element = .int64
    default: throw .unsupportedType(type)
    }
    isBigEndian = type.hasPrefix(">")
    guard let open = text.firstIndex(of: "("), let close = text.firstIndex(of: ")"), open < close
    else { throw .badHeader("it has no shape") }
    var lengths: [Int] = []
    for part in text[text.index(after: open)..<close].split(separator: ",") {
      let digits = part.filter { $0 != " " }
      guard let length = Int(digits), length >= 0 else { throw .badHeader("its shape is wrong") }
      lengths.append(length)
    }
    guard !lengths.isEmpty else { throw .badHeader("it has no axis") }
    shape = lengths
  }

  /// The text after `'key':` up to the next comma.
  private static func value(of key: String, in text: String) -> String? {
    let parts = text.split(separator: "'\(key)':", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    return String(parts[1].prefix { $0 != "," && $0 != "}" }.filter { $0 != " " })
  }

  private static func unquoted(_ text: String) -> String {
    text.filter { $0 != "'" && $0 != "\"" }
  }
}
