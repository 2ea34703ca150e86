internal import Foundation
internal import Notebooks

/// Tells whether notebooks were saved since it was last asked, by asking the file system.
package struct Watch {
  private struct Stamp: Equatable {
    var modified: Date?
    var size: Int?
    var number: Int?
  }

  private struct State: Equatable {
    var stamps: [NotebookFile: Stamp] = [:]
    var problems: [Diagnostic] = []
  }

  private let inputs: [String]
  private let output: String
  private var state = State()

  /// Watches the notebooks that `inputs` name or hold; at first all of them count as saved.
  package init(_ inputs: [String], into output: String) {
    (self.inputs, self.output) = (inputs, output)
  }

  /// Whether a notebook was saved, is new or gone, or something else is wrong with the inputs.
  ///
  /// Which one does not matter: others may take definitions or models from it, and what the store
  /// keeps of those that do not takes no time.
  package mutating func hasChanged() -> Bool {
    let (files, problems) = NotebookSearch.files(inputs, into: output)
    let stamps = files.map { ($0, Self.stamp(of: NotebookSearch.real($0.path))) }
    let now = State(
      stamps: Dictionary(stamps, uniquingKeysWith: { first, _ in first }), problems: problems)
    defer { state = now }
    return state != now
  }

  private static func stamp(of path: String) -> Stamp {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return Stamp(
      modified: attributes?[.modificationDate] as? Date, size: attributes?[.size] as? Int,
      number: attributes?[.systemFileNumber] as? Int)
  }
}
