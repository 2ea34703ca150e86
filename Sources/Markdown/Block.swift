/// A place of a Markdown document at which something other than prose may stand.
package enum Block: Sendable, Equatable {
  /// A fenced code block.
  case fence(Fence)
  /// A code span with a role in front of it: `` {name}`content` ``.
  case role(Role)

  /// The bytes of the construct.
  package var range: Range<Int> {
    switch self {
    case .fence(let fence): fence.range
    case .role(let role): role.range
    }
  }
}

/// A fenced code block, also one inside a list or a quotation.
package struct Fence: Sendable, Equatable {
  /// From the first fence character to the end of the last line, without what ends that line.
  package var range: Range<Int>
  /// The info string as typed, without the blanks around it.
  package var info: Range<Int>
  /// The lines between the fences, each without the indentation of what contains the block.
  package var body: [Range<Int>]
  /// Whether the closing fence is there.
  package var isClosed: Bool
  /// What each further line must begin with to stand in the same list item or quotation.
  package var continuation: String
}

/// A code span with a role in front of it: `` {name}`content` ``.
package struct Role: Sendable, Equatable {
  /// From the opening brace to the last backtick.
  package var range: Range<Int>
  /// The bytes of the name.
  package var name: Range<Int>
  /// The bytes between the backticks.
  package var content: Range<Int>
}
