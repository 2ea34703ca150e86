internal import Foundation
internal import Notebooks

/// What the store knows of whole notebooks: which document one gave when nothing was wrong.
///
/// So a notebook of which nothing has changed is not even read by its cells.
struct CleanPages {
  private let run: Run
  private let program: String
  private let form: String
  private let settings: [String]

  /// Nil without a store.
  init?(run: Run, renderer: any Renderer, settings: [ParameterSetting]) {
    guard let store = run.store else { return nil }
    (self.run, program, form) = (run, store.program, renderer.fileExtension)
    self.settings = settings.flatMap { [$0.name.string, $0.value.string] }
  }

  /// Whether the notebook gives exactly `document` and nothing to complain of.
  func knows(_ document: Data, of notebook: Data, at path: String) -> Bool {
    guard let found = run.entries(in: Folder(of: path))?.get(key(notebook)) else { return false }
    return found.content == StoreKey(of: document).digits
  }

  /// Keeps what the notebook gave, if nothing was wrong with it.
  func keep(_ document: RenderedDocument, of notebook: [UInt8], _ report: Report) {
    // Files that a notebook saves are compared and written each time.
    guard report.diagnostics.isEmpty, report.saves.isEmpty, document.tooLong().isEmpty else {
      return
    }
    run.entries(in: Folder(of: report.notebook.file))?.put(
      StoreKey(of: document.bytes).digits, for: key(notebook), files: report.files)
  }

  private func key(_ notebook: some DataProtocol) -> StoreKey {
    StoreKey(of: ["page", program, form, StoreKey(of: notebook).hex] + settings)
  }
}

extension StoreKey {
  fileprivate var digits: [UInt8] { Array(hex.utf8) }
}
