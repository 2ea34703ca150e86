import Testing

@testable import Boltzmann

/// The header's JSON: what is read, and what is not.
@Suite struct HeaderReaderTests {
  private func described(_ value: HeaderValue) -> String {
    switch value {
    case .object(let members):
      "{" + members.map { "\($0.key):\(described($0.value))" }.joined(separator: ",") + "}"
    case .array(let values): "[" + values.map { described($0) }.joined(separator: ",") + "]"
    case .string(let text): "'\(text)'"
    case .integer(let number): "\(number)"
    }
  }

  private func read(_ text: String) throws(TensorFileError) -> String {
    var reader = HeaderReader(Array(text.utf8))
    return described(try reader.value())
  }

  @Test(arguments: [
    ("{}", "{}"), (" { } ", "{}"), ("[]", "[]"), ("0", "0"), ("9223372036854775807", "\(Int.max)"),
    (#"{"a":[1,2],"b":{"c":"d"}}"#, "{a:[1,2],b:{c:'d'}}"),
    (#""\"\\\/\b\f\n\r\t""#, "'\"\\/\u{8}\u{c}\n\r\t'"),
    (#""\u0041\u00e9\ud83d\ude00é""#, "'Aé😀é'"),
    ("{\n\"a\" :\t1 ,\r\"b\": 2}", "{a:1,b:2}"),
  ]) func accepts(_ text: String, _ value: String) throws {
    #expect(try read(text) == value)
  }

  @Test(arguments: [
    ("", 0, "a value is missing, or of a kind that no header has"),
    ("nul", 0, "a value is missing, or of a kind that no header has"),
    ("-1", 0, "a value is missing, or of a kind that no header has"),
    ("1.5", 1, "something follows the last brace"),
    ("01", 2, "a number begins with 0"),
    ("9223372036854775808", 18, "a number is too large"),
    ("{} {}", 3, "something follows the last brace"),
    ("{", 1, "a name in quotes is missing"),
    ("{\"a\"", 4, "a colon is missing"),
    ("{\"a\":", 5, "a value is missing, or of a kind that no header has"),
    ("{\"a\":1", 6, "a brace is missing"),
    ("{\"a\":1,}", 7, "a name in quotes is missing"),
    ("{\"a\":1,\"a\":2}", 10, "the name a stands twice"),
    ("{\"a\":1,\"\\u0061\":2}", 15, "the name a stands twice"),
    ("[1", 2, "a bracket is missing"),
    ("[1,]", 3, "a value is missing, or of a kind that no header has"),
    ("[[[[[1]]]]]", 4, "it is nested too deeply"),
    ("\"a", 2, "a string has no end"),
    ("\"a\nb\"", 3, "a string has a control character"),
    (#""\x""#, 3, "there is no such escape"),
    (#""\u12"#, 5, "an escape needs four digits"),
    (#""\ud800""#, 7, "half of a character stands alone"),
    (#""\udc00\ud800""#, 7, "half of a character stands alone"),
    (#""\ud800\u0041""#, 13, "half of a character stands alone"),
  ]) func refuses(_ text: String, _ offset: Int, _ why: String) {
    #expect(throws: TensorFileError.badHeader(offset: offset, why)) { try read(text) }
  }

  @Test func depthIsBounded() {
    let text = String(repeating: "[", count: 1_000_000)
    #expect(throws: TensorFileError.badHeader(offset: 4, "it is nested too deeply")) {
      try read(text)
    }
  }
}
