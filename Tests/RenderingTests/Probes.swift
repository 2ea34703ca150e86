import Notebooks
import Numerals
import Plots

@testable import Rendering

/// A directive that shows one of everything, with numbers that its options choose.
struct Probe: Directive {
  static let manual = Manual(
    "probe", "Shows one of everything.", argument: "NAME", options: [value, show, from],
    example: "```{probe} a\n```\n")
  static let value = Option<Double>.number(
    "value", "A number.", in: -1e9...1e9, default: 1)
  static let show = Option<[Text]>.words("show", "names", "What is shown; without it, everything.")
  static let from = Option<[Text]>.words("from", "names", "What is read.")

  private let number: Double
  private let parts: [String]

  init(_ arguments: inout Arguments) {
    _ = arguments.definedName()
    number = arguments.value(of: Self.value)
    let all = ["table", "sentence", "curve", "bars", "images", "derivation"]
    let chosen = arguments.value(of: Self.show).map(\.string)
    parts = chosen.isEmpty ? all : chosen
    _ = arguments.references(arguments.value(of: Self.from))
    arguments.noBody()
  }

  func run(in context: Context) throws(Diagnostic) -> Outcome {
    Outcome(parts.compactMap(output), value: TableResult(table, figures: [("size", number)]))
  }

  private var table: Table {
    let values = (1...5).map { number / Double($0) }
    return Table([
      Table.Column("state", .text(["0 0", "0 1", "1 0", "1 1", "a|b"]), isKey: true),
      Table.Column("n", .numbers([1, 2, 3, nil, 5], .fixed(0))),
      Table.Column("p", heading: "p(s)", .numbers(values, .fixed(4))),
    ])
  }

  private func output(_ name: String) -> Output? {
    let xs = (0...20).map(Double.init)
    switch name {
    case "table": return .table(table)
    case "sentence":
      return .sentence(
        "Z = \(NumberFormat.fixed(4).string(number)), over 4 states of v1; see 3.2e-5 and -1.")
    case "curve":
      return .plot(
        Plot(
          title: "Curve 1", x: Axis("step", domain: 0...20), y: Axis("energy", domain: 0...100),
          marks: [.line(Series("v1", x: xs, y: xs.map { $0 * $0 * number / 5 }))]))
    case "bars":
      let bars = Bars(
        categories: ["0 0", "0 1"], series: [.init("p", values: [number / 4, 0.75])])
      return .plot(Plot(x: Axis("v1 v2"), y: Axis("p", domain: 0...1), marks: [.bars(bars)]))
    case "images":
      let image = RasterImage(label: "w1", height: 2, width: 2, values: [0, 0.5, 0.25, number])
      return .images(ImageStrip(images: [image], domain: 0...2))
    case "derivation":
      let step = Derivation.Step("Divide by 2:", latex: "p = \\frac{1}{2}", text: "p = 1/2 = 0.5")
      return .derivation(Derivation([step], notation: .text))
    default: return nil
    }
  }
}

extension Registry {
  static let probes = Registry(directives: [Probe.self], functions: .none)
}

enum Pages {
  /// What a notebook with probes gives.
  static func report(_ text: String, file: String = "n.md") -> Report {
    let notebook = Notebook(Array(text.utf8), file: file, directives: Registry.probes.names)
    return Run().report(on: Plan(notebook, registry: .probes))
  }

  static func rendered(_ text: String) -> RenderedDocument {
    MarkdownRenderer().render(report(text))
  }
}
