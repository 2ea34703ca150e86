extension ParallelTempering {
  /// How many rungs a placed ladder has.
  public enum Rungs: Sendable, Hashable {
    /// So many.
    case count(Int)
    /// As many as let each pair be exchanged with this probability.
    case acceptance(Double)
  }

  /// The kernel on a ladder placed by pilot runs: after each run the rungs move to where exchanges
  /// should be accepted equally often, see `TemperatureLadder.equalised`.
  ///
  /// The first ladder is geometric; each run has twice the sweeps of the one before, a third of
  /// them warm-up, and its own part of the stream.
  public static func placed(
    _ kernel: SingleUnitKernel, from coldest: Double, to hottest: Double, rungs: Rungs,
    pilots: Int = 5, firstSweeps: Int = 30, ladders: Int = 16, stream: RandomStream,
    threads: Int = 1, kernels: Kernels = .standard
  ) -> ParallelTempering {
    let firstCount =
      switch rungs {
      case .count(let count): count
      case .acceptance: Self.firstRungs
      }
    let first = TemperatureLadder.geometric(from: coldest, to: hottest, rungs: firstCount)
    var tempering = ParallelTempering(kernel, ladder: first)
    for pilot in 0..<pilots {
      let sweeps = max(firstSweeps << pilot, 3)
      let record = tempering.run(
        ladders: ladders, schedule: Schedule(warmUp: sweeps / 3, sweeps: sweeps - sweeps / 3),
        stream: stream.substream(UInt64(pilot)), threads: threads, kernels: kernels)
      let acceptance = record.acceptance.map { $0?.mean ?? 1 }
      let ladder = tempering.ladder
      let count =
        switch rungs {
        case .count(let count): count
        case .acceptance(let target):
          min(ladder.rungs(forAcceptance: target, acceptance: acceptance), largestRungs)
        }
      tempering = ParallelTempering(
        kernel, ladder: ladder.equalised(acceptance: acceptance, rungs: count))
    }
    return tempering
  }

  static let firstRungs = 8
  static let largestRungs = 64
}
