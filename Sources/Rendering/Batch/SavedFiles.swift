internal import Foundation
internal import Notebooks

/// The files that the cells of a notebook save.
struct SavedFiles: Sendable {
  private let folder: Folder
  private let files: [SavedFile]

  init(_ report: Report) {
    (folder, files) = (Folder(of: report.notebook.file), report.saves)
  }

  /// Writes those whose bytes are new, each as a whole or not at all.
  func write() -> [Diagnostic] {
    diagnostics { (file) throws(Diagnostic) in
      _ = try OutputFile(path: folder.destination(of: file.name)).replace(with: file.bytes)
      return nil
    }
  }

  /// Which of them are not what the notebook gives today. Writes nothing.
  func staleness() -> [Diagnostic] {
    diagnostics { (file) throws(Diagnostic) in
      let stored = FileManager.default.contents(atPath: try folder.destination(of: file.name))
      if stored == Data(file.bytes) { return nil }
      let name = file.name.string.quoted
      return Diagnostic(
        "stale-file", at: file.name.place,
        stored == nil ? "there is no \(name)" : "\(name) is not what the notebook gives today",
        hint: "render the notebook and commit the result", kind: .stale)
    }
  }

  private func diagnostics(
    _ body: (SavedFile) throws(Diagnostic) -> Diagnostic?
  ) -> [Diagnostic] {
    files.compactMap { file in
      do throws(Diagnostic) { return try body(file) } catch {
        return error
      }
    }
  }
}
