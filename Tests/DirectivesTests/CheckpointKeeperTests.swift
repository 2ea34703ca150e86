import Boltzmann
import Foundation
import Testing

@testable import Directives
@testable import Notebooks

/// What is found again of a cell that was interrupted: its own checkpoints, and no others.
@Suite struct CheckpointKeeperTests {
  private static let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("keeper-\(UUID().uuidString)").path

  /// What the cell finds before it is interrupted itself, of its own seed and of the next one.
  private func found(_ cell: String, program: String = "", isStored: Bool = true) -> String? {
    let registry = Registry(directives: [Interrupted.self], functions: .none)
    let notebook = Notebook(Array(cell.utf8), file: "n.md", directives: registry.names)
    let store = isStored ? Store(folder: Self.folder, program: program) : nil
    let report = Run(threads: 1, store: store).report(on: Plan(notebook, registry: registry))
    return report.diagnostics.first?.message
  }

  @Test func aCellFindsItsOwn() {
    defer { try? FileManager.default.removeItem(atPath: Self.folder) }
    let cell = "```{interrupted} a\n:tensors: 2\n```\n"
    #expect(found(cell, isStored: false) == "no keeper")
    #expect(found(cell) == "0 and 0")
    #expect(found(cell) == "2 and 0")
    #expect(found(cell.replacing("2", with: "3")) == "0 and 0")
    #expect(found(cell.replacing(" a", with: " b")) == "0 and 0")
    #expect(found("---\nharmonium:\n  seed: 5\n---\n\n" + cell) == "0 and 0")
    #expect(found(cell, program: "another") == "0 and 0")
    #expect(found(cell) == "2 and 0")
    // Who is done forgets.
    #expect(found("```{interrupted} a\n:tensors: 0\n```\n") == "0 and 0")
    #expect(found("```{interrupted} a\n:tensors: 0\n```\n") == "0 and 0")
  }
}

/// `{interrupted}`: keeps a checkpoint of so many tensors and fails.
private struct Interrupted: Directive {
  private static let tensors = Option<Int>.integer("tensors", "How many.", in: 0...9, default: 1)
  static let manual = Manual(
    "interrupted", "A test.", argument: "NAME", options: [tensors], example: "")

  private let count: Int

  init(_ arguments: inout Arguments) {
    _ = arguments.definedName()
    count = arguments.value(of: Self.tensors)
  }

  func run(in context: Context) throws(Diagnostic) -> Outcome {
    guard let keeper = CheckpointKeeper(ofSeed: 0, keepsEnd: true, in: context),
      let next = CheckpointKeeper(ofSeed: 1, keepsEnd: true, in: context)
    else { throw Diagnostic("test", at: context.place, "no keeper") }
    let found = "\(keeper.resume()?.count ?? 0) and \(next.resume()?.count ?? 0)"
    // An end that comes at once is not worth a file.
    Thread.sleep(forTimeInterval: 0.03)
    let tensors = (0..<count).map { Tensor("x\($0)", shape: [1], [0.5]) }
    keeper.offer(isEnd: true) { tensors }
    #expect(keeper.resume() == tensors)
    if count == 0 {
      keeper.finish()
      #expect(keeper.resume() == nil)
    }
    throw Diagnostic("test", at: context.place, found)
  }
}
