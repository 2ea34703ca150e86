/// Contrastive divergence for restricted Boltzmann machines and its relatives: CD-k, PCD with
/// persistent chains, parallel tempering, and the exact gradient of small machines.
///
/// Δw = rate · (⟨v hᵀ⟩ over data − ⟨v hᵀ⟩ after k steps of a chain − decay · w) + momentum · last Δw,
/// and the same without decay for the biases. Each mean is over its own number of rows: a ragged
/// last batch counts as what it is.
///
/// Centering moves the origin of both layers to offsets μ (the mean of the data) and λ (the running
/// mean of the hidden units): E = −(v − μ)ᵀ W (h − λ) − b′·v − c′·h up to a constant. It is the same
/// model with b = b′ − Wλ and c = c′ − Wᵀμ, so that only the direction of learning changes: w moves
/// along the means of (v − μ)(h − λ)ᵀ, and the biases follow.
///
/// Sparsity moves the input of hidden unit j down by cost · (q − target), q being its running mean.
///
/// Sources: Hinton, "Training products of experts by minimizing contrastive divergence", 2002;
/// Tieleman, "Training restricted Boltzmann machines using approximations to the likelihood
/// gradient", 2008; Hinton, "A practical guide to training restricted Boltzmann machines", 2010
/// (sparsity: section 11); Desjardins and others, "Tempered Markov chain Monte Carlo for training of
/// restricted Boltzmann machines", AISTATS 2010; Melchior, Fischer, Wiskott, "How to center deep
/// Boltzmann machines", Journal of Machine Learning Research 17 (2016), no. 99.
public struct ContrastiveDivergence: Sendable, Hashable {
  /// What a layer contributes: drawn states, or the probabilities themselves (mean field).
  public enum UnitValue: Sendable, Hashable {
    /// 0 or 1, drawn.
    case states
    /// The probability of 1.
    case probabilities
  }

  /// Where the negative phase comes from.
  public enum Chains: Sendable, Hashable {
    /// Chains that start, for each update, at its batch.
    case fromData
    /// This many chains, started at random, which go on from update to update.
    case persistent(Int)
    /// This many ladders of persistent chains at exp(−E/T), the coldest at T = 1, that exchange
    /// their visible states before each step; only the coldest count.
    case tempered(TemperatureLadder, Int)
    /// No chains: the exact means, by enumeration of the smaller layer at each update.
    case exact
  }

  /// What is asked of the hidden units' activity.
  public struct Sparsity: Sendable, Hashable {
    /// The share of samples for which a hidden unit should be on.
    public let target: Double
    /// The factor of the difference from the target in the gradient of a hidden unit's input.
    public let cost: Double

    /// A target between 0 and 1, and its cost.
    public init(target: Double, cost: Double) {
      (self.target, self.cost) = (target, cost)
    }
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
  public var steps: StepSchedule = 1
  /// Where the negative phase comes from.
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
  /// Whether learning moves along centred statistics; all parameters must move.
  public var isCentered = false
  /// The activity asked of the hidden units; nil asks for none.
  public var sparsity: Sparsity?
  /// The share of each batch in the running mean of the hidden units, which begins with the first
  /// batch; centering and sparsity use it.
  public var activityRate = 0.01

  /// CD-1 as Hinton (2010) recommends it.
  public init() {}

  /// The updates of one epoch over so many samples.
  public func updatesPerEpoch(sampleCount: Int) -> Int {
    (sampleCount + batchSize - 1) / batchSize * updatesPerBatch
  }
}
