internal import Foundation

extension Folder {
  /// How the files end that notebooks may write: no notebook, no data and no program can be lost.
  package static let savedSuffix = ".safetensors"

  /// A name under which something may be saved: relative, one plain part after the other.
  static func savedName(_ name: Text) throws(Diagnostic) -> Text {
    let hint = "for example `models/threes\(savedSuffix)`"
    if name.isEmpty {
      throw Diagnostic("missing-value", at: name.place, "`save` needs a file", hint: hint)
    }
    let parts = name.string.split(separator: "/", omittingEmptySubsequences: false)
    guard !parts.contains(where: { $0.isEmpty || $0.hasPrefix(".") }),
      !name.string.contains(where: { $0.isNewline || $0 == "\0" || $0 == "\\" })
    else {
      throw Diagnostic(
        "outside-folder", at: name.place,
        "\(name.string.quoted) is out of bounds: files go below the notebook's own folder, into no "
          + "hidden one", hint: hint)
    }
    guard name.string.hasSuffix(savedSuffix), name.string.utf8.count <= 200 else {
      throw Diagnostic(
        "bad-file", at: name.place,
        "a model is saved in a file whose name ends in `\(savedSuffix)`",
        hint: hint)
    }
    return name
  }

  /// The path of a file below the folder that may be written; it need not exist.
  package func destination(of name: Text) throws(Diagnostic) -> String {
    let name = try Self.savedName(name)
    var path = root
    let parts = name.string.split(separator: "/").map(String.init)
    for (index, part) in parts.enumerated() {
      path = path == "/" ? "/\(part)" : "\(path)/\(part)"
      // Attributes of a link are its own, so nothing is ever followed.
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      guard let type = attributes?[.type] as? FileAttributeType else { continue }
      let isLast = index == parts.count - 1
      guard type == (isLast ? .typeRegular : .typeDirectory) else {
        throw Diagnostic(
          "outside-folder", at: name.place,
          "\(name.string.quoted) cannot be written: \(part.quoted) is no plain "
            + (isLast ? "file" : "folder"),
          hint: "nothing is saved through symbolic links")
      }
    }
    return path
  }

  /// The path that a file of that name would have, for telling files apart.
  package func path(of name: Text) -> String {
    URL(fileURLWithPath: root, isDirectory: true).appendingPathComponent(name.string)
      .resolvingSymlinksInPath().standardizedFileURL.path
  }

  /// The folder itself, without links on the way to it.
  var root: String {
    URL(fileURLWithPath: path, isDirectory: true).resolvingSymlinksInPath().standardizedFileURL.path
  }
}
