/// One step of turning a list of lines into another.
enum Edit: Equatable {
  /// The lines with these numbers, from 0, are the same.
  case keep(Int, Int)
  /// The old line with this number is gone.
  case remove(Int)
  /// The new line with this number has come.
  case insert(Int)
}

extension Edit {
  /// The fewest steps that turn `old` into `new`, in order.
  ///
  /// Cost: quadratic in what differs; above 2000 differing lines they are one replacement.
  static func script<Line: Hashable>(from old: [Line], to new: [Line]) -> [Edit] {
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

  var isKept: Bool { if case .keep = self { true } else { false } }
  var isRemoval: Bool { if case .remove = self { true } else { false } }
  var isInsertion: Bool { if case .insert = self { true } else { false } }

  func advance(_ old: inout Int, _ new: inout Int) {
    switch self {
    case .keep:
      old += 1
      new += 1
    case .remove: old += 1
    case .insert: new += 1
    }
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
