/// The difference between two texts as hunks of lines with three lines of context.
struct UnifiedDiff<Line: Hashable> {
  /// Lines that are changed together.
  struct Change: Equatable {
    /// The first of them in either text.
    var old: Int
    var new: Int
    /// Whether both texts have lines there; if not, lines were taken out or put in.
    var isReplacement: Bool
  }
  struct Hunk: Equatable {
    /// First line and number of lines on either side, counted from 0.
    var old: Range<Int>
    var new: Range<Int>
    /// What is changed, one after the other with lines between that are not.
    var changes: [Change]
    /// Lines with ` `, `-` or `+` in front.
    var lines: [String]
  }
  var hunks: [Hunk]

  fileprivate enum Edit {
    case keep(Int, Int)
    case remove(Int)
    case insert(Int)
  }

  /// Cost: quadratic in what differs; above 2000 differing lines they are shown as one replacement.
  init(old: [Line], new: [Line], context: Int = 3, text: (Line) -> String) {
    let edits: [Edit] = Self.edits(old, new)
    let show: (Edit) -> String = { edit in
      switch edit {
      case .keep(let line, _): " " + text(old[line])
      case .remove(let line): "-" + text(old[line])
      case .insert(let line): "+" + text(new[line])
      }
    }
    hunks = []
    var index = 0
    while let first = edits[index...].firstIndex(where: { !$0.isKept }) {
      var end = first
      var quiet = 0
      var last = first
      while end < edits.count, quiet <= 2 * context {
        if edits[end].isKept {
          quiet += 1
        } else {
          quiet = 0
          last = end
        }
        end += 1
      }
      let range = max(index, first - context)..<min(edits.count, last + 1 + context)
      hunks.append(Self.hunk(edits, range, text: show))
      index = range.upperBound
    }
  }

  private static func edits(_ old: [Line], _ new: [Line]) -> [Edit] {
    var start = 0
    while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
    var oldEnd = old.count
    var newEnd = new.count
    while oldEnd > start, newEnd > start, old[oldEnd - 1] == new[newEnd - 1] {
      oldEnd -= 1
      newEnd -= 1
    }
    var edits = (0..<start).map { Edit.keep($0, $0) }
    if max(oldEnd, newEnd) - start > 2000 {
      edits += (start..<oldEnd).map(Edit.remove) + (start..<newEnd).map(Edit.insert)
    } else {
      let difference = Array(new[start..<newEnd]).difference(from: Array(old[start..<oldEnd]))
      let removed = Set(difference.removals.map { start + $0.position })
      let inserted = Set(difference.insertions.map { start + $0.position })
      var (a, b) = (start, start)
      while a < oldEnd || b < newEnd {
        if a < oldEnd, removed.contains(a) {
          edits.append(.remove(a))
          a += 1
        } else if b < newEnd, inserted.contains(b) {
          edits.append(.insert(b))
          b += 1
        } else {
          edits.append(.keep(a, b))
          a += 1
          b += 1
        }
      }
    }
    return edits + (0..<(old.count - oldEnd)).map { Edit.keep(oldEnd + $0, newEnd + $0) }
  }

  private static func hunk(
    _ edits: [Edit], _ range: Range<Int>, text: (Edit) -> String
  ) -> Hunk {
    var start = (old: 0, new: 0)
    for edit in edits[..<range.lowerBound] { edit.advance(&start.old, &start.new) }
    var end = start
    var changes: [Change] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let run = edits[index..<range.upperBound].prefix { !$0.isKept }
      if !run.isEmpty {
        let isReplacement = run.contains(where: \.isRemoval) && run.contains(where: \.isInsertion)
        changes.append(Change(old: end.old, new: end.new, isReplacement: isReplacement))
      }
      let next = max(run.endIndex, index + 1)
      for edit in edits[index..<next] { edit.advance(&end.old, &end.new) }
      index = next
    }
    return Hunk(
      old: start.old..<end.old, new: start.new..<end.new, changes: changes,
      lines: edits[range].map(text))
  }
}

extension CollectionDifference.Change {
  /// The offset of the element in the collection that it is removed from or inserted into.
  fileprivate var position: Int {
    switch self {
    case .remove(let offset, _, _), .insert(let offset, _, _): offset
    }
  }
}

extension UnifiedDiff.Edit {
  fileprivate var isKept: Bool { if case .keep = self { true } else { false } }
  fileprivate var isRemoval: Bool { if case .remove = self { true } else { false } }
  fileprivate var isInsertion: Bool { if case .insert = self { true } else { false } }

  fileprivate func advance(_ old: inout Int, _ new: inout Int) {
    switch self {
    case .keep:
      old += 1
      new += 1
    case .remove: old += 1
    case .insert: new += 1
    }
  }
}
