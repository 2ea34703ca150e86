import Foundation
package import Testing

/// A file with the text that a test expects, in the folder `Goldens` beside the test.
///
/// With RECORD_GOLDENS=1 in the environment, `expect` rewrites the file and fails, so that no
/// recording passes unseen: read the difference like code, then run again without it.
package struct Golden {
  private let file: URL

  /// The golden `name`, an ending included, for a test in the file `test`.
  package init(_ name: String, beside test: String = #filePath) {
    file = URL(fileURLWithPath: test).deletingLastPathComponent()
      .appendingPathComponent("Goldens").appendingPathComponent(name)
  }

  /// The file at `path`, from the root of the package, when some committed file is the golden.
  package init(committed path: String) { file = Self.committed(path) }

  /// Where a committed file is, from the root of the package.
  package static func path(committed path: String) -> String { committed(path).path }

  /// The names in a folder of the package, sorted.
  package static func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: committed(folder).path).sorted()
  }

  /// The whole path of what stands at `path`, from the root of the package.
  package static func path(_ path: String) -> String { committed(path).path }

  private static func committed(_ path: String) -> URL {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    return root.appendingPathComponent(path)
  }

  /// Expects `text` to be what the golden holds, byte for byte.
  package func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      Issue.record("recorded \(file.lastPathComponent)", sourceLocation: sourceLocation)
      return
    }
    guard let data = try? Data(contentsOf: file) else {
      Issue.record(
        "\(file.path) is missing; record it with RECORD_GOLDENS=1", sourceLocation: sourceLocation)
      return
    }
    #expect(text == String(decoding: data, as: UTF8.self), sourceLocation: sourceLocation)
  }
}
