internal import Boltzmann
package import Notebooks
internal import Numerals

/// `{undirected}`: the machine of symmetric weights that says the same as a belief net.
package struct Undirected: Directive {
  static let from = Option<Text?>.text("from", "a belief net", "The net that is written anew.")

  package static let manual = Manual(
    "undirected",
    "A belief net as a Boltzmann machine: what symmetric weights say the same, and what they cannot.",
    argument: "NAME", options: [from, CommonOptions.save],
    details: """
      $$
      \\ln p(s) = c + \\sum_i b_i s_i + \\sum_{i<j} w_{ij} s_i s_j + \\sum_{i<j<k} u_{ijk} s_i s_j \
      s_k + \\dots
      $$

      An arrow becomes a weight. A unit with several parents also couples these with each other, \
      because $-\\ln(1 + e^{b + \\sum_j w_j s_j})$ is no sum of functions of single parents: the \
      parents of a common child are *married*. Of a sigmoid unit with two parents that is one more \
      weight; three or more parents also have terms of three and more units, which a machine does \
      not have. They are listed and left out, and the divergence of the machine from the net is \
      stated, up to \(BeliefNet.largestComparedUnitCount) units. All units of the machine are \
      visible. Source: Lauritzen and Spiegelhalter, Journal of the Royal Statistical Society B 50 \
      (1988) 157.
      """,
    example: """
      ```{belief-net} lawn
      :hidden: rain sprinkler
      :visible: wet

      wet: -5
      rain -> wet: 8
      sprinkler -> wet: 7
      ```

      ```{undirected} machine
      :from: lawn
      ```
      """)

  private let name: String
  private let source: Text?
  private let place: Place

  package init(_ arguments: inout Arguments) {
    name = arguments.definedName()
    source = arguments.required(Self.from)
    place = arguments.call.place
    if let source { _ = arguments.references([source]) }
    arguments.noBody()
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    guard let source else { return Outcome() }
    let value = try context.value(source, as: BeliefNetValue.self, "a belief net")
    guard let model = LogLinearModel(value.net) else { throw refusal(of: value) }
    let machine: BoltzmannMachine
    do { machine = try BoltzmannMachine(model, unitCount: value.net.unitCount) } catch {
      throw Diagnostic(
        "not-finite", at: place, "the weights of \(value.name.quoted) are too large")
    }
    let table = Self.table(model, value)
    let divergence = try? value.net.divergence(from: machine)
    let figures =
      [("constant", model.constant), ("order", Double(model.order))]
      + (divergence.map { [("kl", $0)] } ?? [])
    return Outcome(
      [
        .sentence(Self.summary(model, machine, value)), .table(table),
        .sentence(Self.verdict(model, divergence, value)),
      ],
      value: UndirectedNet(
        machine: MachineValue(name: name, machine: machine, unitNames: value.unitNames),
        table: table, figures: figures))
  }

  private func refusal(of value: BeliefNetValue) -> Diagnostic {
    let largest = LogLinearModel.largestParentCount
    if let unit = value.net.units.firstIndex(where: { $0.parents.count > largest }) {
      return Diagnostic(
        "limit-exceeded", at: place,
        "\(value.unitNames[unit].quoted) has \(value.net.units[unit].parents.count) parents; at "
          + "most \(largest) can be written as weights")
    }
    return Diagnostic(
      "certain-table", at: place,
      "\(value.name.quoted) has a probability of 0 or 1, for which no weight is large enough")
  }

  private static func summary(
    _ model: LogLinearModel, _ machine: BoltzmannMachine, _ value: BeliefNetValue
  ) -> String {
    let pairs = machine.edges.count
    let arrows = machine.edges.count { value.isArrow($0.first, $0.second) }
    return
      "\(machine.unitCount) units, each 0 or 1; \(pairs) \(pairs == 1 ? "weight" : "weights"): "
      + "\(arrows) where an arrow was, \(pairs - arrows) between parents of a common child."
  }

  private static func verdict(
    _ model: LogLinearModel, _ divergence: Double?, _ value: BeliefNetValue
  ) -> String {
    let higher = model.terms.filter { $0.units.count > 2 }
    guard let largest = higher.max(by: { abs($0.coefficient) < abs($1.coefficient) }) else {
      return "No term has more than two units: the machine has the distribution of the net."
    }
    let format = NumberFormat.significant(4)
    let names = largest.units.map { value.unitNames[$0] }.joined(separator: ", ")
    let distance = divergence.map { "KL(net ‖ machine) = \(format.string($0)) nats." }
    return "\(higher.count) \(higher.count == 1 ? "term has" : "terms have") three units or more, "
      + "the largest, of \(names), with \(format.string(largest.coefficient)). The machine is "
      + "without them"
      + (distance.map { ": \($0)" } ?? ".")
  }

  private static func table(_ model: LogLinearModel, _ value: BeliefNetValue) -> Table {
    let coefficients = model.terms.map(\.coefficient)
    return Table(
      [
        Table.Column(
          "units",
          .text(
            model.terms.map { $0.units.map { value.unitNames[$0] }.joined(separator: ", ") }),
          isKey: true),
        Table.Column("what", .text(model.terms.map { what($0, value) })),
        Table.Column(
          "coefficient", .numbers(coefficients, .column(coefficients, decimals: 4))),
      ], shownRows: 40)
  }

  private static func what(_ term: LogLinearModel.Term, _ value: BeliefNetValue) -> String {
    switch term.units.count {
    case 1: return "bias"
    case 2:
      return value.isArrow(term.units[0], term.units[1]) ? "weight, an arrow" : "weight, married"
    default: return "left out"
    }
  }
}

extension BeliefNetValue {
  /// Whether one unit is a parent of the other.
  fileprivate func isArrow(_ first: Int, _ second: Int) -> Bool {
    net.units[first].parents.contains(second) || net.units[second].parents.contains(first)
  }
}

/// The machine of a belief net, with the terms that it was made of.
struct UndirectedNet: TableValue, FigureValue, CompositeValue, QueryableValue {
  let machine: MachineValue
  let table: Table
  let figures: [(name: String, value: Double)]

  var kind: String { "a machine" }
  var core: any Value { machine }
  var functions: [String] { machine.functions }
  func answer(_ query: Query) throws(Diagnostic) -> Double { try machine.answer(query) }
}
