/// Exact draws for chains to start in, where eliminating the units one by one is cheap.
struct ExactStates: Sendable {
  /// The most table entries of an elimination that counts as cheap: 8 MiB.
  static let largestEntryCount = 1 << 20

  private let distribution: EliminatedDistribution

  /// Nil where the machine is too large for its connections.
  init?(_ machine: BoltzmannMachine, temperature: Double = 1, clamp: Clamp = Clamp()) {
    guard let elimination = try? Elimination(machine, clamp: clamp),
      elimination.order.entryCount <= Self.largestEntryCount
    else { return nil }
    distribution = EliminatedDistribution(elimination, temperature: temperature)
  }

  /// The first states of chains 0 ..< count.
  func states(_ count: Int, _ stream: RandomStream) -> [BitVector] {
    (0..<count).map { distribution.state(chain: $0, stream: stream) }
  }
}
