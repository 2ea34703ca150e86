import Foundation
import Synchronization

@testable import Notebooks

/// A notebook of probes in a folder of its own that is run again and again with one store.
final class StoredNotebook: Sendable {
  let scratch = ScratchStore()
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("harmonium-notebook-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  /// What a run gave, and which probes ran.
  struct Ran {
    var report: Report
    /// Sorted: they run in any order.
    var cells: [String]

    /// What is shown, with what was wrong.
    var shown: [String] {
      report.results.map { result in
        switch result {
        case .prose: "prose"
        case .outputs(let outputs, _, _): "\(outputs)"
        case .inline(let text, _): text
        case .skipped: "skipped"
        case .failed: "failed"
        }
      } + report.diagnostics.map(\.description)
    }
  }

  func plan(_ text: String, _ settings: [String] = []) -> Plan {
    Plan(
      Notebook(
        Array(text.utf8), file: folder.appendingPathComponent("n.md").path,
        directives: Registry.probes.names), registry: .probes,
      settings: settings.compactMap { try? ParameterSetting($0) })
  }

  /// Runs the text as the notebook, as a process of its own would.
  func run(_ text: String, threads: Int = 2, _ settings: [String] = [], store: Store?) -> Ran {
    let ran = Mutex<[String]>([])
    let run = Run(threads: threads, store: store) { progress in
      ran.withLock { $0.append(progress.cell) }
    }
    let report = run.report(on: plan(text, settings))
    return Ran(report: report, cells: ran.withLock { $0.sorted() })
  }

  func run(_ text: String, threads: Int = 2, _ settings: [String] = []) -> Ran {
    run(text, threads: threads, settings, store: scratch.open())
  }
}
