internal import Notebooks
internal import Synchronization

extension Batch {
  /// Renders the notebooks into the folder `output`, and writes the files that they save. A notebook
  /// with errors leaves its old files as they were; files whose bytes would be the same are not
  /// touched.
  package func render(_ inputs: [String], into output: String) -> Result {
    let (files, found) = NotebookSearch.files(inputs, into: output)
    guard found.isEmpty else { return Result(files: [], others: found) }
    let written = Atomic(0)
    let sources = Dictionary(
      files.map { (NotebookSearch.real($0.path), $0.path) }, uniquingKeysWith: { first, _ in first }
    )
    let results = map(files) { file, run in
      let target = NotebookSearch.joined(output, file.outputName)
      if let source = sources[NotebookSearch.real(target)] {
        let isItself = NotebookSearch.real(source) == NotebookSearch.real(file.path)
        return Result.File(
          path: file.path,
          diagnostics: [
            Diagnostic(
              "overwrites-notebook", at: Place(file: file.path),
              "the output \(target.quoted) is "
                + (isItself ? "the notebook itself" : "another notebook, \(source.quoted)"),
              hint: "choose another folder with `-o`, or keep results in the notebook: "
                + "`harmonium update`")
          ])
      }
      if isClean(file, at: target, by: run) { return Result.File(path: file.path) }
      guard let (bytes, found) = computed(file, by: run) else { return Self.unreadable(file) }
      var computed = found
      guard computed.report.isComplete else { return computed.file }
      let document = renderer.render(computed.report)
      pages(of: run)?.keep(document, of: bytes, computed.report)
      var wrong = document.tooLong()
      if wrong.isEmpty { wrong = SavedFiles(computed.report).write() }
      computed.file.diagnostics += wrong
      guard wrong.isEmpty else { return computed.file }
      do throws(Diagnostic) {
        let isNew = try OutputFile(path: target).replace(with: document.bytes)
        if isNew { written.add(1, ordering: .relaxed) }
      } catch {
        computed.file.diagnostics.append(error)
      }
      return computed.file
    }
    return Result(files: results, written: written.load(ordering: .relaxed))
  }
}
