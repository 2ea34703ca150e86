import Foundation

/// A folder of its own for one test, removed with its last reference.
final class ScratchFolder {
  let url: URL

  /// An empty folder, or a copy of `original`.
  init(copying original: URL? = nil) throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("harmonium-\(UUID().uuidString)", isDirectory: true)
    guard let original else {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      return
    }
    try FileManager.default.copyItem(at: original, to: url)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file below the folder, with the folders on the way to it.
  func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

  func write(_ bytes: [UInt8], to path: String) throws {
    let file = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  /// The bytes of a file below the folder; nil if there is none.
  func bytes(of path: String) -> [UInt8]? {
    (try? Data(contentsOf: url.appendingPathComponent(path))).map(Array.init)
  }

  func text(of path: String) -> String? {
    bytes(of: path).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Every file below the folder with its bytes, for telling whether anything was written; what the
  /// store keeps counts for nothing.
  var contents: [String: [UInt8]] {
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: url.path)) ?? []
    var contents: [String: [UInt8]] = [:]
    for path in paths where !path.hasPrefix(".harmonium") { contents[path] = bytes(of: path) ?? [] }
    return contents
  }

  /// `harmonium` with this folder as its working folder.
  func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Harmonium.Result {
    try Harmonium.run(arguments, in: url, environment: environment)
  }
}
