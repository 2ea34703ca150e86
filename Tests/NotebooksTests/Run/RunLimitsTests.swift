import Foundation
import Testing

@testable import Notebooks

@Suite struct RunLimitsTests {
  /// Takes longer than the tests let it.
  struct Slow: Directive {
    static let manual = Manual("slow", "Waits.", argument: "NAME", example: "```{slow} a\n```")

    init(_ arguments: inout Arguments) { _ = arguments.definedName() }

    func run(in context: Context) -> Outcome {
      Thread.sleep(forTimeInterval: 30)
      return Outcome([.sentence("done")])
    }
  }

  private let registry = Registry(directives: [Slow.self, Probe.self], functions: .none)

  private func plan(_ text: String) -> Plan {
    let notebook = Notebook(Array(text.utf8), file: "n.md", directives: registry.names)
    return Plan(notebook, registry: registry)
  }

  @Test func aCellThatTakesTooLong() {
    let plan = plan("```{slow} a\n```\n\n```{probe} b\n```\n")
    let report = Run(cellTimeout: 4).report(on: plan)
    #expect(report.diagnostics.marks == ["1:5 cell-timeout"])
    #expect(report.diagnostics.first?.message == "this cell takes longer than 4 seconds")
    guard case .outputs = report.results[2] else {
      Issue.record("the second cell has no result")
      return
    }
  }

  /// A limit that is not reached changes nothing.
  @Test func enoughTime() {
    let plan = plan("```{probe} b\n```\n\n```{probe} c\n:fails: true\n```\n")
    let free = Run().report(on: plan)
    let limited = Run(cellTimeout: 100).report(on: plan)
    #expect(free.diagnostics == limited.diagnostics)
    #expect("\(free.results)" == "\(limited.results)")
  }

  @Test func onlyOneCellAndWhatItNeeds() {
    let plan = plan(
      "```{probe} a\n```\n\n```{probe} b\n:fails: true\n```\n\n```{probe} c\n:from: a\n```\n\n{eval}`1`"
    )
    let report = Run().report(on: plan, only: "c")
    #expect(report.diagnostics.isEmpty)
    #expect(report.isComplete)
    let kinds = report.results.compactMap { result -> String? in
      switch result {
      case .outputs: "run"
      case .skipped: "skipped"
      case .failed: "failed"
      case .inline: "inline"
      case .prose: nil
      }
    }
    #expect(kinds == ["run", "skipped", "run", "skipped"])
  }

  @Test func outlines() {
    let plan = plan(
      "```{probe} a\n```\n\n- ```{probe} c\n  :from: a, a\n  ```\n\n{eval}`a.size +\n1`\n")
    #expect(plan.outline.map(\.name) == ["a", "c", "{eval} a.size + 1"])
    #expect(plan.outline.map(\.reads) == [[], ["a"], ["a"]])
    #expect(plan.outline.map(\.place.line) == [1, 4, 8])
    #expect(plan.outline.map(\.lastLine) == [2, 6, 9])
    #expect(plan.outline[1].contains(Place(file: "n.md", line: 6)))
    #expect(!plan.outline[1].contains(Place(file: "n.md", line: 7)))
  }
}
