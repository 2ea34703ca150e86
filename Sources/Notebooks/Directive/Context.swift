/// What a running cell may use: earlier results, its own source of randomness, its folder.
package struct Context: Sendable {
  /// What the notebook's random numbers derive from.
  package let seed: UInt64
  /// The cell's identity: its name, or directive and argument. No two cells share one.
  package let identity: String
  /// The most threads that the cell may use; results never depend on it.
  package let threads: Int
  /// Where the cell may keep what it can go on from, such as checkpoints; nil keeps nothing. What it
  /// finds there never changes its result.
  package let store: Store?
  /// The key of everything that the cell's result depends on, except files that it reads itself; what
  /// the cell keeps goes under keys derived from it. nil where nothing is kept.
  package let key: StoreKey?
  /// The notebook's folder, from which data files are read.
  package let folder: Folder
  /// Where the cell stands, for messages.
  package let place: Place
  let values: [String: any Value]
  let functions: Functions
  let file: String
  let listener: CellProgress.Listener
  /// What the cell is a part of, and which of its cells it is.
  let notebook: NotebookRun
  let cell: Int

  /// Tells whoever watches how far the cell is; `figure` is shown as it is.
  package func tell(_ done: Int, of total: Int, _ unit: String, figure: String? = nil) {
    listener(
      CellProgress(
        file: file, cell: identity, done: done, total: total, unit: unit, figure: figure))
  }

  /// The value of a formula over earlier results, a number.
  package func value(of formula: Expression) throws(Diagnostic) -> Double {
    try Evaluator(functions: functions, values: values).value(of: formula)
  }

  /// Whether a formula over earlier results holds.
  package func truth(of formula: Expression) throws(Diagnostic) -> Bool {
    try Evaluator(functions: functions, values: values).truth(of: formula)
  }

  /// The value of a formula over earlier results and names of its own, which come first.
  package func quantity(
    of formula: Expression, where locals: [String: Quantity] = [:]
  ) throws(Diagnostic) -> Quantity {
    try Evaluator(functions: functions, values: values, locals: locals).quantity(of: formula)
  }

  /// The earlier result of that name; `what` says in the message what was looked for.
  package func value<T>(_ name: Text, as type: T.Type, _ what: String) throws(Diagnostic) -> T {
    guard let value = values[name.string] else {
      throw Diagnostic(
        "unknown-name", at: name.place, "nothing above is called \(name.string.quoted)")
    }
    guard let typed = value.seen(as: T.self) else {
      throw Diagnostic(
        "wrong-kind", at: name.place,
        "\(name.string.quoted) is \(value.kind), but \(what) is needed here")
    }
    return typed
  }
}

/// Something that a cell defines and a later one reads.
package protocol Value: Sendable {
  /// What it is, with its article: `a machine`, `a table`.
  var kind: String { get }
}

/// A value that can stand for another: a machine that has learned is a machine, and the record of
/// how it learned.
package protocol CompositeValue: Value {
  /// What it stands for.
  var core: any Value { get }
}

extension Value {
  /// The value itself, or what it stands for, where that is what is asked for.
  package func seen<T>(as type: T.Type) -> T? {
    self as? T ?? (self as? any CompositeValue)?.core as? T
  }
}

/// A value with a table of numbers behind it.
package protocol TableValue: Value {
  var table: Table { get }
}

/// A value that expressions can ask: `p(slide35, v1=1)`, `study.norm[1]`.
package protocol QueryableValue: Value {
  /// The functions it answers, for messages.
  var functions: [String] { get }
  /// Answers `function`; throws if it does not know the function or what is asked of it.
  func answer(_ query: Query) throws(Diagnostic) -> Double
  /// Whether states may be given as a list.
  var takesRows: Bool { get }
}

extension QueryableValue {
  package var takesRows: Bool { false }
}

/// A question to a model: `p(machine, v1=1 | h1=1, T=2)`.
package struct Query: Sendable {
  /// A unit and the state asked for; `T` is the temperature.
  package struct Assignment: Sendable {
    package var name: Text
    package var value: Double

    package init(name: Text, value: Double) {
      self.name = name
      self.value = value
    }
  }
  /// States without the units' names, in their order.
  package struct Row: Sendable {
    package var values: [Double]
    package var place: Place
  }
  package var function: Text
  package var assignments: [Assignment]
  package var row: Row?
  package var given: [Assignment]
  package var temperature: Double
}

/// What a cell gives: what to show, what to remember, what did not hold.
package struct Outcome: Sendable {
  package var outputs: [Output]
  package var value: (any Value)?
  /// What to remember by several names.
  package var values: [String: any Value] = [:]
  /// Assertions that failed. The outputs are shown all the same.
  package var failures: [Diagnostic]

  package init(
    _ outputs: [Output] = [], value: (any Value)? = nil, failures: [Diagnostic] = []
  ) {
    self.outputs = outputs
    self.value = value
    self.failures = failures
  }
}
