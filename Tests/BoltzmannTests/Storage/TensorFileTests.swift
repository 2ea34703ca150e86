import Boltzmann
import Testing

/// Files as the format has them, and files that lie.
@Suite struct TensorFileTests {
  /// A file of this header and so many bytes of tensors.
  private func file(_ header: String, _ count: Int = 0) -> [UInt8] {
    let length = header.utf8.count
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(header.utf8)
      + Array(repeating: 0, count: count)
  }

  private func entry(_ name: String, _ type: String, _ shape: String, _ offsets: String) -> String {
    #""\#(name)":{"dtype":"\#(type)","shape":\#(shape),"data_offsets":\#(offsets)}"#
  }

  @Test func everythingComesBack() throws {
    let tensors = [
      Tensor("f", shape: [2, 2], [1.5, -0.0, Float.leastNonzeroMagnitude, .infinity]),
      Tensor("d", shape: [3], [0.1, -Double.greatestFiniteMagnitude, .pi]),
      Tensor("i", shape: [2, 1], [Int.min, 7]),
      Tensor("b", shape: [5], [1, 2, 3, 4, 255] as [UInt8]),
      Tensor("scalar", shape: [], [2.5 as Float]),
      Tensor("empty", shape: [0, 7], [Float]()),
      Tensor("quotes \" \\ \n é 😀", shape: [1], [1.0]),
    ]
    let metadata = ["b": "2", "a": "\u{1}\"\\é😀"]
    let bytes = TensorFile(metadata: metadata, tensors: tensors).bytes
    let read = try TensorFile(parsing: bytes)
    #expect(read.metadata == metadata)
    #expect(Set(read.tensors) == Set(tensors))
    #expect(read["f"]?.floats?.map(\.bitPattern) == tensors[0].floats?.map(\.bitPattern))
    #expect(read["d"]?.doubles == [0.1, -Double.greatestFiniteMagnitude, .pi])
    #expect(read["i"]?.integers == [.min, 7])
    #expect(read["f"]?.doubles == nil)
    #expect(read["i"]?.floats == nil)
    #expect(read.bytes == bytes)
    #expect(TensorFile(metadata: metadata, tensors: tensors.reversed()).bytes == bytes)
  }

  @Test func theBytesAreThose() {
    let tensors = [Tensor("a", shape: [1], [UInt8(7)]), Tensor("b", shape: [1], [Float(1)])]
    let header =
      "{" + entry("b", "F32", "[1]", "[0,4]") + "," + entry("a", "U8", "[1]", "[4,5]") + "}"
    let padding = String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    #expect(
      TensorFile(tensors: tensors).bytes == file(header + padding) + [0, 0, 0x80, 0x3F, 7])
  }

  @Test func whatOthersMayWrite() throws {
    let turned = "{" + entry("b", "I8", "[2]", "[1,3]") + ",\n " + entry("a", "BOOL", "[]", "[0,1]")
    let read = try TensorFile(parsing: file(turned + "}   ", 3))
    #expect(read.tensors.map(\.name) == ["b", "a"])
    #expect(read["a"]?.count == 1)
    #expect(try TensorFile(parsing: file("{}")).tensors.isEmpty)
    for element in Tensor.Element.allCases {
      let header = "{" + entry("a", element.rawValue, "[3]", "[0,\(3 * element.size)]") + "}"
      let read = try TensorFile(parsing: file(header, 3 * element.size))
      #expect(read["a"]?.element == element)
      #expect(read["a"]?.count == 3)
    }
  }

  @Test(arguments: [0, 1, 7]) func tooShort(_ count: Int) {
    #expect(throws: TensorFileError.truncated(bytes: count, expected: 8)) {
      try TensorFile(parsing: Array(repeating: 0, count: count))
    }
  }

  @Test func headersThatAreTooLong() {
    let huge = [UInt8](repeating: 0xFF, count: 8)
    #expect(throws: TensorFileError.headerLength(.max)) { try TensorFile(parsing: huge) }
    #expect(throws: TensorFileError.headerLength(1 << 24 + 1)) {
      try TensorFile(parsing: [1, 0, 0, 1, 0, 0, 0, 0])
    }
    #expect(throws: TensorFileError.truncated(bytes: 8, expected: 8 + 1 << 24)) {
      try TensorFile(parsing: [0, 0, 0, 1, 0, 0, 0, 0])
    }
    #expect(throws: TensorFileError.badHeader(offset: 0, "it does not begin with a brace")) {
      try TensorFile(parsing: [0, 0, 0, 0, 0, 0, 0, 0])
    }
  }

  /// A lattice of 512 x 512 has names of 2.4 million bytes.
  @Test func manyNamesComeBack() throws {
    let names = (1...512).flatMap { row in (1...512).map { "r\(row)c\($0)" } }
    let metadata = ["units": names.joined(separator: " ")]
    #expect(
      try TensorFile(parsing: TensorFile(metadata: metadata, tensors: []).bytes).metadata
        == metadata)
  }

  @Test func headersThatAreNoText() {
    for bytes: [UInt8] in [[0x7B, 0x22, 0xC0, 0x80], [0x7B, 0xED, 0xA0, 0x80], [0x7B, 0xFF]] {
      #expect(throws: TensorFileError.notText) {
        try TensorFile(parsing: [UInt8(bytes.count), 0, 0, 0, 0, 0, 0, 0] + bytes)
      }
    }
  }

  @Test(arguments: [
    ("F32", "[2]", "[0,4]", "its shape needs 8 bytes, but it has 4"),
    ("F32", "[4611686018427387904,4]", "[0,4]", "its shape is too large"),
    ("F32", "[9223372036854775807]", "[0,4]", "its shape is too large"),
    ("U8", "[1048576,1048577]", "[0,4]", "its shape is too large"),
    ("F32", "[1]", "[4,0]", "its place is none"),
    ("F32", "[1]", "[0]", "its place is none"),
    ("F32", "[1]", "[0,4,4]", "its place is none"),
    ("F32", "[1]", "[0,1099511627777]", "its place is none"),
    ("F32", "[\"1\"]", "[0,4]", "its shape is not made of whole numbers"),
    ("F32", "1", "[0,4]", "it has no shape"),
    ("F32", "[1]", "{}", "it has no place"),
    ("F31", "[1]", "[0,4]", "values of the type F31 are not known"),
    ("f32", "[1]", "[0,4]", "values of the type f32 are not known"),
  ]) func entriesThatLie(_ type: String, _ shape: String, _ offsets: String, _ why: String) {
    #expect(throws: TensorFileError.badTensor("a", why)) {
      try TensorFile(parsing: file("{" + entry("a", type, shape, offsets) + "}", 4))
    }
  }

  @Test func entriesThatAreNone() {
    for (text, why) in [
      ("1", "its entry is no object"), ("{}", "it has no type"),
      (#"{"dtype":3}"#, "it has no type"), (#"{"dtype":"F32","size":[1]}"#, "it has size"),
    ] {
      #expect(throws: TensorFileError.badTensor("a", why)) {
        try TensorFile(parsing: file("{\"a\":\(text)}"))
      }
    }
  }

  @Test func placesThatDoNotFit() {
    func parse(_ first: String, _ second: String, _ count: Int) throws(TensorFileError) {
      _ = try TensorFile(
        parsing: file(
          "{" + entry("a", "U8", "[4]", first) + "," + entry("b", "U8", "[4]", second) + "}",
          count))
    }
    let start = 8 + 2 * entry("a", "U8", "[4]", "[0,4]").utf8.count + 3
    #expect(throws: Never.self) { try parse("[4,8]", "[0,4]", 8) }
    #expect(throws: TensorFileError.badTensor("b", "its bytes overlap those of another")) {
      try parse("[0,4]", "[0,4]", 8)
    }
    #expect(throws: TensorFileError.badTensor("b", "its bytes overlap those of another")) {
      try parse("[0,4]", "[3,7]", 8)
    }
    #expect(throws: TensorFileError.badTensor("b", "bytes before it belong to no tensor")) {
      try parse("[0,4]", "[5,9]", 9)
    }
    #expect(throws: TensorFileError.badTensor("a", "bytes before it belong to no tensor")) {
      try parse("[1,5]", "[5,9]", 9)
    }
    #expect(throws: TensorFileError.truncated(bytes: start + 7, expected: start + 8)) {
      try parse("[0,4]", "[4,8]", 7)
    }
    #expect(throws: TensorFileError.trailing(bytes: start + 9, expected: start + 8)) {
      try parse("[0,4]", "[4,8]", 9)
    }
  }

  @Test func metadataThatAreNone() {
    for (text, why) in [
      ("[]", "they are no object"), (#"{"a":1}"#, "a is no string"),
      (#"{"a":{}}"#, "a is no string"), ("{\"e\u{301}\":\"\",\"é\":\"\"}", "é stands twice"),
    ] {
      #expect(throws: TensorFileError.badMetadata(why)) {
        try TensorFile(parsing: file("{\"__metadata__\":\(text)}"))
      }
    }
  }

  @Test func messagesHideWhatTerminalsWouldRun() {
    let name = "\u{1b}[2J" + String(repeating: "x", count: 100)
    let message = TensorFileError.badTensor(name, "it has no type").description
    #expect(
      message == "The tensor ?[2J\(String(repeating: "x", count: 36)) is wrong: it has no type.")
  }
}
