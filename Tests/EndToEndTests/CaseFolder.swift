import Foundation
import Testing

/// A folder with a notebook, its data, and what `harmonium` must make of them.
struct CaseFolder: CustomTestStringConvertible, Sendable {
  let url: URL

  var testDescription: String { url.lastPathComponent }

  /// The cases in the folder `kind` (`Pass` or `Fail`) beside this file, in order of their names.
  static func all(_ kind: String) -> [CaseFolder] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent(kind)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted().map {
      CaseFolder(url: folder.appendingPathComponent($0, isDirectory: true))
    }
  }

  /// The words of the file `args`; without one, the notebook is rendered into `out`.
  var arguments: [String] {
    let file = url.appendingPathComponent("args")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else {
      return ["render", "notebook.md", "-o", "out"]
    }
    return text.split { $0 == " " || $0 == "\n" }.map(String.init)
  }

  /// Expects `bytes` to be those of the case's file `name`; RECORD_GOLDENS=1 rewrites the file and
  /// fails, so that no recording passes unseen.
  func expect(_ bytes: [UInt8], toBeIn name: String) throws {
    let file = url.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1" {
      if (try? Data(contentsOf: file)) != Data(bytes) {
        try Data(bytes).write(to: file)
        Issue.record("recorded \(testDescription)/\(name)")
      }
      return
    }
    let expected = try #require(
      try? Data(contentsOf: file), "\(name) is missing; record it with RECORD_GOLDENS=1")
    #expect(
      Data(bytes) == expected,
      """
      \(testDescription)/\(name) is expected to be
      \(String(decoding: expected, as: UTF8.self))
      but is
      \(String(decoding: bytes, as: UTF8.self))
      """)
  }
}
