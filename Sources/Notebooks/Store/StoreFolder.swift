internal import Foundation

/// The entries of a store as files, for making room.
struct StoreFolder {
  let path: String

  init(_ path: String) { self.path = path }

  /// Files that say what the folder is.
  static let marks = [
    (".gitignore", "*\n"),
    (
      "CACHEDIR.TAG",
      """
      Signature: 8a477f597d28d172789f06886806bc55
      # Results of Harmonium's cells. They can be deleted: what is missing is computed again.

      """
    ),
  ]

  private struct File {
    var path: String
    var size: Int
    var lastUsed: Date
  }

  /// Removes the least recently used entries until at most `limit` bytes are left, and what
  /// processes that were killed left behind.
  ///
  /// Other processes may read, write and remove entries meanwhile: one that is gone is just missing.
  func evict(downTo limit: Int) {
    let files = files().sorted { ($0.lastUsed, $0.path) < ($1.lastUsed, $1.path) }
    var total = files.reduce(0) { $0 + $1.size }
    for file in files where total > limit {
      try? FileManager.default.removeItem(atPath: file.path)
      total -= file.size
    }
  }

  /// The entries, after files that nobody writes any more have been removed.
  private func files() -> [File] {
    var files: [File] = []
    // A link leads to what is not ours to remove.
    for shard in names(in: path) where isFolder("\(path)/\(shard)") {
      for name in names(in: "\(path)/\(shard)") {
        let file = "\(path)/\(shard)/\(name)"
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: file),
          let size = attributes[.size] as? Int, let date = attributes[.modificationDate] as? Date
        else { continue }
        if Self.isEntry(name) {
          files.append(File(path: file, size: size, lastUsed: date))
        } else if StoreEntry.isTemporary(name), date.timeIntervalSinceNow < -3600 {
          try? FileManager.default.removeItem(atPath: file)
        }
      }
    }
    return files
  }

  /// Whether a file is an entry and not one that is still being written.
  private static func isEntry(_ name: String) -> Bool {
    name.utf8.count == 62 && name.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
  }

  private func isFolder(_ path: String) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.type] as? FileAttributeType == .typeDirectory
  }

  private func names(in folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  }
}
