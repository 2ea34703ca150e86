internal import Foundation
package import Notebooks

/// A notebook and where its output goes.
package struct NotebookFile: Hashable, Sendable {
  /// The path as the user gave it or as found below a folder that the user gave.
  package var path: String
  /// The path of its output inside the output folder.
  package var outputName: String
}

/// Finds the notebooks that a command is asked for.
package enum NotebookSearch {
  /// The files named, and all `.md` files in the folders named, sorted, without hidden ones,
  /// symbolic links and what lies in the folder `output`, where each needs a place of its own.
  ///
  /// A file is taken once under whichever names, in an output folder once for each of its places.
  package static func files(
    _ inputs: [String], into output: String?
  ) -> ([NotebookFile], [Diagnostic]) {
    var files: [NotebookFile] = []
    var diagnostics: [Diagnostic] = []
    let excluded = output.map(real)
    for input in inputs {
      guard let type = Self.type(real(input)) else {
        diagnostics.append(
          Diagnostic(
            "missing-file", at: Place(file: input), "there is no file or folder \(input.quoted)"))
        continue
      }
      if type == .typeDirectory {
        let (names, problems) = names(in: input, excluded: excluded)
        diagnostics += problems
        if names.isEmpty, problems.isEmpty {
          diagnostics.append(
            Diagnostic(
              "no-notebook", at: Place(file: input), "there is no notebook in \(input.quoted)",
              hint: "notebooks are files whose names end in `.md`"))
        }
        files += names.map { NotebookFile(path: joined(input, $0), outputName: $0) }
      } else {
        files.append(NotebookFile(path: input, outputName: (input as NSString).lastPathComponent))
      }
    }
    var seen: Set<[String]> = []
    files.removeAll { file in
      !seen.insert([real(file.path), output == nil ? "" : file.outputName]).inserted
    }
    guard output != nil else { return (files, diagnostics) }
    var owners: [String: String] = [:]
    for file in files {
      if let other = owners.updateValue(file.path, forKey: file.outputName) {
        diagnostics.append(
          Diagnostic(
            "same-output", at: Place(file: file.path),
            "its output would take the place of that of \(other.quoted)",
            hint: "render them one at a time into different folders"))
      }
    }
    return (files, diagnostics)
  }

  /// The files of the output folder that no notebook gives any more and that are none themselves,
  /// and what of it cannot be looked at.
  package static func orphans(
    in output: String, of files: [NotebookFile]
  ) -> ([String], [Diagnostic]) {
    guard isFolder(output) else { return ([], []) }
    let expected = Set(files.map(\.outputName))
    let sources = Set(files.map { real($0.path) })
    let (names, problems) = names(in: output, excluded: nil)
    let orphans = names.filter { !expected.contains($0) }.map { joined(output, $0) }
    return (orphans.filter { !sources.contains(real($0)) }, problems)
  }

  package static func joined(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  /// The path with links resolved, for telling whether two paths are the same file.
  package static func real(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
  }

  package static func isFolder(_ path: String) -> Bool { type(real(path)) == .typeDirectory }

  private static func type(_ path: String) -> FileAttributeType? {
    (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
  }

  /// The notebooks below a folder, sorted, and what there cannot be looked at.
  private static func names(in folder: String, excluded: String?) -> ([String], [Diagnostic]) {
    var names: [String] = []
    var problems: [Diagnostic] = []
    var pending = [""]
    while let prefix = pending.popLast() {
      let here = prefix.isEmpty ? folder : joined(folder, prefix)
      guard let entries = try? FileManager.default.contentsOfDirectory(atPath: here) else {
        problems.append(unreadable(here))
        continue
      }
      for entry in entries where !entry.hasPrefix(".") {
        let name = prefix.isEmpty ? entry : "\(prefix)/\(entry)"
        let path = joined(folder, name)
        let isNotebook = entry.hasSuffix(".md")
        switch type(path) {
        case .typeDirectory?:
          if excluded == nil || real(path) != excluded { pending.append(name) }
        case .typeRegular? where isNotebook: names.append(name)
        // A notebook by its name, or perhaps a folder of them.
        case nil where isNotebook || !entry.contains("."): problems.append(unreadable(path))
        default: break
        }
      }
    }
    return (
      names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }, problems.sortedForReport
    )
  }

  private static func unreadable(_ path: String) -> Diagnostic {
    Diagnostic(
      "unreadable", at: Place(file: path), "what stands here cannot be read",
      hint: "check that it may be read, and that its name is UTF-8")
  }
}
