internal import CKernels

/// What elimination knows of the states that agree with one entry of a table: a quantity that adds
/// up over independent parts of a machine.
protocol EliminationTerm: Sendable {
  /// Of a single state.
  init(energy: Double)

  /// Of the states in which a unit is off and those in which it is on together.
  init(off: Self, on: Self, temperature: Double)

  /// Of two independent parts together.
  static func + (first: Self, second: Self) -> Self

  /// Of the same states with another zero of energy.
  func raised(by energy: Double) -> Self

  /// F, or at T = 0 the lowest energy: what decides whether the unit is on.
  var level: Double { get }
}

/// F = −T ln Σ exp(−E/T). Kept as an energy, it neither overflows nor loses states at any
/// temperature.
struct FreeEnergy: EliminationTerm {
  var value: Double

  init(energy: Double) { value = energy }

  init(off: FreeEnergy, on: FreeEnergy, temperature: Double) {
    let distance = abs(off.value - on.value)
    value = min(off.value, on.value) - temperature * hm_log1p(hm_exp(0 - distance / temperature))
  }

  static func + (first: FreeEnergy, second: FreeEnergy) -> FreeEnergy {
    FreeEnergy(energy: first.value + second.value)
  }

  func raised(by energy: Double) -> FreeEnergy { FreeEnergy(energy: value + energy) }

  var level: Double { value }
}

/// F with its derivatives: U = ⟨E⟩, S and the variance of E, which is −dU/d(1/T).
///
/// The parts of a unit's two values are put together by the chain rule of entropy and the laws of
/// total expectation and total variance; nothing is a difference of large numbers.
struct EnergyCumulants: EliminationTerm {
  var (freeEnergy, mean, entropy, variance): (Double, Double, Double, Double)

  init(energy: Double) {
    (freeEnergy, mean, entropy, variance) = (energy, energy, 0, 0)
  }

  private init(_ freeEnergy: Double, _ mean: Double, _ entropy: Double, _ variance: Double) {
    (self.freeEnergy, self.mean) = (freeEnergy, mean)
    (self.entropy, self.variance) = (entropy, variance)
  }

  init(off: EnergyCumulants, on: EnergyCumulants, temperature: Double) {
    let (low, high) = off.freeEnergy <= on.freeEnergy ? (off, on) : (on, off)
    let distance = (high.freeEnergy - low.freeEnergy) / temperature
    let odds = hm_exp(0 - distance)
    let certainty = hm_log1p(odds)
    let (likely, unlikely) = (1 / (1 + odds), odds / (1 + odds))
    let gap = high.mean - low.mean
    freeEnergy = low.freeEnergy - temperature * certainty
    mean = low.mean + unlikely * gap
    // 0 · ∞ where the unlikely value never occurs.
    let choice = unlikely > 0 ? certainty + distance * unlikely : 0
    entropy = low.entropy + unlikely * (high.entropy - low.entropy) + choice
    variance =
      low.variance + unlikely * (high.variance - low.variance) + likely * unlikely * (gap * gap)
  }

  static func + (first: EnergyCumulants, second: EnergyCumulants) -> EnergyCumulants {
    EnergyCumulants(
      first.freeEnergy + second.freeEnergy, first.mean + second.mean,
      first.entropy + second.entropy, first.variance + second.variance)
  }

  func raised(by energy: Double) -> EnergyCumulants {
    EnergyCumulants(freeEnergy + energy, mean + energy, entropy, variance)
  }

  var level: Double { freeEnergy }
}

/// The lowest energy; the limit of F at T = 0. Ties are resolved with the unit off.
struct LowestEnergy: EliminationTerm {
  var value: Double

  init(energy: Double) { value = energy }

  init(off: LowestEnergy, on: LowestEnergy, temperature: Double) {
    value = min(off.value, on.value)
  }

  static func + (first: LowestEnergy, second: LowestEnergy) -> LowestEnergy {
    LowestEnergy(energy: first.value + second.value)
  }

  func raised(by energy: Double) -> LowestEnergy { LowestEnergy(energy: value + energy) }

  var level: Double { value }
}
