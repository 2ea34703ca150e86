/// Why a cell would run, in words.
package struct Explanation: Sendable {
  /// One sentence, then what has changed, indented by what belongs to what.
  package let lines: [String]

  /// Looks at the cell of that name, or of that directive and argument, without running anything.
  ///
  /// Throws if there is no such cell.
  package init(_ name: String, of plan: Plan, store: Store) throws(Diagnostic) {
    let steps = plan.directiveSteps
    guard let index = steps.first(where: { $0.step.shownIdentity == name })?.index else {
      throw Diagnostic(
        "unknown-name", at: Place(file: plan.notebook.file), "no cell is called \(name.quoted)",
        hint: Suggestion.hint(for: name, among: steps.map(\.step.shownIdentity), called: "cells"))
    }
    var explainer = Explainer(plan, store)
    lines = explainer.lines(for: index, name)
  }
}

extension DirectiveStep {
  /// The identity of a directive without an argument ends with a blank.
  fileprivate var shownIdentity: String {
    identity.last == " " ? String(identity.dropLast()) : identity
  }
}

extension Plan {
  /// The directives that could be read.
  fileprivate var directiveSteps: [(index: Int, step: DirectiveStep)] {
    steps.enumerated().compactMap { index, step in
      if case .directive(_, let step)? = step { (index, step) } else { nil }
    }
  }
}

private struct Explainer {
  private let plan: Plan
  private let entries: FiledEntries
  private let record: NotebookRecord?
  private let definers: [[String: Int]]
  private var known: [Int: Look] = [:]

  /// What can be said of a cell without running it.
  private struct Look {
    var step: DirectiveStep
    /// nil if it reads a cell whose key is not known.
    var inputs: CellInputs?
    /// nil if the files that it reads are not known, since it never ran with these inputs.
    var key: StoreKey?
    var isKept: Bool
  }

  init(_ plan: Plan, _ store: Store) {
    self.plan = plan
    entries = FiledEntries(
      store: store, folder: Folder(of: plan.notebook.file), hashes: FileHashes())
    record = store.record(of: plan.notebook)
    definers = plan.definers
  }

  mutating func lines(for index: Int, _ name: String) -> [String] {
    guard let look = look(at: index) else {
      return ["\(name.quoted) cannot be read; `harmonium check` says why."]
    }
    if look.isKept { return ["\(name.quoted) would not run: its result is stored."] }
    return ["\(name.quoted) would run:"] + reasons(look, index).map { "- \($0)" }
  }

  // MARK: Keys

  private mutating func look(at index: Int) -> Look? {
    if let found = known[index] { return found }
    guard case .directive(_, let step)? = plan.steps[index] else { return nil }
    var look = Look(step: step, inputs: nil, key: nil, isKept: false)
    var reads: [(name: String, key: StoreKey)] = []
    for name in step.reads.map(\.string) where plan.parameters.values[name] == nil {
      guard let definer = definers[index][name], let key = self.look(at: definer)?.key else {
        known[index] = look
        return look
      }
      reads.append((name, key))
    }
    let inputs = CellInputs(step, of: plan, program: entries.store.program, reads: reads)
    look.inputs = inputs
    if let found = entries.get(inputs.key) {
      look.inputs = inputs.adding(found.files)
      look.key = found.key
      look.isKept = found.content != nil
    } else if let last = lastInputs(of: step), last.withoutFiles == inputs {
      // It ran with these inputs, but failed or made room for others.
      let files = last.files(in: entries)
      look.inputs = inputs.adding(files)
      look.key = FiledEntries.key(inputs.key, files)
    }
    known[index] = look
    return look
  }

  private func lastInputs(of step: DirectiveStep) -> CellInputs? {
    record?.cells.first { $0.identity == step.identity }?.inputs
  }

  // MARK: Reasons

  private mutating func reasons(_ look: Look, _ index: Int) -> [String] {
    guard let last = record?.cells.first(where: { $0.identity == look.step.identity }) else {
      return ["it has not run before"]
    }
    let changes = changes(look, last.inputs, index)
    guard changes.isEmpty else { return changes }
    if !last.isKept {
      return ["it did not succeed when it ran last; what fails is not stored"]
    }
    return ["nothing has changed, but its result is no longer in the store"]
  }

  private mutating func changes(
    _ look: Look, _ last: CellInputs, _ index: Int
  ) -> [String] {
    let reads = reasonsOfCells(look, index)
    guard let inputs = look.inputs else { return reads }
    // Files that are not known yet are those of the last run.
    let files = look.key == nil ? last.files(in: entries) : []
    let now = inputs.adding(files)
    return now.differences(from: last, leavingOut: .cell) + cellDifferences(now, last) + reads
  }

  /// Cells that are read now and were not, or the other way round.
  private func cellDifferences(_ now: CellInputs, _ last: CellInputs) -> [String] {
    let (new, old) = (now.names(of: .cell), last.names(of: .cell))
    return new.filter { !old.contains($0) }.map { "it reads \($0.quoted) now" }
      + old.filter { !new.contains($0) }.map { "it does not read \($0.quoted) any more" }
  }

  /// Why the cells that it reads are not what they were.
  private mutating func reasonsOfCells(_ look: Look, _ index: Int) -> [String] {
    var lines: [String] = []
    var seen: Set<Int> = []
    for (name, definer) in definers[index].sorted(by: { $0.value < $1.value })
    where seen.insert(definer).inserted {
      guard let read = self.look(at: definer) else {
        lines.append("it reads \(name.quoted), which cannot be read")
        continue
      }
      guard let last = lastInputs(of: read.step) else {
        lines.append("it reads \(name.quoted), which has not run before")
        continue
      }
      let changes = changes(read, last, definer)
      if !changes.isEmpty {
        lines.append("it reads \(name.quoted), of which something has changed:")
        lines += changes.map { "  \($0)" }
      }
    }
    return lines
  }
}
