internal import Boltzmann
package import Notebooks

/// `{posterior}`: what is believed of some units when others are known.
package struct PosteriorDirective: Directive {
  static let of = Option<[Text]>.words(
    "of", "units", "The units that are asked about.", shown: "the hidden ones")
  static let given = Option<[Text]>.words(
    "given", "unit=value …", "Known in every row.")
  static let marginal = Option<[Text]>.words(
    "marginal", "units", "Tabulates the states of these units together instead.")
  static let methods = Option<[PosteriorMethod]>.choices(
    "method", "How the posterior is found; `exact` stands beside the others where it can.",
    default: [.exact])
  static let draws = Option<Int>.integer(
    "draws", "The number of draws of rejection and likelihood weighting.", in: 1...10_000_000,
    default: 10_000)
  static let chains = Option<Int>.integer(
    "chains", "The number of Gibbs chains.", in: 2...100_000, default: 100)
  static let warmUp = Option<Int>.integer(
    "warm-up", "Sweeps of each chain before its states count.", in: 0...10_000_000, default: 100)
  static let sweeps = Option<Int>.integer(
    "sweeps", "Sweeps of each chain whose states count.", in: 1...10_000_000, default: 100)
  static let start = Option<ChainStart>.choice(
    "start", "Where chains start.", default: .random)

  package static let manual = Manual(
    "posterior",
    "What is believed of a belief net's units when others are known: exact, weighted, by chains.",
    argument: "NET",
    body: "What is known, one row a line: `score=1 easy=0`, `nothing`, or `drawn`: the visible "
      + "units as a draw from the net has them; without a body, what `:given:` says",
    options: [of, given, marginal, methods, draws, chains, warmUp, sweeps, start],
    details: """
      `exact` sums over all other units, one after the other, in tables of at most \
      2^\(PosteriorLimit.largestExponent) entries. The other methods estimate:

      - `rejection` draws all units, parents first, and keeps the draws that agree with what is \
      known;
      - `likelihood-weighting` holds what is known and weights each draw by the probability that \
      its parents give it. $(\\sum w)^2 / \\sum w^2$ is how many draws of equal weight are worth as \
      much;
      - `gibbs` draws every unknown unit in turn given all others, in chains; how many independent \
      draws they are worth is told from the spread of the chains, for the worst of the units asked \
      about. $\\hat R$ well above 1 says that chains stay in different places.

      ± is one standard error, and a row holds what is within 2.58 of them (99 %). An error is \
      told from what was drawn: a state that matters and never was drawn is missing from it too. \
      Sources: Henrion, UAI 1988; Fung and Chang, UAI 1989; Pearl, Artificial Intelligence 32 \
      (1987) 245.
      """,
    example: """
      ```{belief-net} lawn
      :hidden: rain sprinkler
      :visible: wet

      rain: -1.5
      sprinkler: -1
      wet: -5
      rain -> wet: 8
      sprinkler -> wet: 7
      ```

      ```{posterior} lawn
      nothing
      wet=1
      wet=1 sprinkler=1
      ```

      ```{posterior} lawn
      :of: rain
      :method: likelihood-weighting gibbs
      :name: estimates

      wet=1
      ```
      """)

  /// The most things known one after the other.
  private static let rowLimit = 64

  private let net: Text
  private let units: [Text]
  private let given: [Text]
  private let marginal: [Text]
  private let methods: [PosteriorMethod]
  private let effort: PosteriorEffort
  private let rows: [Text]
  private let place: Place

  package init(_ arguments: inout Arguments) {
    net = arguments.reference("a belief net")
    units = arguments.value(of: Self.of)
    given = arguments.value(of: Self.given)
    marginal = arguments.value(of: Self.marginal)
    methods = arguments.value(of: Self.methods)
    effort = PosteriorEffort(
      draws: arguments.value(of: Self.draws), chains: arguments.value(of: Self.chains),
      schedule: Schedule(
        warmUp: arguments.value(of: Self.warmUp), sweeps: arguments.value(of: Self.sweeps)),
      start: arguments.value(of: Self.start))
    rows = arguments.call.body.map(\.trimmed).filter { !$0.isEmpty }
    place = arguments.call.place
    if methods.contains(where: { $0 != .exact }) || rows.contains(where: { $0.string == "drawn" }) {
      arguments.drawsRandomNumbers()
    }
    if rows.count > Self.rowLimit {
      arguments.report(
        Diagnostic(
          "limit-exceeded", at: rows[Self.rowLimit].place,
          "`posterior` takes at most \(Self.rowLimit) rows"))
    }
    if let first = marginal.first, methods != [.exact] || !units.isEmpty {
      arguments.report(
        Diagnostic(
          "unexpected-option", at: first.place,
          "`:marginal:` is exact and takes neither `:method:` nor `:of:`"))
    }
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let value = try context.value(net, as: BeliefNetValue.self, "a belief net")
    let common = try value.evidence(given)
    var known: [KnownUnits] = []
    for row in rows.isEmpty ? [Text("nothing", at: place)] : rows {
      known.append(try self.known(row, common, number: known.count, of: value, in: context))
    }
    if !marginal.isEmpty {
      return try JointPosterior(value, try value.units(marginal), known, at: place).outcome
    }
    var asked = try value.units(units)
    if asked.isEmpty { asked = Array(0..<value.hiddenCount) }
    if asked.isEmpty { asked = Array(value.unitNames.indices) }
    let study = try PosteriorStudy(
      value, asked, known, methods, effort, in: context, at: place)
    return PosteriorReport(study).outcome
  }

  private func known(
    _ row: Text, _ common: Clamp, number: Int, of value: BeliefNetValue, in context: Context
  ) throws(Diagnostic) -> KnownUnits {
    guard row.string == "drawn" else {
      let words = row.string == "nothing" ? [] : row.words
      let evidence = try value.evidence(words, and: common)
      let label = (given + words).map(\.string).joined(separator: ", ")
      return KnownUnits(
        evidence: evidence, label: label.isEmpty ? "nothing" : label, place: row.place)
    }
    let visible = value.hiddenCount..<value.unitNames.count
    guard visible.allSatisfy({ common[$0] == nil }) else {
      throw Diagnostic(
        "unexpected-option", at: row.place, "`drawn` and `:given:` both set visible units")
    }
    let stream = RandomStream(seed: context.seed, name: context.identity)
    let state = value.net.state(sample: number, stream: stream.substream(named: "drawn"))
    var evidence = common
    for unit in visible { evidence[unit] = state[unit] }
    return KnownUnits(
      evidence: evidence, label: "\(visible.count) visible units as drawn", place: row.place)
  }
}

/// How a posterior is found.
enum PosteriorMethod: String, CaseIterable, Sendable {
  case exact, rejection
  case weighting = "likelihood-weighting"
  case gibbs
}

/// How much is drawn for an estimate.
struct PosteriorEffort: Sendable {
  let draws: Int
  let chains: Int
  let schedule: Schedule
  let start: ChainStart
}

/// What one row of a `{posterior}` takes for known.
struct KnownUnits: Sendable {
  let evidence: Clamp
  /// How the table calls it.
  let label: String
  let place: Place
}
