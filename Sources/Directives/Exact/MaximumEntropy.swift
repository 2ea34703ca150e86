internal import Boltzmann
package import Notebooks
internal import Numerals

/// `{maximum-entropy}`: the Boltzmann distribution among others of the same mean energy.
package struct MaximumEntropy: Directive {
  static let rivals = Option<Int>.integer(
    "rivals", "The number of other distributions.", in: 1...1000, default: 6)

  package static let manual = Manual(
    "maximum-entropy",
    "The entropy of the Boltzmann distribution beside that of others of the same mean energy.",
    argument: "MACHINE",
    options: [rivals, MachineOptions.temperature, MachineOptions.given],
    details: """
      Each rival $q$ begins as random weights of the states, drawn from the exponential \
      distribution, and is then tilted, $q(s) \\propto w(s)\\, e^{-\\lambda E(s)}$, until its mean \
      energy is that of the machine at temperature T. Any such $q$ falls short of the entropy of \
      the Boltzmann distribution $p$ by exactly its Kullback-Leibler divergence from it,

      $$
      S(q) = S(p) - \\mathrm{KL}(q \\,\\|\\, p) \\le S(p)
      $$

      because $-\\ln p(s) = E(s)/T + \\ln Z$ has the same mean under both. Source: Jaynes, Physical \
      Review 106 (1957) 620.
      """,
    example: """
      ```{machine} pair
      :visible: a b

      a -- b: 1.5
      ```

      ```{maximum-entropy} pair
      :rivals: 3
      ```
      """)

  private let machine: Text
  private let rivals: Int
  private let temperature: Double
  private let given: [Text]
  private let place: Place

  package init(_ arguments: inout Arguments) {
    machine = arguments.reference("a machine")
    rivals = arguments.value(of: Self.rivals)
    temperature = arguments.value(of: MachineOptions.temperature)
    given = arguments.value(of: MachineOptions.given)
    place = arguments.call.place
    arguments.drawsRandomNumbers()
    arguments.noBody()
  }

  /// The most states times distributions.
  private static let workLimit = 1 << 22

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let value = try context.value(machine, as: MachineValue.self, "a machine")
    let energies = try value.energies(try value.clamp(given), at: place)
    guard energies.count * rivals <= Self.workLimit else {
      throw Diagnostic(
        "limit-exceeded", at: place,
        "\(rivals) distributions over \(energies.count) states are too many",
        hint: "ask for fewer rivals, or hold some units with `:given:`")
    }
    let distribution = ExactDistribution(energies, temperature: temperature)
    let stream = RandomStream(seed: context.seed, name: context.identity)
    let others = (0..<rivals).map { rival in
      distribution.rival(
        weights: energies.energies.indices.map { state in
          -naturalLogarithm(1 - stream.uniform(.weights, step: 0, chain: rival, unit: state))
        })
    }
    let p = distribution.probabilities
    let rows = [p] + others
    let entropies = rows.map { entropy($0) }
    let divergences = rows.map { distribution.kullbackLeiblerDivergence(of: $0) }
    let means = rows.map { row in
      zip(row, energies.energies).reduce(value.constant) { $0 + $1.0 * $1.1 }
    }
    let table = Table(
      [
        Table.Column(
          "distribution",
          .text(["Boltzmann"] + (1...rivals).map { "rival \($0)" }), isKey: true),
        Table.Column("U", heading: "mean E", .numbers(means, .fixed(6))),
        Table.Column("S", heading: "entropy S", .numbers(entropies, .fixed(6))),
        Table.Column("KL", heading: "KL from Boltzmann", .numbers(divergences, .fixed(6))),
        Table.Column(
          "sum", heading: "S + KL",
          .numbers(zip(entropies, divergences).map { $0 + $1 }, .fixed(6))),
      ], shownRows: 24)
    let best = entropies.dropFirst().max() ?? 0
    return Outcome([.table(table)], value: TableResult(table, figures: [("best", best)]))
  }
}
