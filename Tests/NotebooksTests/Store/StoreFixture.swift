import Foundation
import Synchronization

@testable import Notebooks

/// A store in a folder of its own, removed with its last reference, and what it warned of.
final class ScratchStore: Sendable {
  let folder: String
  private let heard = Sentences()

  init() {
    folder =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("harmonium-store-\(UUID().uuidString)").path
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// The store, as another process would open it.
  func open(limit: Int = Store.standardLimit) -> Store {
    Store(folder: folder, limit: limit, warn: { [heard] in heard.add($0) })
  }

  var warnings: [String] { heard.all }

  /// The paths of all files of entries.
  var files: [String] {
    let entries = "\(folder)/v1"
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: entries)) ?? []
    return paths.filter { $0.contains("/") }.sorted().map { "\(entries)/\($0)" }
  }

  /// The bytes that the entries take together.
  var size: Int {
    files.reduce(0) { $0 + (FileManager.default.contents(atPath: $1)?.count ?? 0) }
  }
}

private final class Sentences: Sendable {
  private let sentences = Mutex<[String]>([])
  func add(_ sentence: String) { sentences.withLock { $0.append(sentence) } }
  var all: [String] { sentences.withLock { $0 } }
}
