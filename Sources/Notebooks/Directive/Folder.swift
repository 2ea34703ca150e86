internal import Foundation

/// The folder that a notebook may read from: nothing above it, no links out of it.
package struct Folder: Sendable {
  package let path: String

  /// The most bytes that a data file may have.
  package static let sizeLimit = 256 << 20

  /// Who takes note of the files that are asked for.
  private let reads: FileReads?

  package init(path: String, reads: FileReads? = nil) {
    (self.path, self.reads) = (path.isEmpty ? "." : path, reads)
  }

  /// The folder that the notebook's file lies in.
  package init(of notebook: String) {
    self.init(path: notebook.lastIndex(of: "/").map { String(notebook[...$0]) } ?? ".")
  }

  /// The same folder with a listener of its own.
  func noting(_ reads: FileReads) -> Folder { Folder(path: path, reads: reads) }

  /// Takes note of files that were read in another way.
  func note(_ states: [FileState]) {
    for state in states { reads?.note(state) }
  }

  /// The path of a file in the folder, as messages show it.
  func shownPath(of name: Text) -> String {
    path == "." ? name.string : path.hasSuffix("/") ? path + name.string : "\(path)/\(name.string)"
  }

  /// The path with links resolved, for telling whether two paths are the same file.
  static func real(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
  }

  /// The bytes of a file inside the folder; `name` is relative, with `/` between its parts.
  package func read(_ name: Text) throws(Diagnostic) -> [UInt8] {
    var hash = FileState.missing
    defer { reads?.note(FileState(name: name.string, hash: hash)) }
    let path = try existing(name)
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
      throw Diagnostic("missing-file", at: name.place, "\(name.string.quoted) cannot be read")
    }
    if reads != nil { hash = StoreKey(of: data).hex }
    return Array(data)
  }

  /// The path of a file inside the folder that exists and is not too large.
  package func file(_ name: Text) throws(Diagnostic) -> String {
    defer { reads?.note(state(of: name.string)) }
    return try existing(name)
  }

  private func existing(_ name: Text) throws(Diagnostic) -> String {
    let parts = name.string.split(separator: "/", omittingEmptySubsequences: false)
    guard !name.string.hasPrefix("/"), !parts.contains(".."), !name.string.utf8.contains(0) else {
      throw outside(name, "only files in the notebook's own folder can be read")
    }
    let root = URL(fileURLWithPath: root, isDirectory: true)
    let url = root.appendingPathComponent(name.string)
    let real = url.resolvingSymlinksInPath().standardizedFileURL
    guard real == root || real.path.hasPrefix(root.path == "/" ? "/" : root.path + "/") else {
      throw outside(name, "a symbolic link leads out of the notebook's folder")
    }
    guard
      let attributes = try? FileManager.default.attributesOfItem(atPath: real.path),
      attributes[.type] as? FileAttributeType == .typeRegular
    else {
      throw Diagnostic(
        "missing-file", at: name.place, "there is no file \(name.string.quoted)",
        hint: "paths start from the notebook's folder")
    }
    guard let size = attributes[.size] as? Int, size <= Self.sizeLimit else {
      throw Diagnostic(
        "too-large", at: name.place,
        "\(name.string.quoted) has more than \(Self.sizeLimit) bytes")
    }
    return real.path
  }

  private func outside(_ name: Text, _ why: String) -> Diagnostic {
    Diagnostic(
      "outside-folder", at: name.place, "\(name.string.quoted) is out of bounds: \(why)",
      hint: "copy the file next to the notebook")
  }
}
