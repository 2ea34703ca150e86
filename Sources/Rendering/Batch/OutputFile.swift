internal import Foundation
internal import Notebooks

/// A file that is replaced as a whole or not at all.
struct OutputFile {
  let path: String

  /// Puts `bytes` in place of the file's content; false if they were there already.
  ///
  /// The new content is written beside the file and renamed over it, so that a reader, a full disk
  /// or a crash sees the old bytes or the new ones.
  func replace(with bytes: [UInt8]) throws(Diagnostic) -> Bool {
    let data = Data(bytes)
    if FileManager.default.contents(atPath: path) == data { return false }
    do {
      let url = URL(fileURLWithPath: path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try data.write(to: url, options: .atomic)
      return true
    } catch {
      throw Diagnostic(
        "unwritable", at: Place(file: path), "the output cannot be written",
        hint: "check that the folder exists or can be made, and that it may be written to")
    }
  }
}
