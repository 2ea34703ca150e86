internal import Foundation
internal import Notebooks
internal import Synchronization

extension Batch {
  /// Runs the notebooks, writes their results into them, and writes the files that they save. A notebook with errors stays as it is;
  /// results that were edited by hand stay, and are told of, unless `overwritesEdits`.
  package func update(_ inputs: [String], overwritesEdits: Bool) -> Result {
    let (files, found) = NotebookSearch.files(inputs, into: nil)
    guard found.isEmpty else { return Result(files: [], others: found) }
    let written = Atomic(0)
    let results = map(files) { file, run in
      guard let (bytes, found) = computed(file, by: run) else { return Self.unreadable(file) }
      var computed = found
      guard computed.report.isComplete else { return computed.file }
      let page = InPlaceRenderer(overwritesEdits: overwritesEdits).page(computed.report)
      computed.file.diagnostics += page.diagnostics.filter {
        !(overwritesEdits && $0.id == "edited-output")
      }
      computed.file.diagnostics += page.document.tooLong()
      guard !computed.file.diagnostics.contains(where: { $0.kind == .error }) else {
        return computed.file
      }
      let unsaved = SavedFiles(computed.report).write()
      computed.file.diagnostics += unsaved
      guard unsaved.isEmpty else { return computed.file }
      do throws(Diagnostic) {
        let isNew = try OutputFile(path: file.path).replace(
          with: page.document.bytes, expecting: bytes)
        if isNew { written.add(1, ordering: .relaxed) }
      } catch {
        computed.file.diagnostics.append(error)
      }
      return computed.file
    }
    return Result(
      files: results, others: unknownName(in: results), written: written.load(ordering: .relaxed))
  }

  /// Takes the results out of the notebooks again. Runs nothing. Results that were edited by hand
  /// stay, and are told of, unless `takesEdits`.
  package func clean(_ inputs: [String], takesEdits: Bool) -> Result {
    let (files, found) = NotebookSearch.files(inputs, into: nil)
    guard found.isEmpty else { return Result(files: [], others: found) }
    let written = Atomic(0)
    let results = map(files) { file, _ in
      guard let data = FileManager.default.contents(atPath: file.path) else {
        return Self.unreadable(file)
      }
      let notebook = Notebook(Array(data), file: file.path, directives: registry.names)
      // Other mistakes do not matter here: nothing is run.
      let strays = notebook.diagnostics.filter { $0.id == "stray-output" }
      var result = Result.File(path: file.path, diagnostics: strays)
      guard strays.isEmpty else { return result }
      if !takesEdits { result.diagnostics += notebook.editedOutputs }
      let taken = notebook.stored.filter { takesEdits || $0.isIntact }
      do throws(Diagnostic) {
        let isNew = try OutputFile(path: file.path).replace(
          with: notebook.without(taken), expecting: Array(data))
        if isNew { written.add(1, ordering: .relaxed) }
      } catch {
        result.diagnostics.append(error)
      }
      return result
    }
    return Result(files: results, written: written.load(ordering: .relaxed))
  }
}
