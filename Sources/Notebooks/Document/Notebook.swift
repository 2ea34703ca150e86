package import Markdown

/// A Markdown document and what stands in it: prose, directives and roles, covering every byte.
package struct Notebook: Sendable {
  /// The path as the user gave it, for messages.
  package let file: String
  /// The document without the results that may be kept in it.
  package let source: SourceText
  /// The results that are kept in the notebook itself, in document order.
  package let stored: [StoredOutput]
  package let frontMatter: FrontMatter
  /// In document order; their ranges join up to the whole source.
  package let cells: [Cell]
  /// What is wrong with the document itself.
  package let diagnostics: [Diagnostic]
  /// Names that directives which could not be read may have defined. That they are missing further
  /// down is no mistake of its own.
  package private(set) var lostNames: Set<String> = []

  /// The most bytes that a notebook may have.
  package static let sizeLimit = 64 << 20

  /// Reads a notebook. Never fails: what is wrong is in `diagnostics`.
  ///
  /// `directives` are the names that Harmonium knows; other names in braces are mistakes unless
  /// MyST or the notebook's `passthrough` list has them.
  package init(_ bytes: [UInt8], file: String, directives: [String]) {
    self.file = file
    let whole = SourceText(bytes)
    var diagnostics: [Diagnostic] = []
    guard bytes.count <= Self.sizeLimit, let broken = Self.firstInvalid(bytes) else {
      (source, stored) = (whole, [])
      let tooLong = Diagnostic(
        "too-large", at: Place(file: file), "the notebook has more than \(Self.sizeLimit) bytes")
      (frontMatter, cells) = (FrontMatter(), [.prose(0..<bytes.count)])
      self.diagnostics = [tooLong]
      return
    }
    if broken < bytes.count {
      (source, stored) = (whole, [])
      let (line, column) = whole.place(at: broken)
      diagnostics.append(
        Diagnostic(
          "invalid-utf8", at: Place(file: file, line: line, column: column),
          "the bytes here are not UTF-8", hint: "save the file as UTF-8"))
      (frontMatter, cells) = (FrontMatter(), [.prose(0..<bytes.count)])
      self.diagnostics = diagnostics
      return
    }
    let clean = CleanSource(whole, file: file, directives: directives)
    (source, stored) = (clean.source, clean.stored)
    diagnostics += clean.diagnostics
    frontMatter = FrontMatter(source, file: file, diagnostics: &diagnostics)
    var reader = CellReader(
      source: source, file: file, known: directives,
      foreign: ForeignNames.directives + frontMatter.passthrough)
    cells = reader.cells(from: frontMatter.end)
    self.diagnostics = diagnostics + reader.diagnostics
    lostNames = reader.lostNames.union(frontMatter.lostParameters)
  }

  /// The offset of the first byte that is not part of valid UTF-8; the count if all are.
  private static func firstInvalid(_ bytes: [UInt8]) -> Int? {
    if String(validating: bytes, as: UTF8.self) != nil { return bytes.count }
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var valid = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      valid += UTF8.width(scalar)
    }
    return valid
  }
}

/// A part of a notebook.
package enum Cell: Sendable {
  /// Bytes that are carried over as they are.
  case prose(Range<Int>)
  /// A directive.
  case call(Call)
  /// An inline role.
  case role(RoleCall)
}

/// `` {eval}`expression` `` or `` {claim}`number = expression` `` in a sentence.
package struct RoleCall: Sendable {
  /// The roles that Harmonium knows.
  package enum Name: String, Sendable, CaseIterable {
    case eval, claim
  }
  package var name: Name
  package var content: Text
  package var range: Range<Int>
}

/// Turns the blocks that may mean something into cells and fills the gaps with prose.
private struct CellReader {
  let source: SourceText
  let file: String
  let known: [String]
  let foreign: [String]
  var diagnostics: [Diagnostic] = []
  var lostNames: Set<String> = []

  mutating func cells(from start: Int) -> [Cell] {
    var cells: [Cell] = []
    var end = 0
    for block in source.blocks(from: start) {
      guard let cell = cell(block) else { continue }
      if block.range.lowerBound > end { cells.append(.prose(end..<block.range.lowerBound)) }
      cells.append(cell)
      end = block.range.upperBound
    }
    if end < source.bytes.count || cells.isEmpty {
      cells.append(.prose(end..<source.bytes.count))
    }
    return cells
  }

  private mutating func cell(_ block: Block) -> Cell? {
    switch block {
    case .fence(let fence): call(fence).map(Cell.call)
    case .role(let role): self.role(role).map(Cell.role)
    }
  }

  private mutating func call(_ fence: Fence) -> Call? {
    guard let call = Call(fence, in: source, file: file) else {
      reportSwallowedDirectives(fence)
      return nil
    }
    let name = call.name.string
    guard known.contains(name) else {
      if !foreign.contains(name) {
        lose(call)
        diagnostics.append(
          Diagnostic(
            "unknown-directive", at: call.place, "there is no directive \(name.quoted)",
            hint: Suggestion.nearest(to: name, among: known).map { "did you mean \($0.quoted)?" }
              ?? "`harmonium directives` lists them; one of another tool goes under `passthrough:`")
        )
      }
      return nil
    }
    if !fence.isClosed {
      lose(call)
      diagnostics.append(
        Diagnostic(
          "unclosed-fence", at: call.place, "the fence of \(name.quoted) is never closed",
          hint:
            "end it with a line of \(call.source[0].prefix { $0 == "`" || $0 == "~" }.quotedRun)"
            + (fence.continuation.isEmpty ? "" : ", inside the same list item or quotation")))
      return nil
    }
    return call
  }

  private mutating func lose(_ call: Call) {
    lostNames.formUnion(call.argument.words.map(\.string))
    // `name = formula`, a line of `let`.
    lostNames.formUnion(call.body.compactMap { $0.cut(at: "=")?.head.string })
    lostNames.formUnion(call.options.filter { $0.name.string == "name" }.map(\.value.string))
  }

  /// A code block that takes directives in with it would lose them in silence.
  ///
  /// Showing a directive in a code block needs a longer fence, since the directive's last line would
  /// close one that is as long as its own.
  private mutating func reportSwallowedDirectives(_ fence: Fence) {
    let outer = source[fence.range].prefix { $0 == "`" || $0 == "~" }
    var first: Int?
    for line in fence.body {
      let text = source[line].drop(while: \.isBlank)
      let run = text.prefix { $0 == "`" || $0 == "~" }
      guard run.count >= 3, !fence.isClosed || run.hasPrefix(outer) else { continue }
      let info = text.dropFirst(run.count).drop(while: \.isBlank)
      guard let name = known.first(where: { info.hasPrefix("{\($0)}") }) else { continue }
      first = first ?? source.place(at: line.lowerBound).line
      let argument = info.dropFirst(name.count + 2)
      lostNames.formUnion(argument.split(whereSeparator: \.isBlank).map(String.init))
    }
    guard let first else { return }
    let (line, column) = source.place(at: fence.range.lowerBound)
    diagnostics.append(
      Diagnostic(
        "unclosed-fence", at: Place(file: file, line: line, column: column),
        "this code block takes in the directive on line \(first)",
        hint: "end the block above that line; to show a directive as code, use a longer fence"))
  }

  /// The text with blanks in place of the quotation marks that begin its further lines.
  private static func withoutQuotation(_ text: String) -> String {
    var lineBegins = false
    return String(
      text.map { character in
        if character.isLineEnd {
          lineBegins = true
        } else if character == ">", lineBegins {
          return " "
        } else if !character.isBlank {
          lineBegins = false
        }
        return character
      })
  }

  private mutating func role(_ role: Role) -> RoleCall? {
    let typed = source[role.name]
    let (line, column) = source.place(at: role.content.lowerBound)
    let place = Place(file: file, line: line, column: column)
    if let name = RoleCall.Name(rawValue: typed) {
      return RoleCall(
        name: name, content: Text(Self.withoutQuotation(source[role.content]), at: place),
        range: role.range)
    }
    let names = RoleCall.Name.allCases.map(\.rawValue)
    if !ForeignNames.roles.contains(typed), !foreign.contains(typed),
      let nearest = Suggestion.nearest(to: typed, among: names)
    {
      let start = source.place(at: role.name.lowerBound)
      diagnostics.append(
        Diagnostic(
          "unknown-role", at: Place(file: file, line: start.line, column: start.column),
          "there is no role \(typed.quoted)", hint: "did you mean \(nearest.quoted)?"))
    }
    return nil
  }
}

extension Substring {
  fileprivate var quotedRun: String { first == "~" ? "\(count) tildes" : "\(count) backticks" }
}
