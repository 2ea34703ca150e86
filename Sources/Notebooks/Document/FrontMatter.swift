internal import Foundation
internal import Markdown
internal import Yams

/// What a notebook says about itself: YAML between `---` lines at its very start.
///
/// Only `title` and what stands under `harmonium:` is ours; everything else is prose.
package struct FrontMatter: Sendable, Equatable {
  /// The document's title.
  package var title: String?
  /// What all random numbers of the notebook derive from.
  package var seed: UInt64 = 0
  /// Whether a directive's source is shown above its result.
  package var echo = true
  /// Names of directives that belong to other tools.
  package var passthrough: [String] = []
  /// Values that can be set from outside.
  package var parameters: [Parameter] = []
  /// The names of parameters that could not be read.
  package var lostParameters: Set<String> = []
  /// The byte after the closing line; 0 if there is no front matter.
  package var end = 0

  /// The keys that may stand under `harmonium:`.
  package static let keys = ["seed", "echo", "passthrough", "parameters"]

  package init() {}
}

extension FrontMatter {
  /// The most bytes that front matter may have.
  static let limit = 65_536

  /// Reads the front matter of `source`, adding what is wrong with it to `diagnostics`.
  ///
  /// Lines between two `---` that are no YAML mapping and do not mention Harmonium are prose between
  /// two rules.
  init(_ source: SourceText, file: String, diagnostics: inout [Diagnostic]) {
    guard let lines = Self.lines(of: source) else { return }
    let start = source.line(lines.lowerBound, terminated: true).upperBound
    let text = source[start..<source.line(lines.upperBound).lowerBound]
    do throws(Diagnostic) {
      guard let mapping = try Self.compose(text, file: file)?.mapping else { return }
      end = source.line(lines.upperBound, terminated: true).upperBound
      read(mapping, file: file, diagnostics: &diagnostics)
    } catch {
      guard text.split(whereSeparator: \.isNewline).contains(where: { $0.hasPrefix("harmonium") })
      else { return }
      end = source.line(lines.upperBound, terminated: true).upperBound
      diagnostics.append(error)
    }
  }

  private static func compose(_ text: String, file: String) throws(Diagnostic) -> Node? {
    let whole = Place(file: file, line: 1)
    guard text.utf8.count <= limit else {
      throw Diagnostic(
        "front-matter", at: whole, "the front matter is longer than \(limit) bytes")
    }
    guard !usesAnchors(text) else {
      throw Diagnostic(
        "front-matter", at: whole, "the front matter uses YAML anchors (`&name`, `*name`)",
        hint: "write the values out")
    }
    do {
      return try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw diagnostic(for: error, file: file)
    } catch {
      throw Diagnostic("front-matter", at: whole, "the front matter is not YAML")
    }
  }

  /// The first and the closing line.
  private static func lines(of source: SourceText) -> ClosedRange<Int>? {
    let first = source[source.line(0)].drop { $0 == "\u{FEFF}" }
    guard first.trimmingSuffix == "---" else { return nil }
    for number in 1..<max(1, source.lineStarts.count) {
      let line = source[source.line(number)][...].trimmingSuffix
      if line == "---" || line == "..." { return 0...number }
    }
    return nil
  }

  /// Whether a value is an anchor or alias. Nested, they grow without bound when they are read.
  private static func usesAnchors(_ text: String) -> Bool {
    // What stands before a value: a line's start or one of these. `Salt & Pepper` is text.
    var valueMayBegin = true
    var afterBlank = true
    for character in text {
      if "&*".contains(character), valueMayBegin, afterBlank { return true }
      if character.isWhitespace {
        afterBlank = true
        valueMayBegin = valueMayBegin || character.isNewline
      } else {
        valueMayBegin = ":-?[{,!".contains(character)
        afterBlank = "[{,".contains(character)
      }
    }
    return false
  }

  private static func diagnostic(for error: YamlError, file: String) -> Diagnostic {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return Diagnostic(
        "front-matter", at: Place(file: file, line: mark.line + 1, column: mark.column),
        "the front matter is not YAML: \(problem)")
    case .duplicatedKeysInMapping(let duplicates, _):
      let names = duplicates.map(\.description.quoted).sorted().joined(separator: ", ")
      return Diagnostic(
        "front-matter", at: Place(file: file, line: 1), "the front matter repeats the key \(names)")
    default:
      return Diagnostic(
        "front-matter", at: Place(file: file, line: 1), "the front matter is not YAML")
    }
  }

  private mutating func read(
    _ mapping: Node.Mapping, file: String, diagnostics: inout [Diagnostic]
  ) {
    title = mapping["title"]?.string
    guard let ours = mapping["harmonium"] else {
      for key in mapping.keys
      where Suggestion.nearest(to: key.string ?? "", among: ["harmonium"]) != nil {
        diagnostics.append(
          Diagnostic(
            "unknown-key", at: key.place(in: file),
            "the key \((key.string ?? "").quoted) is not read", hint: "did you mean `harmonium`?"))
      }
      return
    }
    guard let options = ours.mapping else {
      diagnostics.append(
        Diagnostic(
          "front-matter", at: ours.place(in: file), "`harmonium:` takes keys with values",
          hint: "for example `seed: 35` on a line of its own, indented"))
      return
    }
    for (key, value) in options {
      let name = key.string ?? ""
      switch name {
      case "seed":
        if let seed = value.scalar.flatMap({ UInt64($0.string) }) {
          self.seed = seed
        } else {
          diagnostics.append(value.wrong(name, "a whole number from 0 to 2^64 - 1", in: file))
        }
      case "echo":
        if let echo = value.bool {
          self.echo = echo
        } else {
          diagnostics.append(value.wrong(name, "`true` or `false`", in: file))
        }
      case "passthrough":
        let names = value.sequence?.compactMap(\.string) ?? value.string.map { [$0] }
        if let names, value.sequence.map({ $0.count == names.count }) ?? true {
          passthrough = names
        } else {
          diagnostics.append(value.wrong(name, "a list of directive names", in: file))
        }
      case "parameters":
        parameters = Parameter.all(
          value, in: file, lost: &lostParameters, diagnostics: &diagnostics)
      default:
        diagnostics.append(
          Diagnostic(
            "unknown-key", at: key.place(in: file), "there is no key \(name.quoted) for Harmonium",
            hint: Suggestion.hint(for: name, among: Self.keys, called: "keys")))
      }
    }
  }
}

extension Node {
  func place(in file: String) -> Place {
    Place(file: file, line: (mark?.line ?? 0) + 1, column: mark?.column ?? 1)
  }

  fileprivate func wrong(_ key: String, _ expected: String, in file: String) -> Diagnostic {
    Diagnostic("front-matter", at: place(in: file), "\(key.quoted) takes \(expected)")
  }
}

extension Substring {
  fileprivate var trimmingSuffix: Substring {
    var result = self
    while let last = result.last, last.isBlank { result.removeLast() }
    return result
  }
}
