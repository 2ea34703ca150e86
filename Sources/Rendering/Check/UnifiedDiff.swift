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

  /// Cost: quadratic in what differs; above 2000 differing lines they are shown as one replacement.
  init(old: [Line], new: [Line], context: Int = 3, text: (Line) -> String) {
    let edits = Edit.script(from: old, to: new)
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
