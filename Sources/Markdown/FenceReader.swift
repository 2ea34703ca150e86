extension SourceText {
  /// Reads the fenced block whose first byte cmark puts at `offset`; nil for an indented block.
  func fence(at offset: Int, lines: ClosedRange<Int>, content: String) -> Fence? {
    let opening = line(lines.lowerBound)
    guard opening.contains(offset) else { return nil }
    var start = offset
    while start < opening.upperBound, bytes[start].isBlank { start += 1 }
    guard start < opening.upperBound, bytes[start] == .backtick || bytes[start] == .tilde else {
      return nil
    }
    let mark = bytes[start]
    let length = run(of: mark, from: start)
    let contentLines = content.utf8.count { $0 == .lineFeed }
    guard length >= 3, contentLines < lines.count else { return nil }

    let prefix = bytes[opening.lowerBound..<start]
    let body = (lines.lowerBound + 1..<lines.lowerBound + 1 + contentLines).map {
      withoutContainer(line($0), prefix: prefix)
    }
    // cmark does not tell an indented block from a fenced one: only a fenced one has its first
    // line of content on its second line.
    if let first = body.first, !content.utf8.starts(with: bytes[first]) { return nil }
    let isClosed =
      contentLines == lines.count - 2
      && isClosingFence(line(lines.upperBound), mark: mark, atLeast: length)
    return Fence(
      range: start..<line(lines.upperBound).upperBound,
      info: trimmed((start + length)..<opening.upperBound),
      body: body,
      isClosed: isClosed,
      continuation: continuation(of: prefix))
  }

  /// The length of the run of `byte` that begins at `start`.
  func run(of byte: UInt8, from start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] == byte { end += 1 }
    return end - start
  }

  private func isClosingFence(_ line: Range<Int>, mark: UInt8, atLeast length: Int) -> Bool {
    let container = UInt8(ascii: ">")
    let content = bytes[line].drop { $0.isBlank || $0 == container }
    let fence = content.prefix { $0 == mark }
    return fence.count >= length && content.dropFirst(fence.count).allSatisfy(\.isBlank)
  }

  /// A body line from where the containing item's or quotation's own characters end.
  ///
  /// At most as many characters are taken off as stand before the opening fence, and only blanks
  /// and the quotation marks that also stand there.
  private func withoutContainer(_ line: Range<Int>, prefix: ArraySlice<UInt8>) -> Range<Int> {
    let container = UInt8(ascii: ">")
    var quotations = prefix.count { $0 == container }
    var start = line.lowerBound
    while start < line.upperBound, start - line.lowerBound < prefix.count {
      if bytes[start] == container, quotations > 0 {
        quotations -= 1
      } else if !bytes[start].isBlank {
        break
      }
      start += 1
    }
    return start..<line.upperBound
  }

  private func continuation(of prefix: ArraySlice<UInt8>) -> String {
    let text = String(decoding: prefix, as: UTF8.self)
    return String(text.map { $0 == ">" || $0 == "\t" ? $0 : " " })
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var range = range
    while let last = range.last, bytes[last].isBlank { range = range.lowerBound..<last }
    while let first = range.first, bytes[first].isBlank { range = (first + 1)..<range.upperBound }
    return range
  }
}
