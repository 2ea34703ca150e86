@testable import Notebooks

/// A directive that only names its argument and remembers a table, for tests of the runner.
struct Probe: Directive {
  static let size = Option<Int>.integer("size", "A size.", in: 1...9, default: 3)
  static let from = Option<[Text]>.words("from", "names", "What is read.")
  static let fails = Option<Bool>.flag("fails", "Whether it fails.")

  static let manual = Manual(
    "probe", "A table of as many rows as its size.", argument: "NAME",
    options: [size, from, fails], example: "```{probe} a\n```")

  private let size: Int
  private let from: [Text]
  private let fails: Bool
  private let place: Place

  init(_ arguments: inout Arguments) {
    _ = arguments.definedName()
    size = arguments.value(of: Self.size)
    from = arguments.references(arguments.value(of: Self.from))
    fails = arguments.value(of: Self.fails)
    place = arguments.call.place
    arguments.noBody()
  }

  func run(in context: Context) throws(Diagnostic) -> Outcome {
    if fails { throw Diagnostic("probe-failed", at: place, "the probe failed") }
    for name in from { _ = try context.value(name, as: TableResult.self, "a table") }
    let column = Table.Column("n", .numbers((0..<size).map { Double($0) }, .fixed(0)))
    return Outcome(
      [.sentence("\(context.identity) of \(size)")],
      value: TableResult(Table([column]), figures: [("size", Double(size))]))
  }
}

/// A directive that draws random numbers and names nothing of itself.
struct Dice: Directive {
  static let manual = Manual("dice", "Random.", argument: "TEXT", example: "```{dice}\n```")

  init(_ arguments: inout Arguments) { arguments.drawsRandomNumbers() }

  func run(in context: Context) -> Outcome { Outcome([.sentence(context.identity)]) }
}

extension Registry {
  static let probes = Registry(
    directives: [Probe.self, Dice.self],
    functions: [NumberFunction("double") { 2 * $0 }, NumberFunction("root") { $0.squareRoot() }])
}

extension Notebook {
  init(_ text: String) {
    self.init(Array(text.utf8), file: "n.md", directives: Registry.probes.names)
  }
}

/// Runs a notebook of probes.
func report(on text: String) -> Report {
  Run().report(on: Plan(Notebook(text), registry: .probes))
}

extension Sequence<Diagnostic> {
  /// `line:column id` of each, for comparing in one glance.
  var marks: [String] { map { "\($0.place.line):\($0.place.column) \($0.id)" } }
}

extension Text {
  init(_ string: String) { self.init(string, at: Place(file: "n.md", line: 1)) }
}

/// The diagnostic that `body` throws; nil if it throws none.
func diagnostic<T>(_ body: () throws(Diagnostic) -> T) -> Diagnostic? {
  do {
    _ = try body()
    return nil
  } catch { return error }
}
