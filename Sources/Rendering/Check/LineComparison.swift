/// What two lines say otherwise: cell by cell in a table, token by token elsewhere.
struct LineComparison {
  /// Bytes of the stored line and what stands in their place in the new one.
  struct Change: Equatable {
    var old: Range<Int>
    var new: Range<Int>
    /// The cell of the table, from 0.
    var cell: Int?
    /// How far two numbers are apart.
    var distance: String?
  }

  private let old: PageLine
  private let new: PageLine
  private let tolerance: Tolerance
  private(set) var changes: [Change] = []
  /// Whether some number differs, be it tolerated or not.
  private(set) var hasNumbers = false

  init(_ old: PageLine, _ new: PageLine, tolerance: Tolerance) {
    (self.old, self.new, self.tolerance) = (old, new, tolerance)
  }

  mutating func compare() {
    guard let olds = old.cells, let news = new.cells, olds.count == news.count else {
      compare(old.content.indices, new.content.indices)
      return
    }
    if old.isRule, new.isRule { return }
    for (cell, (a, b)) in zip(olds, news).enumerated() where old.content[a] != new.content[b] {
      compareCell(a, b, cell)
    }
  }

  /// Compares the first `width` bytes only.
  mutating func compare(first width: Int) {
    compare(old.content.prefix(width).indices, new.content.prefix(width).indices)
  }

  /// One change for a cell, however many of its numbers differ; its distance is the largest.
  private mutating func compareCell(_ a: Range<Int>, _ b: Range<Int>, _ cell: Int) {
    var inside = LineComparison(old, new, tolerance: tolerance)
    inside.compare(a, b)
    hasNumbers = hasNumbers || inside.hasNumbers
    guard !inside.changes.isEmpty else { return }
    let isOne = inside.changes.count == 1
    changes.append(
      Change(old: a, new: b, cell: cell, distance: isOne ? inside.changes[0].distance : nil))
  }

  private mutating func compare(_ a: Range<Int>, _ b: Range<Int>) {
    let olds = PageToken.tokens(of: old.content[a])
    let news = PageToken.tokens(of: new.content[b])
    guard olds.map(\.kind) == news.map(\.kind) else {
      rewrite(olds, news, a, b)
      return
    }
    var numbers: [Change] = []
    var words: [Change] = []
    for (x, y) in zip(olds, news) where old.content[x.range] != new.content[y.range] {
      switch x.kind {
      case .number: compare(x.range, y.range, into: &numbers)
      case .blank: break
      case .word, .mark: words.append(Change(old: x.range, new: y.range))
      }
    }
    // What is drawn between numbers follows from them.
    let drawn = numbers.isEmpty && !hasNumbers
    words = words.filter { drawn || !old.content[$0.old].allSatisfy(\.isMark) }
    changes += (numbers + Self.joined(words)).sorted { $0.old.lowerBound < $1.old.lowerBound }
  }

  private mutating func compare(_ a: Range<Int>, _ b: Range<Int>, into numbers: inout [Change]) {
    hasNumbers = true
    guard let pair = NumberPair(stored: old.text(a), computed: new.text(b)) else {
      numbers.append(Change(old: a, new: b))
      return
    }
    // The same number with other digits, 0.50 and 0.5, is other text.
    if tolerance == .exact || !tolerance.accepts(pair.distance, from: pair.computed) {
      numbers.append(Change(old: a, new: b, distance: pair.text))
    }
  }

  /// Words that follow each other are one change.
  private static func joined(_ words: [Change]) -> [Change] {
    var joined: [Change] = []
    for word in words {
      if let last = joined.last, word.old.lowerBound - last.old.upperBound <= 1,
        word.new.lowerBound - last.new.upperBound <= 1
      {
        joined[joined.count - 1].old = last.old.lowerBound..<word.old.upperBound
        joined[joined.count - 1].new = last.new.lowerBound..<word.new.upperBound
      } else {
        joined.append(word)
      }
    }
    return joined
  }

  /// One change from the first token that differs to the last.
  private mutating func rewrite(
    _ olds: [PageToken], _ news: [PageToken], _ a: Range<Int>, _ b: Range<Int>
  ) {
    func same(_ x: PageToken, _ y: PageToken) -> Bool {
      x.kind == y.kind && old.content[x.range] == new.content[y.range]
    }
    let head = zip(olds, news).prefix { same($0, $1) }.count
    let room = min(olds.count, news.count) - head
    let tail = zip(olds.reversed(), news.reversed()).prefix(room).prefix { same($0, $1) }.count
    func span(_ tokens: [PageToken], _ whole: Range<Int>) -> Range<Int> {
      let middle = tokens[head..<(tokens.count - tail)]
      guard let first = middle.first, let last = middle.last else {
        let start = head < tokens.count ? tokens[head].range.lowerBound : whole.upperBound
        return start..<start
      }
      return first.range.lowerBound..<last.range.upperBound
    }
    let change = Change(old: span(olds, a), new: span(news, b))
    let isBlank = { (text: ArraySlice<UInt8>) in text.allSatisfy(\.isBlank) }
    if isBlank(old.content[change.old]), isBlank(new.content[change.new]) { return }
    changes.append(change)
  }
}

extension UInt8 {
  fileprivate var isMark: Bool { !isWord && !isDigit && !isBlank }
}
