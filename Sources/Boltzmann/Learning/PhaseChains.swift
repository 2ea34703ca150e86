/// How chains estimate the two phases of learning.
///
/// Each row has its own chains in the positive phase, and the negative phase has as many. With
/// inputs a negative chain keeps the inputs of its row. After the warm-up, states are counted after
/// every sweep at the temperature of learning.
public struct PhaseChains: Sendable, Hashable {
  /// Noise on the rows that are clamped, drawn anew for every chain of every update.
  public struct Noise: Sendable, Hashable {
    /// The probability that a unit that is on in the row is clamped off.
    public let off: Double
    /// The probability that a unit that is off in the row is clamped on.
    public let on: Double

    /// Two probabilities.
    public init(off: Double, on: Double) {
      precondition((0...1).contains(off) && (0...1).contains(on), "Noise is two probabilities.")
      (self.off, self.on) = (off, on)
    }
  }

  /// The chains of each row, in each phase.
  public var chainsPerRow: Int
  /// Whether chains go on where they stopped at the last update, or start at random states.
  public var isPersistent: Bool
  /// The sweeps before states count, with their temperatures; nil is none.
  public var warmUp: TemperatureSchedule?
  /// The sweeps whose states count.
  public var sweeps: Int
  /// The order of a sweep.
  public var scan: ScanOrder
  /// Noise on the clamped rows; nil is none.
  public var noise: Noise?

  /// Chains of these numbers of each row.
  public init(
    chainsPerRow: Int, isPersistent: Bool = false, warmUp: TemperatureSchedule?, sweeps: Int,
    scan: ScanOrder = .sequential, noise: Noise? = nil
  ) {
    precondition(chainsPerRow >= 1, "Each row has at least one chain.")
    precondition(sweeps >= 1, "At least one state of a chain counts.")
    (self.chainsPerRow, self.isPersistent, self.warmUp) = (chainsPerRow, isPersistent, warmUp)
    (self.sweeps, self.scan, self.noise) = (sweeps, scan, noise)
  }

  /// The procedure of Ackley, Hinton and Sejnowski (1985) for the encoder problems, at T = 10:
  /// 2@20 2@15 2@12 4@10 from random states, then 10 units of time that count. One unit of time
  /// gives each free unit one chance on average. Every row is clamped twice, each bit turned off
  /// with probability .15 and on with .05.
  public static let ackleyHintonSejnowski = PhaseChains(
    chainsPerRow: 2,
    warmUp: TemperatureSchedule(
      [(20, 2), (15, 2), (12, 2), (10, 4)].map { .init(temperature: $0.0, sweeps: $0.1) }),
    sweeps: 10, scan: .withReplacement, noise: Noise(off: 0.15, on: 0.05))

  /// All sweeps of one update.
  public var totalSweeps: Int { (warmUp?.totalSweeps ?? 0) + sweeps }
}
