@testable import Notebooks

/// A directive that only names its argument and remembers a table, for tests of the runner.
struct Probe: Directive {
  static let size = Option<Int>.integer("size", "A size.", in: 1...9, default: 3)
  static let from = Option<[Text]>.words("from", "names", "What is read.")
  static let fails = Option<Bool>.flag("fails", "Whether it fails.")
  static let doubts = Option<Bool>.flag("doubts", "Whether it asserts what does not hold.")
  static let file = Option<Text?>.text("file", "a file", "What else is read.")
  static let opaque = Option<Bool>.flag("opaque", "Whether its value cannot be kept.")

  static let manual = Manual(
    "probe", "A table of as many rows as its size.", argument: "NAME",
    options: [size, from, fails, doubts, file, opaque], example: "```{probe} a\n```")

  private let size: Int
  private let from: [Text]
  private let fails: Bool
  private let doubts: Bool
  private let file: Text?
  private let opaque: Bool
  private let place: Place

  init(_ arguments: inout Arguments) {
    _ = arguments.definedName()
    size = arguments.value(of: Self.size)
    from = arguments.references(arguments.value(of: Self.from))
    fails = arguments.value(of: Self.fails)
    doubts = arguments.value(of: Self.doubts)
    file = arguments.value(of: Self.file)
    opaque = arguments.value(of: Self.opaque)
    place = arguments.call.place
    arguments.noBody()
  }

  func run(in context: Context) throws(Diagnostic) -> Outcome {
    context.tell(0, of: 1, "run")
    if fails { throw Diagnostic("probe-failed", at: place, "the probe failed") }
    var rows = size
    for name in from {
      rows += try context.value(name, as: (any TableValue).self, "a table").table.rowCount
    }
    var text = ""
    if let file { text = String(decoding: try context.folder.read(file), as: UTF8.self) }
    let table = Table([.init("n", .numbers((0..<rows).map { Double($0) }, .fixed(0)))])
    let doubt = Diagnostic("doubt", at: place, "the probe doubts", kind: .failure)
    return Outcome(
      [.sentence("\(context.identity) of \(rows)\(text)")],
      value: opaque
        ? OpaqueTable(table: table) : TableResult(table, figures: [("size", Double(rows))]),
      failures: doubts ? [doubt] : [])
  }
}

/// A value that the store does not keep.
struct OpaqueTable: TableValue {
  let table: Table
  var kind: String { "an opaque table" }
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
    functions: Functions(
      elementwise: [
        NumberFunction("double") { 2 * $0 }, NumberFunction("root") { $0.squareRoot() },
      ],
      reducing: [
        VectorFunction("sum") { $0.reduce(0, +) }, VectorFunction("max") { $0.reduce($0[0], max) },
      ]))
}

extension Notebook {
  init(_ text: String) {
    self.init(Array(text.utf8), file: "n.md", directives: Registry.probes.names)
  }
}

/// Runs a notebook of probes.
func report(on text: String, settings: [ParameterSetting] = []) -> Report {
  Run().report(on: Plan(Notebook(text), registry: .probes, settings: settings))
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
