package import Notebooks
internal import Numerals

/// `{sweep}`: what a result would be with other values of parameters.
package struct Sweep: Directive {
  static let over = Option<[Text]>(
    "over", "PARAMETER = values or a formula",
    "The values that are tried; given several times, all combinations are.", default: [],
    repeatable: true
  ) { lines in lines }
  static let of = Option<[Text]>(
    "of", "a formula, or `name = formula`",
    "What is computed at each point; may be given several times.", default: [], repeatable: true
  ) { lines in lines }
  static let runs = Option<Int>.integer(
    "runs", "How often each point is run; with 2 or more, means and their errors are shown.",
    in: 1...1000, default: 1)
  static let random = Option<Rerun.Streams>.choice(
    "random", "Whether each point draws random numbers of its `own`, or all in `common`.",
    default: .own)
  static let plot = Option<Bool>.flag("plot", "Whether there is a plot.", default: true)
  static let logarithmic = Option<Bool>.flag("log-x", "Whether the x axis is logarithmic.")

  package static let manual = Manual(
    "sweep", "What a result would be with other values of parameters.", argument: "NAME",
    options: [over, of, runs, random, plot, logarithmic],
    details: """
      The cells above that the formulas of `:of:` depend on and that depend on the swept parameters \
      are run again at each point; what else they read stays as it is. Parameters stand in the front \
      matter, and cells use them as `{{ rate }}`. Nothing but the table and the plot is kept: below, \
      the notebook goes on with the values it had.

      Random numbers of a point derive from the cell's name, the sweep's name and the point's values, \
      so that no point changes another. With `:random: common` every point draws what the cell drew \
      itself, and differences between points are those of the parameter alone.

      A sweep has at most \(pointLimit) runs.
      """,
    frontMatter: """
      ---
      harmonium:
        parameters:
          weight: 1.5
          temperature: {default: 1, type: number, min: 0.1}
      ---
      """,
    example: """
      ```{machine} pair
      :visible: a b

      a -- b: {{ weight }}
      ```

      With a weight of {eval}`weight` both units are on with probability \
      {eval}`p(pair, a=1, b=1, T=temperature):.3f`. With others:

      ```{sweep} study
      :over: weight = range(-2, 6, 2)
      :over: temperature = 0.5 2
      :of: both = p(pair, a=1, b=1, T=temperature) : .3f
      ```
      """)

  /// The most runs of all points together.
  static let pointLimit = 512

  private let swept: [SweptParameter]
  private let results: [NamedResult]
  private let runs: Int
  private let streams: Rerun.Streams
  private let isPlotted: Bool
  private let isLogarithmic: Bool
  private let place: Place

  /// What a column of the table is of.
  struct NamedResult: Sendable {
    let name: String
    let formula: Formula
  }

  package init(_ arguments: inout Arguments) {
    _ = arguments.definedName()
    arguments.noBody()
    place = arguments.call.place
    runs = arguments.value(of: Self.runs)
    streams = arguments.value(of: Self.random)
    isPlotted = arguments.value(of: Self.plot)
    isLogarithmic = arguments.value(of: Self.logarithmic)
    var swept: [SweptParameter] = []
    for line in Self.lines(Self.over, &arguments) {
      do throws(Diagnostic) {
        let new = try SweptParameter(line, of: &arguments)
        guard !swept.contains(where: { $0.name.string == new.name.string }) else {
          throw Diagnostic(
            "duplicate-name", at: new.name.place, "\(new.name.string.quoted) is swept twice")
        }
        swept.append(new)
        _ = arguments.references(new.reads)
      } catch {
        arguments.report(error)
      }
    }
    var results: [NamedResult] = []
    for line in Self.lines(Self.of, &arguments) {
      let read = arguments.attempt { () throws(Diagnostic) in try NamedResult(line) }
      guard let read else { continue }
      _ = arguments.references(read.formula.expression.reads)
      if (swept.map(\.name.string) + results.map(\.name)).contains(read.name) {
        arguments.report(
          Diagnostic(
            "duplicate-name", at: line.place, "two columns are called \(read.name.quoted)",
            hint: "name the formula: `:of: name = formula`"))
      }
      results.append(read)
    }
    self.swept = swept
    self.results = results
  }

  /// The lines of an option that has to be given.
  private static func lines(_ option: Option<[Text]>, _ arguments: inout Arguments) -> [Text] {
    let lines = arguments.value(of: option)
    if lines.isEmpty {
      arguments.report(
        Diagnostic(
          "missing-option", at: arguments.call.place,
          "`sweep` needs the option \(":\(option.name):".quoted)",
          hint: "put `:\(option.name): …` right below the fence; it takes \(option.form)"))
    }
    return lines
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let rerun = try Rerun(
      of: results.map(\.formula.expression), changing: swept.map(\.name), in: context)
    var points: [[Quantity]] = [[]]
    for parameter in swept {
      let values = try parameter.values(in: context)
      guard points.count * values.count * runs <= Self.pointLimit else {
        throw Diagnostic(
          "limit-exceeded", at: place,
          "the sweep has more than \(Self.pointLimit) runs, which is the limit",
          hint: "fewer values, or fewer `:runs:`")
      }
      points = points.flatMap { point in values.map { point + [$0] } }
    }
    let visits = points.flatMap { point in (0..<runs).map { visit(point, run: $0, in: context) } }
    let found = try rerun.values(at: visits) { done in
      context.tell(done, of: visits.count, "run")
    }
    var report = SweepReport(
      parameters: swept.map(\.name.string), results: results, runs: runs,
      isLogarithmic: isLogarithmic)
    for (number, point) in points.enumerated() {
      var values: [[Double]] = []
      for index in number * runs..<(number + 1) * runs {
        values.append(try numbers(found[index], at: visits[index]))
      }
      report.add(point, values)
    }
    return report.outcome(isPlotted: isPlotted)
  }

  private func visit(_ point: [Quantity], run: Int, in context: Context) -> Rerun.Point {
    let named = Array(zip(swept.map(\.name.string), point))
    let values = named.map { "\($0) = \($1.literal)" }.joined(separator: ", ")
    return Rerun.Point(
      Dictionary(uniqueKeysWithValues: named), label: "\(context.identity) at \(values)",
      repetition: run, streams: streams)
  }

  /// The results at a point, which must be finite numbers.
  private func numbers(
    _ found: [Quantity], at point: Rerun.Point
  ) throws(Diagnostic) -> [Double] {
    var values: [Double] = []
    for (result, quantity) in zip(results, found) {
      let place = result.formula.text.place
      guard case .number(let value) = quantity else {
        throw Diagnostic(
          "wrong-type", at: place,
          "a sweep collects numbers, but this is \(quantity.kind) (in \(point.label))")
      }
      guard value.isFinite else {
        throw Diagnostic(
          "not-finite", at: place,
          "the value of this formula is \(NumberFormat.significant(1).string(value)) "
            + "(in \(point.label))")
      }
      values.append(value)
    }
    return values
  }
}

extension Sweep.NamedResult {
  /// `name = formula`, or a formula that is its own name.
  init(_ line: Text) throws(Diagnostic) {
    if let (head, tail) = line.cut(at: "="), head.string.isName {
      self.init(name: head.string, formula: try Formula(tail))
    } else {
      let formula = try Formula(line)
      self.init(name: formula.text.trimmed.string, formula: formula)
    }
  }
}
