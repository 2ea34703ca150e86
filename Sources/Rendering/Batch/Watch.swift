internal import Foundation
package import Notebooks

/// Tells which notebooks were saved since it was last asked, by asking the file system.
package struct Watch {
  private struct Stamp: Equatable {
    var modified: Date?
    var size: Int?
    var number: Int?
  }

  private let inputs: [String]
  private let output: String
  private var stamps: [NotebookFile: Stamp] = [:]

  /// Watches the notebooks that `inputs` name or hold; at first all of them count as saved.
  package init(_ inputs: [String], into output: String) {
    (self.inputs, self.output) = (inputs, output)
  }

  /// The notebooks that are new or were saved, and what is wrong with the inputs.
  package mutating func saved() -> ([NotebookFile], [Diagnostic]) {
    let (files, found) = NotebookSearch.files(inputs, into: output)
    var saved: [NotebookFile] = []
    var now: [NotebookFile: Stamp] = [:]
    for file in files {
      let stamp = Self.stamp(of: file.path)
      now[file] = stamp
      if stamps[file] != stamp { saved.append(file) }
    }
    stamps = now
    return (saved, found)
  }

  private static func stamp(of path: String) -> Stamp {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return Stamp(
      modified: attributes?[.modificationDate] as? Date, size: attributes?[.size] as? Int,
      number: attributes?[.systemFileNumber] as? Int)
  }
}
