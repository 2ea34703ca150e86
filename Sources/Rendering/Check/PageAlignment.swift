/// Which line of the stored page stands for which line of the new one.
struct PageAlignment {
  /// Numbers of lines from 0; a line without its like on the other side stands alone.
  struct Pair: Equatable {
    var old: Int?
    var new: Int?
    /// Where it would stand if it were there.
    var at: (old: Int, new: Int)

    static func == (a: Pair, b: Pair) -> Bool { a.old == b.old && a.new == b.new }
  }

  /// In document order; every line of both pages stands in one of them.
  private(set) var pairs: [Pair] = []
  private let old: [PageLine]
  private let new: [PageLine]

  /// `group` tells which lines of the new page belong together: where both sides have as many lines
  /// of the same shape, these are compared one by one, even if some lines look like others.
  init(old: [PageLine], new: [PageLine], group: (Int) -> Int) {
    (self.old, self.new) = (old, new)
    let edits = Edit.script(from: old.map(\.canonical), to: new.map(\.canonical))
    for region in Self.regions(of: edits, group: group) {
      let (olds, news) = Self.lines(of: edits[region])
      if edits[region].allSatisfy(\.isKept) || haveSameShape(olds, news, edits[region]) {
        for (a, b) in zip(olds, news) { add(a, b) }
      } else {
        for run in Self.runs(of: edits, in: region) { pair(edits[run]) }
      }
    }
  }

  private mutating func add(_ a: Int?, _ b: Int?) {
    let last = pairs.last
    let next = (
      old: last.map { $0.at.old + ($0.old == nil ? 0 : 1) } ?? 0,
      new: last.map { $0.at.new + ($0.new == nil ? 0 : 1) } ?? 0
    )
    pairs.append(Pair(old: a, new: b, at: (a ?? next.old, b ?? next.new)))
  }

  /// The script in stretches: kept lines, or changes with the kept lines of the same group between.
  private static func regions(of edits: [Edit], group: (Int) -> Int) -> [Range<Int>] {
    var regions: [Range<Int>] = []
    var changed: (range: Range<Int>, group: Int?)?
    for run in runs(of: edits, in: edits.indices) {
      if edits[run].first?.isKept == true {
        if let current = changed {
          let groups = Set(lines(of: edits[run]).new.map(group))
          if groups.count == 1, groups.first == current.group { continue }
          regions.append(current.range)
          changed = nil
        }
        regions.append(run)
        continue
      }
      let here = lines(of: edits[run]).new.first.map(group) ?? changed?.group
      if let current = changed {
        if current.range.upperBound == run.lowerBound || here == current.group {
          changed = (current.range.lowerBound..<run.upperBound, here)
        } else {
          regions.append(current.range)
          regions.append(current.range.upperBound..<run.lowerBound)
          changed = (run, here)
        }
      } else {
        changed = (run, here)
      }
    }
    if let current = changed {
      regions.append(current.range)
      if current.range.upperBound < edits.count {
        regions.append(current.range.upperBound..<edits.count)
      }
    }
    return regions.filter { !$0.isEmpty }
  }

  /// Stretches of kept lines and of changes in turn.
  private static func runs(of edits: [Edit], in range: Range<Int>) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let isKept = edits[start].isKept
      let end = edits[start..<range.upperBound].prefix { $0.isKept == isKept }.endIndex
      runs.append(start..<end)
      start = end
    }
    return runs
  }

  private static func lines(of edits: ArraySlice<Edit>) -> (old: [Int], new: [Int]) {
    var result: (old: [Int], new: [Int]) = ([], [])
    for edit in edits {
      switch edit {
      case .keep(let a, let b):
        result.old.append(a)
        result.new.append(b)
      case .remove(let a): result.old.append(a)
      case .insert(let b): result.new.append(b)
      }
    }
    return result
  }

  /// Whether the lines agree one by one in their shape, and comparing them so finds no more than the
  /// script does. The lines of a picture agree if there are as many.
  private func haveSameShape(_ olds: [Int], _ news: [Int], _ edits: ArraySlice<Edit>) -> Bool {
    guard olds.count == news.count else { return false }
    if zip(olds, news).allSatisfy({ old[$0].isCode && new[$1].isCode }) { return true }
    var changed = 0
    for (a, b) in zip(olds, news) where old[a].canonical != new[b].canonical {
      guard old[a].skeleton == new[b].skeleton else { return false }
      changed += 1
    }
    return changed <= max(edits.count(where: \.isRemoval), edits.count(where: \.isInsertion))
  }

  /// Pairs the lines of one stretch by their shape, and what is left in order.
  private mutating func pair(_ edits: ArraySlice<Edit>) {
    let (olds, news) = Self.lines(of: edits)
    if edits.first?.isKept == true {
      for (a, b) in zip(olds, news) { add(a, b) }
      return
    }
    let shapes = Edit.script(from: olds.map { old[$0].skeleton }, to: news.map { new[$0].skeleton })
    for run in Self.runs(of: shapes, in: shapes.indices) {
      let (a, b) = Self.lines(of: shapes[run])
      for (i, j) in zip(a, b) { add(olds[i], news[j]) }
      for i in a.dropFirst(b.count) { add(olds[i], nil) }
      for j in b.dropFirst(a.count) { add(nil, news[j]) }
    }
  }
}
