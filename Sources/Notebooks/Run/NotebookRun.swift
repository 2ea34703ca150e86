internal import Numerals
internal import Synchronization

/// One run of one notebook: its cells, settled in any order that respects what reads what.
final class NotebookRun: Sendable {
  let plan: Plan
  let run: Run
  let folder: Folder
  let entries: FiledEntries?
  /// What the last run found.
  let record: NotebookRecord
  let formulas: [String: String]
  /// For each cell, the cells that define what it reads.
  let definers: [[String: Int]]
  /// The notebooks that this one takes definitions from, directly or not.
  let libraries: LibraryRuns
  private let selection: Selection?
  /// The run of which this one does some cells again.
  private let base: (run: NotebookRun, again: Set<Int>)?
  private let cells: [CellState]

  /// What is known of a cell. Cells are settled before anything that reads them is.
  private final class CellState: Sendable {
    let settled = Mutex<Settled?>(nil)
    /// What others read, by its names; nil until somebody asks for it.
    let values = Mutex<[String: any Value]?>(nil)
  }

  /// A run of all cells, or only of those called `name` and what they need. What it takes from
  /// other notebooks is shared with whoever has the same `libraries`.
  init(
    _ plan: Plan, by run: Run, only name: String? = nil, libraries: LibraryRuns = LibraryRuns()
  ) {
    (self.plan, self.run, self.libraries, base) = (plan, run, libraries, nil)
    selection = name.map { Selection([$0], in: plan) }
    folder = Folder(of: plan.notebook.file)
    entries = run.entries(in: folder)
    record = entries?.store.record(of: plan.notebook) ?? NotebookRecord()
    formulas = Dictionary(record.formulas.map { ($0.key, $0.text) }) { first, _ in first }
    definers = plan.definers
    cells = plan.steps.map { _ in CellState() }
  }

  /// The cells `again` of another run, as `plan` has them; all others are that run's.
  init(_ plan: Plan, again: Set<Int>, of base: NotebookRun) {
    (self.plan, run, libraries) = (plan, base.run.unwatched, base.libraries)
    self.base = (base, again)
    (selection, folder, entries) = (nil, base.folder, base.entries)
    (record, formulas, definers) = (NotebookRecord(), [:], base.definers)
    cells = plan.steps.map { _ in CellState() }
  }

  /// Whether it is a point of a sweep.
  var isPoint: Bool { base != nil }

  /// Finds out what becomes of a cell.
  func settle(_ index: Int) {
    let settled = settled(plan.notebook.cells[index], plan.steps[index], index)
    cells[index].settled.withLock { $0 = settled }
  }

  func settled(_ index: Int) -> Settled {
    if let base, !base.again.contains(index) { return base.run.settled(index) }
    return cells[index].settled.withLock { $0 } ?? .failed()
  }

  private func settled(_ cell: Cell, _ step: Step?, _ index: Int) -> Settled {
    switch (cell, step) {
    case (.prose(let range), _): return Settled(result: .prose(range))
    case (.call(let call), _?) where !isSelected(index):
      return Settled(result: .skipped(call.range))
    case (.role(let role), _?) where !isSelected(index):
      return Settled(result: .skipped(role.range))
    case (_, .directive(let directive, let step)?): return settle(directive, step, index)
    case (.role(let role), .role(let step)?): return settle(step, role, index)
    default: return .failed()
    }
  }

  private func isSelected(_ index: Int) -> Bool { selection?.contains(index) ?? true }

  /// The cells that are read, with their keys; nil if one of them has failed, which has been reported
  /// there.
  func reads(_ names: [Text], _ index: Int) -> [(name: String, key: StoreKey?)]? {
    var reads: [(name: String, key: StoreKey?)] = []
    for name in names.map(\.string) where plan.parameters.values[name] == nil {
      guard let definer = definers[index][name] else { return nil }
      let settled = settled(definer)
      if settled.isFailed { return nil }
      reads.append((name, settled.key))
    }
    return reads
  }

  /// Settles every cell.
  func report() -> Report {
    CellQueue.run(needs: definers.map { Set($0.values) }, permits: run.permits) { self.settle($0) }
    libraries.forget()
    let all = plan.steps.indices.map { settled($0) }
    keepRecord(of: all)
    var files = entries == nil ? [] : plan.libraryFiles
    for state in all.flatMap(\.files) where !files.contains(state) { files.append(state) }
    return Report(
      notebook: plan.notebook, results: all.map(\.result),
      diagnostics: (plan.diagnostics + all.flatMap(\.diagnostics)).sortedForReport,
      saves: all.compactMap(\.saved), files: files, cellsRun: all.count(where: \.hasRun))
  }

  private func keepRecord(of all: [Settled]) {
    guard let store = entries?.store, selection == nil else { return }
    var new = NotebookRecord(formulas: all.compactMap(\.formula))
    for (settled, step) in zip(all, plan.steps) {
      guard let inputs = settled.inputs, case .directive(_, let step)? = step else { continue }
      new.cells.append(.init(identity: step.identity, inputs: inputs, isKept: settled.isKept))
    }
    if new != record { store.keep(new, of: plan.notebook) }
  }
}

// MARK: Directives

extension NotebookRun {
  private func settle(
    _ directive: any Directive, _ step: DirectiveStep, _ index: Int
  ) -> Settled {
    guard let reads = reads(step.reads, index) else { return .failed() }
    guard let entries else { return execute(directive, step, index, inputs: nil) }
    let keys = reads.map { (name: $0.name, key: $0.key ?? StoreKey(of: [])) }
    let inputs = CellInputs(step, of: plan, program: entries.store.program, reads: keys)
    guard let found = entries.get(inputs.key), let content = found.content,
      let outcome = try? StoreReader.value(StoredOutcome.self, from: content)
    else { return execute(directive, step, index, inputs: inputs) }
    var settled = Settled(
      result: .outputs(outcome.outputs, of: step.call, showsSource: step.showsSource),
      inputs: inputs.adding(found.files), key: found.key, files: found.files, isKept: true)
    if let file = step.save {
      guard let bytes = entries.store.get(found.key.derived("saved")) else {
        return execute(directive, step, index, inputs: inputs)
      }
      settled.saved = SavedFile(name: file, bytes: bytes)
    }
    return settled
  }

  private func execute(
    _ directive: any Directive, _ step: DirectiveStep, _ index: Int, inputs: CellInputs?
  ) -> Settled {
    let reads = FileReads()
    step.libraryFiles.forEach { reads.note($0) }
    var settled = Settled.failed()
    do throws(Diagnostic) {
      let outcome = try outcome(of: directive, step, index, key: inputs?.key, reads)
      settled.saved = try step.saved(outcome)
      settled.result = .outputs(outcome.outputs, of: step.call, showsSource: step.showsSource)
      settled.diagnostics = outcome.failures
      let values = step.named(outcome)
      cells[index].values.withLock { $0 = values }
      settled.isKept = outcome.failures.isEmpty
      keep(outcome, step, inputs, reads.states, &settled)
    } catch {
      settled.diagnostics = [error]
    }
    settled.hasRun = true
    settled.files = reads.states
    settled.inputs = inputs?.adding(reads.states)
    settled.key = inputs.map { FiledEntries.key($0.key, reads.states) }
    return settled
  }

  /// Puts what succeeded into the store, unless a file has changed meanwhile.
  private func keep(
    _ outcome: Outcome, _ step: DirectiveStep, _ inputs: CellInputs?, _ files: [FileState],
    _ settled: inout Settled
  ) {
    guard let entries, let inputs, settled.isKept else { return }
    settled.isKept = files.allSatisfy { folder.state(of: $0.name) == $0 }
    guard settled.isKept else { return }
    if let bytes = plan.registry.bytes(of: step.named(outcome)) {
      entries.store.put(bytes, for: FiledEntries.key(inputs.key, files).derived("values"))
    }
    if let saved = settled.saved {
      entries.store.put(saved.bytes, for: FiledEntries.key(inputs.key, files).derived("saved"))
    }
    let stored = StoredOutcome(outputs: outcome.outputs)
    entries.put(StoreWriter.bytes(of: stored), for: inputs.key, files: files)
  }

  /// Runs a directive.
  private func outcome(
    of directive: any Directive, _ step: DirectiveStep, _ index: Int, key: StoreKey?,
    _ reads: FileReads
  ) throws(Diagnostic) -> Outcome {
    let context = Context(
      seed: plan.notebook.frontMatter.seed, identity: step.identity, threads: run.threads,
      store: run.store, key: key, folder: entries == nil ? folder : folder.noting(reads),
      place: step.call.place, values: try values(read: index),
      functions: plan.registry.functions, file: plan.notebook.file, listener: run.listener,
      notebook: self, cell: index)
    let outcome = try outcome(of: directive, in: context)
    for name in step.definitions
    where outcome.value == nil && outcome.values[name.string] == nil {
      throw Diagnostic(
        "nothing-to-name", at: name.place,
        "\(step.call.name.string.quoted) has no result that could be called "
          + name.string.quoted)
    }
    return outcome
  }

  private func outcome(
    of directive: any Directive, in context: Context
  ) throws(Diagnostic) -> Outcome {
    guard let timeout = run.cellTimeout else { return try directive.run(in: context) }
    let result = TimeLimit.run(within: timeout) { () -> Result<Outcome, Diagnostic> in
      do throws(Diagnostic) { return .success(try directive.run(in: context)) } catch {
        return .failure(error)
      }
    }
    guard let result else {
      throw Diagnostic(
        "cell-timeout", at: context.place,
        "this cell takes longer than \(NumberFormat.significant(6).string(timeout)) seconds",
        hint: "ask for less work, or allow more with `--cell-timeout`")
    }
    return try result.get()
  }

  /// The values that a cell reads.
  func values(read index: Int) throws(Diagnostic) -> [String: any Value] {
    var values: [String: any Value] =
      plan.parameters(among: plan.steps[index]?.reads ?? []).mapValues { QuantityValue($0) }
    for (name, definer) in definers[index].sorted(by: { $0.value < $1.value }) {
      values[name] = try self.values(of: definer)[name]
    }
    return values
  }

  /// What goes by a name, with the cell that defines it.
  func value(called name: String) throws(Diagnostic) -> (cell: Int, value: any Value)? {
    let definer = plan.steps.lastIndex { step in
      guard case .directive(_, let step)? = step else { return false }
      return step.definitions.contains { $0.string == name }
    }
    guard let definer, let value = try values(of: definer)[name] else { return nil }
    return (definer, value)
  }

  /// What a settled cell gives to others: known, kept, or computed again where it cannot be kept.
  ///
  /// Who asks while another computes it waits. The locks are taken from below to above in the
  /// document, so nobody waits for ever.
  private func values(of index: Int) throws(Diagnostic) -> [String: any Value] {
    if let base, !base.again.contains(index) { return try base.run.values(of: index) }
    return try cells[index].values.withLock { (known) throws(Diagnostic) -> [String: any Value] in
      if let known { return known }
      let settled = settled(index)
      if let store = entries?.store, let key = settled.key?.derived("values"),
        let bytes = store.get(key), let values = plan.registry.values(from: bytes)
      {
        known = values
        return values
      }
      guard case .directive(let directive, let step)? = plan.steps[index] else { return [:] }
      let values = step.named(
        try outcome(of: directive, step, index, key: settled.key, FileReads()))
      cells[index].settled.withLock { $0?.hasRun = true }
      known = values
      return values
    }
  }
}

extension DirectiveStep {
  /// What an outcome gives, by the names that the cell defines.
  fileprivate func named(_ outcome: Outcome) -> [String: any Value] {
    var named: [String: any Value] = [:]
    for name in definitions.map(\.string) { named[name] = outcome.values[name] ?? outcome.value }
    return named
  }

  /// The file that the step asks for; throws if no file holds what the cell gave.
  fileprivate func saved(_ outcome: Outcome) throws(Diagnostic) -> SavedFile? {
    guard let save else { return nil }
    guard let value = outcome.value?.seen(as: (any SavableValue).self) else {
      let kind = outcome.value?.kind ?? "nothing"
      throw Diagnostic(
        "not-savable", at: save.place, "the result is \(kind), which no file holds")
    }
    let bytes = value.fileBytes
    guard bytes.count <= Folder.sizeLimit else {
      throw Diagnostic(
        "too-large", at: save.place,
        "\(save.string.quoted) would have more than \(Folder.sizeLimit) bytes")
    }
    return SavedFile(name: save, bytes: bytes)
  }
}
