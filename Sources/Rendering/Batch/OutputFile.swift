internal import Foundation
internal import Notebooks

/// A file that is replaced as a whole or not at all.
struct OutputFile {
  let path: String

  /// Puts `bytes` in place of the file's content; false if they were there already.
  ///
  /// The new content is written beside the file and renamed over it, so that a reader, a full disk
  /// or a crash sees the old bytes or the new ones. The file keeps its permissions. With `expecting`
  /// a file that holds other bytes by now is left alone. What is no file takes the bytes as they are.
  func replace(with bytes: [UInt8], expecting old: [UInt8]? = nil) throws(Diagnostic) -> Bool {
    if let sink = Sink(at: path) {
      guard old == nil else {
        throw Diagnostic(
          "unwritable", at: Place(file: path), "this is no file that results could be kept in",
          hint: "render it into a folder")
      }
      do { try sink.write(bytes) } catch { throw unwritable }
      return true
    }
    let stored = FileManager.default.contents(atPath: path).map(Array.init)
    if let old, stored != old {
      throw Diagnostic(
        "changed-meanwhile", at: Place(file: path),
        "the file was changed while its cells ran; it is left as it is now",
        hint: "run the command again")
    }
    if stored == bytes { return false }
    // A link stays a link: what it leads to is replaced.
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let folder = url.deletingLastPathComponent()
    let beside = folder.appendingPathComponent(Self.temporaryName(for: url.lastPathComponent))
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let mode = try? FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions]
      try Data(bytes).write(to: beside)
      if let mode {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: beside.path)
      }
      guard unsafe rename(beside.path, url.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
      return true
    } catch {
      try? FileManager.default.removeItem(at: beside)
      throw unwritable
    }
  }

  private var unwritable: Diagnostic {
    Diagnostic(
      "unwritable", at: Place(file: path), "the output cannot be written",
      hint: "check that the folder exists or can be made, and that it may be written to")
  }

  /// Hidden, so that nobody takes it for a notebook, and of this process alone.
  private static func temporaryName(for name: String) -> String {
    ".\(name).\(ProcessInfo.processInfo.processIdentifier).harmonium"
  }
}
