/// Annealed importance sampling: ln Z of a machine from chains that walk a path of inverse
/// temperatures, in both directions.
///
/// A forward chain starts in an exact draw at β₀ = 0, where ln Z is known, and gathers
/// ln w = Σ_k ln p*_{k+1}(s_k) − ln p*_k(s_k), one sweep at each β_k between. A reverse chain starts
/// at β = 1 and walks back with the sweep reversed, so that the two are each other's time
/// reversals. Sources: Neal, "Annealed importance sampling", Statistics and Computing 11 (2001)
/// 125–139; Salakhutdinov & Murray, "On the quantitative analysis of deep belief networks", ICML
/// 2008, section 4; Crooks, Physical Review E 61 (2000) 2361–2366.
public struct AnnealedImportanceSampling: Sendable, Hashable {
  /// The inverse temperatures.
  public let path: TemperingPath
  /// The number of chains in each direction.
  public let chains: Int
  /// The sweeps at β = 1 with which a reverse chain settles, after it has walked the path forward,
  /// where no exact draws can be had.
  public let settlingSweeps: Int

  /// At least two chains; they settle as long as the path where nothing is said.
  public init(
    path: TemperingPath = .linear(steps: 1000), chains: Int = 128, settlingSweeps: Int? = nil
  ) {
    precondition(chains >= 2, "An error takes at least two chains.")
    self.path = path
    self.chains = chains
    self.settlingSweeps = settlingSweeps ?? path.stepCount
    precondition(self.settlingSweeps >= 0, "A number of sweeps is not negative.")
  }

  /// Where the chains of the reverse direction start.
  public enum ReverseStart: Sendable, Hashable {
    /// In exact draws where the states can be enumerated, else as `chains`.
    case automatic
    /// Where chains end that have walked the path forward and settled.
    case chains
  }
}
