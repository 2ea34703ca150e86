/// How long a chain runs and which of its states count.
public struct Schedule: Sendable, Hashable {
  /// Sweeps before the first state counts.
  public let warmUp: Int
  /// Sweeps after the warm-up.
  public let sweeps: Int
  /// After the warm-up, every state after this many sweeps counts.
  public let thinning: Int

  /// A schedule; lengths are not negative, the thinning is at least 1.
  public init(warmUp: Int = 0, sweeps: Int, thinning: Int = 1) {
    precondition(warmUp >= 0 && sweeps >= 0, "A number of sweeps is not negative.")
    precondition(thinning >= 1, "Thinning keeps at most every state.")
    (self.warmUp, self.sweeps, self.thinning) = (warmUp, sweeps, thinning)
  }

  /// The number of states that count in one chain.
  public var samplesPerChain: Int { sweeps / thinning }
  /// The number of all sweeps.
  public var totalSweeps: Int { warmUp + sweeps }

  /// Whether the state after sweep number `sweep` (from 0) counts.
  @inline(__always)
  func counts(afterSweep sweep: Int) -> Bool {
    sweep >= warmUp && (sweep - warmUp + 1).isMultiple(of: thinning)
  }
}
