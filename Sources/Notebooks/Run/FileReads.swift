internal import Foundation
internal import Synchronization

/// A file of the notebook's folder as a cell found it.
package struct FileState: Hashable, Sendable {
  /// The name as the notebook has it.
  package let name: String
  /// The SHA-256 of its bytes; `FileState.missing` if it could not be read.
  package let hash: String

  static let missing = "missing"
}

/// The files that a cell has asked for, learned while it runs.
package final class FileReads: Sendable {
  private let found = Mutex<[FileState]>([])

  init() {}

  func note(_ state: FileState) {
    found.withLock { if !$0.contains(state) { $0.append(state) } }
  }

  /// In the order in which they were first asked for.
  var states: [FileState] { found.withLock { $0 } }
}

/// The hashes of files, each taken once.
final class FileHashes: Sendable {
  private let known = Mutex<[String: String]>([:])

  init() {}

  /// The state of a file of `folder` as it was when it was first asked for.
  func state(of name: String, in folder: Folder) -> FileState {
    let key = "\(folder.path)\n\(name)"
    if let hash = known.withLock({ $0[key] }) { return FileState(name: name, hash: hash) }
    let state = folder.state(of: name)
    known.withLock { $0[key] = state.hash }
    return state
  }
}

extension Folder {
  /// The state of a file now.
  func state(of name: String) -> FileState {
    let name = Text(name, at: Place(file: path))
    let data = (try? Folder(path: path).file(name)).flatMap {
      try? Data(contentsOf: URL(fileURLWithPath: $0), options: .mappedIfSafe)
    }
    return FileState(
      name: name.string, hash: data.map { StoreKey(of: $0).hex } ?? FileState.missing)
  }
}
