/// What the two phases of learning see: how often units are on, together and alone.
///
/// ∂L/∂wᵢⱼ = (⟨sᵢ sⱼ⟩⁺ − ⟨sᵢ sⱼ⟩⁻) / T and ∂L/∂bᵢ = (⟨sᵢ⟩⁺ − ⟨sᵢ⟩⁻) / T, where L is the mean
/// log-likelihood of the rows, + the phase with the visible units clamped to them, − the phase in
/// which they are free.
///
/// Source: Ackley, Hinton, Sejnowski, "A learning algorithm for Boltzmann machines", Cognitive
/// Science 9 (1985) 147–169.
public struct PhaseStatistics: Sendable, Hashable {
  /// The means of one phase.
  public struct Means: Sendable, Hashable {
    /// ⟨sᵢ sⱼ⟩, one per connection of the machine, in their order.
    public var pairs: [Double]
    /// ⟨sᵢ⟩, one per unit.
    public var units: [Double]
  }

  /// The visible units clamped.
  public let positive: Means
  /// The visible units free, but for inputs.
  public let negative: Means

  /// ⟨sᵢ sⱼ⟩⁺ − ⟨sᵢ sⱼ⟩⁻, one per connection.
  public var pairDifferences: [Double] { zip(positive.pairs, negative.pairs).map { $0 - $1 } }
  /// ⟨sᵢ⟩⁺ − ⟨sᵢ⟩⁻, one per unit.
  public var unitDifferences: [Double] { zip(positive.units, negative.units).map { $0 - $1 } }
}
