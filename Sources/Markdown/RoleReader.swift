extension SourceText {
  /// Finds the roles among the code spans that cmark saw in a paragraph or heading.
  func roles(inLines lines: ClosedRange<Int>, codeSpans spans: [String]) -> [Role] {
    let start = line(lines.lowerBound).lowerBound
    return codeSpans(spans, inLines: lines).compactMap { span in
      guard let name = roleName(before: span.range.lowerBound, notBefore: start) else { return nil }
      return Role(
        range: (name.lowerBound - 1)..<span.range.upperBound, name: name, content: span.content)
    }
  }

  /// Where the code spans stand that cmark saw, with and without their backticks.
  ///
  /// cmark's spans are matched in order against the backtick runs of the lines; a span that cannot
  /// be found again is prose.
  func codeSpans(
    _ spans: [String], inLines lines: ClosedRange<Int>
  ) -> [(range: Range<Int>, content: Range<Int>)] {
    let range = line(lines.lowerBound).lowerBound..<line(lines.upperBound).upperBound
    let runs = backtickRuns(in: range)
    var next = 0
    var found: [(range: Range<Int>, content: Range<Int>)] = []
    for span in spans {
      let wanted = collapsed(Array(span.utf8)[...])
      while next < runs.count {
        guard let close = closing(of: next, in: runs) else {
          next += 1
          continue
        }
        let content = runs[next].upperBound..<runs[close].lowerBound
        guard collapsed(bytes[content]) == wanted else {
          next += 1
          continue
        }
        found.append((runs[next].lowerBound..<runs[close].upperBound, content))
        next = close + 1
        break
      }
    }
    return found
  }

  private func backtickRuns(in range: Range<Int>) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if bytes[index] == .backtick {
        let length = run(of: .backtick, from: index)
        runs.append(index..<index + length)
        index += length
      } else {
        index += 1
      }
    }
    return runs
  }

  /// The next run of the same length. Looks at most 256 runs ahead, so that the cost stays linear.
  private func closing(of opening: Int, in runs: [Range<Int>]) -> Int? {
    let candidates = (opening + 1)..<min(opening + 257, runs.count)
    return candidates.first { runs[$0].count == runs[opening].count }
  }

  /// The bytes of `name` if `{name}` ends at `end` and its brace is not escaped.
  private func roleName(before end: Int, notBefore start: Int) -> Range<Int>? {
    guard end - 1 > start, bytes[end - 1] == UInt8(ascii: "}") else { return nil }
    var index = end - 2
    while index > start, isNameByte(bytes[index]) { index -= 1 }
    guard bytes[index] == UInt8(ascii: "{"), index + 1 < end - 1 else { return nil }
    if index > start, bytes[index - 1] == .backslash { return nil }
    return (index + 1)..<(end - 1)
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: ":"):
      true
    default: false
    }
  }

  /// The text of some bytes as a paragraph has it, wherever its lines end.
  package func collapsed(_ range: Range<Int>) -> String {
    String(decoding: collapsed(bytes[range]), as: UTF8.self)
  }

  /// The text with each run of white space (and the quotation marks after a line end) as one blank.
  private func collapsed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var lineBegins = false
    for byte in bytes {
      if byte.isBlank || byte.isLineEnd || (lineBegins && byte == UInt8(ascii: ">")) {
        lineBegins = lineBegins || byte.isLineEnd
        if result.last != UInt8(ascii: " ") { result.append(UInt8(ascii: " ")) }
      } else {
        lineBegins = false
        result.append(byte)
      }
    }
    if result.first == UInt8(ascii: " ") { result.removeFirst() }
    if result.last == UInt8(ascii: " ") { result.removeLast() }
    return result
  }
}
