internal import Boltzmann
internal import Notebooks

/// The options that say how a model learns; its study reads those that belong to its kind.
struct TrainingOptions: Sendable {
  enum Algorithm: String, CaseIterable, Sendable {
    case cd, pcd, pt, exact, sampling, annealing
    case upDown = "up-down"
  }

  enum Values: String, CaseIterable, Sendable {
    case states, probabilities
  }

  enum LastHidden: String, CaseIterable, Sendable {
    case recomputed
    case asUsed = "as-used"
  }

  enum Moving: String, CaseIterable, Sendable {
    case weights
    case visibleBiases = "visible-biases"
    case hiddenBiases = "hidden-biases"
  }

  enum Order: String, CaseIterable, Sendable {
    case shuffled, given
  }

  static let algorithm = Option<Algorithm>.choice(
    "algorithm",
    "RBMs: chains from the data, persistent chains, tempered chains, or the exact gradient. "
      + "Machines: where both phases come from. Deep belief nets: `up-down`.",
    default: .cd, shown: "cd for RBMs, exact for machines, up-down for deep belief nets")
  static let steps = Option<StepSchedule>(
    "k", "a number, or `K K@EPOCH …`",
    "Steps of the chain for each update; `1 5@20` takes 1, and 5 from epoch 20 on.", default: 1,
    shown: "1"
  ) { (lines) throws(Diagnostic) in try lines[0].stepSchedule() }
  static let chains = Option<Int>.integer(
    "chains",
    "The number of persistent chains, for `pcd`, or of ladders, for `pt`; of a machine, the chains "
      + "of each row in each phase (10; 2 if annealed).", in: 1...100_000, default: 100)
  static let rungs = Option<Int>.integer(
    "rungs", "The number of temperatures of a ladder, for `pt`.", in: 2...Ladder.largestCount,
    default: 10)
  static let hottest = Option<Double>.number(
    "to", "The hottest temperature of a ladder that begins at 1, for `pt`.", in: 1.001...1e6,
    default: 10)
  static let temperatures = Option<[Double]>.numbers(
    "temperatures", "The temperatures of a ladder written out, 1 first, for `pt`.", in: 1...1e6,
    default: [])
  static let positiveHidden = Option<Values>.choice(
    "positive-hidden", "The hidden units in the statistics of the data.", default: .probabilities)
  static let chainHidden = Option<Values>.choice(
    "chain-hidden", "The hidden units that drive the chain.", default: .states)
  static let chainVisible = Option<Values>.choice(
    "chain-visible", "The visible units of the chain.", default: .states)
  static let negativeHidden = Option<Values>.choice(
    "negative-hidden", "The hidden units in the statistics of the chain.", default: .probabilities)
  static let lastHidden = Option<LastHidden>.choice(
    "last-hidden",
    "Hidden units of the chain's statistics: `recomputed` from its last visible state, or those "
      + "that led to it.", default: .recomputed)
  static let moves = Option<[Moving]>.choices(
    "moves", "The parameters that learn.", default: Moving.allCases)
  static let batch = Option<Int>.integer(
    "batch", "Samples for each update.", in: 1...1_000_000, default: 10)
  static let updates = Option<Int>.integer(
    "updates-per-batch", "Updates on each batch before the next.", in: 1...1_000_000, default: 1)
  static let order = Option<Order>.choice(
    "order", "Whether each epoch takes the samples in a new random order.", default: .shuffled)
  static let rate = Option<Double>.number(
    "rate", "The learning rate.", in: 1e-9...1e3, default: 0.01)
  static let momentum = Option<Double>.number(
    "momentum", "The share of the last change that is added.", in: 0...0.9999, default: 0)
  static let decay = Option<Double>.number(
    "decay", "The weight decay.", in: 0...1e3, default: 0)

  static let centering = Option<Bool>.flag(
    "centering", "Whether learning moves along centred statistics.")
  static let sparsity = Option<ContrastiveDivergence.Sparsity?>(
    "sparsity", "TARGET COST", "The share of data for which a hidden unit should be on.",
    default: nil, shown: "none"
  ) { (lines) throws(Diagnostic) in try lines[0].sparsity() }
  static let activityRate = Option<Double>.number(
    "activity-rate",
    "The share of each batch in the running mean of the hidden units, for `centering` and "
      + "`sparsity`.", in: 1e-6...1, default: 0.01)

  static let all: [any AnyOption] = [
    algorithm, steps, chains, temperatures, rungs, hottest, rate, batch, updates, order, moves,
    momentum, decay, centering, sparsity, activityRate, positiveHidden, chainHidden, chainVisible,
    negativeHidden, lastHidden,
  ]

  let algorithm: Algorithm
  let steps: StepSchedule
  let chains: Int
  let temperatures: [Double]
  let rungs: Int
  let hottest: Double
  let positiveHidden: Values
  let chainHidden: Values
  let chainVisible: Values
  let negativeHidden: Values
  let lastHidden: LastHidden
  let moves: [Moving]
  let batch: Int
  let updates: Int
  let order: Order
  let rate: Double
  let momentum: Double
  let decay: Double
  let isCentered: Bool
  let sparsity: ContrastiveDivergence.Sparsity?
  let activityRate: Double
  /// The names that stand in the call, each at its place.
  private let given: [Text]

  init(_ arguments: inout Arguments) {
    algorithm = arguments.value(of: Self.algorithm)
    steps = arguments.value(of: Self.steps)
    chains = arguments.value(of: Self.chains)
    temperatures = arguments.value(of: Self.temperatures)
    rungs = arguments.value(of: Self.rungs)
    hottest = arguments.value(of: Self.hottest)
    positiveHidden = arguments.value(of: Self.positiveHidden)
    chainHidden = arguments.value(of: Self.chainHidden)
    chainVisible = arguments.value(of: Self.chainVisible)
    negativeHidden = arguments.value(of: Self.negativeHidden)
    lastHidden = arguments.value(of: Self.lastHidden)
    moves = arguments.value(of: Self.moves)
    batch = arguments.value(of: Self.batch)
    updates = arguments.value(of: Self.updates)
    order = arguments.value(of: Self.order)
    rate = arguments.value(of: Self.rate)
    momentum = arguments.value(of: Self.momentum)
    decay = arguments.value(of: Self.decay)
    isCentered = arguments.value(of: Self.centering)
    sparsity = arguments.value(of: Self.sparsity)
    activityRate = arguments.value(of: Self.activityRate)
    given = arguments.call.options.map(\.name)
  }

  /// Throws at the first option in the call that is among all of learning, but not among those
  /// that belong to `what`.
  func check(_ belonging: [any AnyOption], to what: String) throws(Diagnostic) {
    let all = Set(LearningOptions.all.map(\.name)).subtracting(belonging.map(\.name))
    guard let other = given.first(where: { all.contains($0.string) }) else { return }
    throw Diagnostic(
      "unexpected-option", at: other.place,
      "\(other.string.quoted) has no meaning for \(what)",
      hint: "these have: \(belonging.map { $0.name.quoted }.joined(separator: ", "))")
  }

  /// Whether an option stands in the call.
  func gives(_ option: some AnyOption) -> Bool { given.contains { $0.string == option.name } }

  /// Where the first of some options stands that is in the call.
  func place(ofFirst options: [any AnyOption]) -> Place? {
    given.first { name in options.contains { $0.name == name.string } }?.place
  }
}
