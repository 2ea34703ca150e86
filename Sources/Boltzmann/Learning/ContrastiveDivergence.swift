/// Contrastive divergence for restricted Boltzmann machines: CD-k, and PCD with persistent chains.
///
/// Δw = rate · (⟨v hᵀ⟩ over data − ⟨v hᵀ⟩ after k steps of a chain − decay · w) + momentum · last Δw,
/// and the same without decay for the biases. Each mean is over its own number of rows: a ragged
/// last batch counts as what it is.
///
/// Sources: Hinton, "Training products of experts by minimizing contrastive divergence", 2002;
/// Tieleman, "Training restricted Boltzmann machines using approximations to the likelihood
/// gradient", 2008; Hinton, "A practical guide to training restricted Boltzmann machines", 2010.
public struct ContrastiveDivergence: Sendable, Hashable {
  /// What a layer contributes: drawn states, or the probabilities themselves (mean field).
  public enum UnitValue: Sendable, Hashable {
    /// 0 or 1, drawn.
    case states
    /// The probability of 1.
    case probabilities
  }

  /// Where the chains of the negative phase start.
  public enum Chains: Sendable, Hashable {
    /// Each update at its batch.
    case fromData
    /// This many chains, started at random, which go on from update to update.
    case persistent(Int)
  }

  /// Parameters that an update can change.
  public struct Parameters: OptionSet, Sendable, Hashable {
    /// One bit per kind of parameter.
    public let rawValue: Int
    /// The kinds with these bits.
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// wᵢⱼ.
    public static let weights = Parameters(rawValue: 1)
    /// bᵢ.
    public static let visibleBiases = Parameters(rawValue: 2)
    /// cⱼ.
    public static let hiddenBiases = Parameters(rawValue: 4)
    /// All of them.
    public static let all: Parameters = [.weights, .visibleBiases, .hiddenBiases]
  }

  /// The steps k of a chain for each update.
  public var steps = 1
  /// Where chains start.
  public var chains = Chains.fromData
  /// The hidden units in ⟨v hᵀ⟩ over data.
  public var hiddenInPositiveStatistics = UnitValue.probabilities
  /// The hidden units that drive the chain.
  public var hiddenInChain = UnitValue.states
  /// The visible units of the chain, in its negative statistics too.
  public var visibleInChain = UnitValue.states
  /// The hidden units in ⟨v hᵀ⟩ of the chain.
  public var hiddenInNegativeStatistics = UnitValue.probabilities
  /// Whether the hidden units in the negative statistics are computed from the last visible
  /// state (Hinton 2010, 3.3) or are those it was computed from.
  public var recomputesLastHidden = true
  /// What learning changes; the rest stays as it is.
  public var moving = Parameters.all
  /// The samples of one update.
  public var batchSize = 10
  /// The updates on each batch before the next.
  public var updatesPerBatch = 1
  /// Whether each epoch takes the samples in a new random order, or as given.
  public var shuffles = true
  /// The learning rate.
  public var learningRate = 0.01
  /// The fraction of the last change that is added to a change.
  public var momentum = 0.0
  /// The factor of −w in the gradient of a weight.
  public var weightDecay = 0.0

  /// CD-1 as Hinton (2010) recommends it.
  public init() {}

  /// The updates of one epoch over so many samples.
  public func updatesPerEpoch(sampleCount: Int) -> Int {
    (sampleCount + batchSize - 1) / batchSize * updatesPerBatch
  }

  func check(
    _ machine: RestrictedBoltzmannMachine, _ data: VisibleData, epochs: Int
  ) throws(TrainingError) {
    if data.count == 0 { throw .noData }
    if data.unitCount != machine.visibleCount {
      throw .unitCount(data.unitCount, visibleCount: machine.visibleCount)
    }
    for (name, value) in [
      ("number of steps", steps), ("batch size", batchSize),
      ("number of updates per batch", updatesPerBatch),
    ] where value < 1 { throw .notPositive(name, Double(value)) }
    if case .persistent(let count) = chains, count < 1 {
      throw .notPositive("number of chains", Double(count))
    }
    if !(learningRate > 0 && learningRate.isFinite) {
      throw .notPositive("learning rate", learningRate)
    }
    for (name, value) in [("momentum", momentum), ("weight decay", weightDecay)]
    where !(value >= 0 && value.isFinite) { throw .negative(name, value) }
    let draws = Double(updatesPerEpoch(sampleCount: data.count)) * Double(epochs)
    if draws * Double(2 * steps + 2) >= 0x1p32 { throw .tooManySteps }
  }
}
