internal import Foundation
package import Notebooks

/// A notebook to start from.
package enum NewNotebook {
  /// Writes it to `path`; never over a file that is there.
  package static func write(to path: String) -> [Diagnostic] {
    let url = URL(fileURLWithPath: path)
    guard path.hasSuffix(".md"), url.lastPathComponent != ".md" else {
      return [
        Diagnostic(
          "no-notebook", at: Place(file: path), "a notebook's name ends in `.md`",
          hint: "for example `harmonium new slides.md`")
      ]
    }
    guard !FileManager.default.fileExists(atPath: path) else {
      return [
        Diagnostic(
          "already-there", at: Place(file: path), "there is a file of this name; it stays as it is",
          hint: "choose another name")
      ]
    }
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      let name = url.deletingPathExtension().lastPathComponent
      try Data(text(title: title(of: name)).utf8).write(to: url, options: .withoutOverwriting)
      return []
    } catch {
      return [
        Diagnostic(
          "unwritable", at: Place(file: path), "the notebook cannot be written",
          hint: "check that the folder may be written to")
      ]
    }
  }

  /// `03-two-valleys` reads `Two valleys`.
  private static func title(of name: String) -> String {
    let words = name.drop { $0.isNumber || $0 == "-" || $0 == "_" }
      .map { "-_".contains($0) ? " " : $0 }
    let title = String(words.isEmpty ? Array(name) : words)
    return title.prefix(1).uppercased() + title.dropFirst()
  }

  static func text(title: String) -> String {
    let quoted = title.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return """
      ---
      title: "\(quoted)"
      harmonium:
        seed: 1
      ---

      # \(title)

      *Which states does this machine prefer?*

      ```{machine} pair
      :visible: a b

      a -- b: 1.5
      a: -0.5
      ```

      Each state and its probability:

      ```{energy-table} pair
      :name: states
      ```

      Both units are on with probability {claim}`0.510 = p(pair, a=1, b=1)`, and Z is {eval}`Z(pair)`.
      `harmonium check` says so if a number in a {claim} is not the computed one.

      `harmonium directives --list` names what else a notebook can contain.

      """
  }
}
