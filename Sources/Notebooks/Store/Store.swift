internal import Foundation
internal import Synchronization

/// Results kept across runs and processes: bytes under a key that says all that they depend on.
///
/// A store never changes a result, it only saves the work. So nothing here throws: what is missing,
/// damaged or cannot be written is computed again, with a warning where something is wrong. Several
/// processes may share a folder: an entry is put in place by one rename, and it is a whole entry or
/// none. What is written after the last eviction may exceed the bound by a sixteenth of it for each
/// further process.
///
/// A store is trusted as the program is: whoever can write to it can forge results.
package final class Store: Sendable {
  /// Where the entries lie.
  package let folder: String
  /// The most bytes that the entries take together; the least recently used ones make room.
  package let limit: Int
  /// Which program's results are meant: a part of every key.
  package let program: String
  private let warn: @Sendable (String) -> Void
  private let state = Mutex(State())

  private struct State {
    /// Since the entries were last counted.
    var written = 0
    var isPrepared = false
    var hasWarned = false
  }

  /// 2 GiB.
  package static let standardLimit = 2 << 30

  /// A store in `folder`, which is made when something is first kept. `program` tells one version of
  /// the program from another; `warn` gets whole sentences.
  package init(
    folder: String, limit: Int = standardLimit, program: String = "",
    warn: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    precondition(limit > 0, "A store has room for something.")
    (self.folder, self.limit) = (folder.isEmpty ? "." : folder, limit)
    (self.program, self.warn) = (program, warn)
  }

  /// The bytes kept for `key`; nil if there are none, or if they are damaged.
  package func get(_ key: StoreKey) -> [UInt8]? {
    let path = path(of: key)
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    guard let bytes = StoreEntry.bytes(in: data, for: key) else {
      warn("\(path) is damaged; its result is computed again")
      remove(key)
      return nil
    }
    // When it was last used, for eviction; that this can fail does not matter.
    try? FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: path)
    return bytes
  }

  /// Keeps `bytes` for `key`, in place of what was there. More than a quarter of the bound is not
  /// kept.
  package func put(_ bytes: [UInt8], for key: StoreKey) {
    guard bytes.count <= limit / 4 else { return }
    do {
      try prepare()
      try StoreEntry.write(bytes, for: key, to: path(of: key))
    } catch {
      let isFirst = state.withLock { state in
        defer { state.hasWarned = true }
        return !state.hasWarned
      }
      if isFirst { warn("\(folder) cannot be written to; results are not kept") }
      return
    }
    if mustCount(bytes.count, key) { StoreFolder(entries).evict(downTo: limit - limit / 16) }
  }

  /// Forgets what is kept for `key`.
  package func remove(_ key: StoreKey) {
    try? FileManager.default.removeItem(atPath: path(of: key))
  }

  /// Only entries of this format are looked at.
  private var entries: String { "\(folder)/v1" }

  private func path(of key: StoreKey) -> String {
    "\(entries)/\(key.hex.prefix(2))/\(key.hex.dropFirst(2))"
  }

  /// Whether enough may have been written to count all entries: a sixteenth of the bound by this
  /// process, and one key in 256 for the many processes that write little.
  private func mustCount(_ size: Int, _ key: StoreKey) -> Bool {
    state.withLock { state in
      state.written += size + StoreEntry.overhead
      guard state.written >= limit / 16 || key.hex.hasSuffix("00") else { return false }
      state.written = 0
      return true
    }
  }

  /// Tells version control and backups that the folder can be made again.
  private func prepare() throws {
    guard state.withLock({ !$0.isPrepared }) else { return }
    let root = URL(fileURLWithPath: folder, isDirectory: true)
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    for (name, text) in StoreFolder.marks {
      let file = root.appendingPathComponent(name)
      guard !FileManager.default.fileExists(atPath: file.path) else { continue }
      try Data(text.utf8).write(to: file, options: .atomic)
    }
    state.withLock { $0.isPrepared = true }
  }
}
