internal import Notebooks

/// The temperatures of a cell: a list, or equal steps between two ends.
struct TemperatureOptions: Sendable {
  static let temperatures = Option<[Double]>.numbers(
    "temperatures", "These temperatures, instead of equal steps.", in: 1e-6...1e6, default: [])
  static let from = Option<Double>.number(
    "from", "The first temperature.", in: 1e-6...1e6, default: 0.25)
  static let to = Option<Double>.number(
    "to", "The last temperature.", in: 1e-6...1e6, default: 5)
  static let steps = Option<Int>.integer(
    "steps", "The number of temperatures, in equal steps.", in: 2...2000, default: 20)
  static let rows = Option<Int>.integer(
    "rows", "The most temperatures that are printed; with 0 there is no table.", in: 0...4096,
    default: 40)

  static let all: [any AnyOption] = [temperatures, from, to, steps, rows]

  let values: [Double]
  let rows: Int

  init(_ arguments: inout Arguments) {
    let list = arguments.value(of: Self.temperatures)
    let from = arguments.value(of: Self.from)
    let to = arguments.value(of: Self.to)
    let steps = arguments.value(of: Self.steps)
    rows = arguments.value(of: Self.rows)
    if list.isEmpty {
      // The last one is met exactly, not by adding up.
      values = (0..<steps).map { step in
        step == steps - 1 ? to : from + (to - from) * Double(step) / Double(steps - 1)
      }
      return
    }
    values = list
    let range: [any AnyOption] = [Self.from, Self.to, Self.steps]
    for option in range where arguments.gives(option) {
      arguments.report(
        Diagnostic(
          "unexpected-option", at: arguments.call.place,
          "`\(option.name)` has no meaning beside `temperatures`"))
    }
  }
}
