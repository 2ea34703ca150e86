extension SourceText {
  /// Whether the byte stands in a table of GitHub's, whose cells end at every `|` without a backslash,
  /// also in code. cmark knows no tables.
  package func isInTable(_ offset: Int) -> Bool {
    var number = lineNumber(at: offset)
    if number + 1 < lineStarts.count, isDelimiterRow(number + 1) { return true }
    while number > 0, !isBlankLine(number - 1) {
      number -= 1
      if isDelimiterRow(number) { return true }
    }
    return false
  }

  /// `| --- | :-: |`, the line below the head of a table.
  private func isDelimiterRow(_ number: Int) -> Bool {
    let text = bytes[line(number)]
    return text.allSatisfy { "|-: \t>".utf8.contains($0) }
      && text.contains(UInt8(ascii: "|")) && text.contains(UInt8(ascii: "-"))
  }

  private func isBlankLine(_ number: Int) -> Bool {
    bytes[line(number)].allSatisfy { $0.isBlank || $0 == UInt8(ascii: ">") }
  }
}
