internal import Markdown

/// A notebook without the results that are kept in it, and these results.
///
/// Markers are found by their lines and then held against what Markdown says: only what stands right
/// behind a directive, or around a role, is a result. Markers in code blocks are text.
struct CleanSource {
  /// The notebook as it was before results were written into it; it tells places of the file.
  private(set) var source: SourceText
  private(set) var stored: [StoredOutput] = []
  private(set) var diagnostics: [Diagnostic] = []

  /// Taking out what is no result after all can change what else is one; documents in which this
  /// goes on and on are not read.
  private static let rounds = 8

  init(_ original: SourceText, file: String, directives: [String]) {
    source = original
    let scanner = OutputScanner(original)
    var candidates = scanner.candidates
    guard !candidates.isEmpty || !scanner.broken.isEmpty else { return }
    for round in 0...Self.rounds {
      if round == Self.rounds { candidates = [] }
      source = SourceText(original.bytes, without: candidates.flatMap(\.cuts))
      let cells = Cells(source, file: file, directives: directives)
      var seen: Set<Int> = []
      let sorted = candidates.map { candidate in
        cells.offset(of: candidate, in: source).flatMap { seen.insert($0).inserted ? $0 : nil }
      }
      if sorted.allSatisfy({ $0 != nil }) {
        stored = zip(candidates, sorted).compactMap { $0.stored(at: $1 ?? 0) }
        break
      }
      candidates = zip(candidates, sorted).filter { $1 != nil }.map(\.0)
    }
    report(scanner, candidates, file: file)
  }

  /// Markers that are neither results nor shown as code.
  private mutating func report(
    _ scanner: OutputScanner, _ candidates: [OutputCandidate], file: String
  ) {
    let used = Set(candidates.map(\.marker))
    let strays = (scanner.candidates.map(\.marker) + scanner.broken).filter { !used.contains($0) }
    guard !strays.isEmpty else { return }
    var ignored: [Diagnostic] = []
    let code = source.code(
      from: FrontMatter(source, file: file, diagnostics: &ignored).end)
    for offset in strays.sorted() {
      guard let place = source.cleanOffset(of: offset),
        !code.contains(where: { $0.contains(place) })
      else { continue }
      let (line, column) = scanner.source.place(at: offset)
      diagnostics.append(
        Diagnostic(
          "stray-output", at: Place(file: file, line: line, column: column),
          "this marker belongs to no result of a cell",
          hint: "a result stands right behind its directive, from `harmonium:out` to "
            + "`harmonium:end`, or around its role, from `<span>` to `</span>`; delete what is left "
            + "over"))
    }
  }
}

/// The cells of a source.
private struct Cells {
  private var fenceEnds: Set<Int> = []
  private var roles: Set<Range<Int>> = []

  init(_ source: SourceText, file: String, directives: [String]) {
    var ignored: [Diagnostic] = []
    let start = FrontMatter(source, file: file, diagnostics: &ignored).end
    for block in source.blocks(from: start) {
      switch block {
      case .role(let role): roles.insert(role.range)
      case .fence(let fence):
        guard fence.isClosed, let name = Call.directiveName(of: fence, in: source),
          directives.contains(source[name])
        else { continue }
        fenceEnds.insert(fence.range.upperBound)
      }
    }
  }

  /// Where the candidate's cell ends or begins in `source`; nil if there is none.
  func offset(of candidate: OutputCandidate, in source: SourceText) -> Int? {
    guard let cut = candidate.cuts.first, let offset = source.cleanOffset(of: cut.upperBound) else {
      return nil
    }
    switch candidate.kind {
    case .block: return fenceEnds.contains(offset) ? offset : nil
    case .inline(let length): return roles.contains(offset..<(offset + length)) ? offset : nil
    }
  }
}
