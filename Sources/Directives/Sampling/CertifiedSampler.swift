internal import Boltzmann

/// The sampler that a certificate is for.
struct CertifiedSampler {
  enum Kernel {
    /// Chains at one temperature each.
    case chains(SingleUnitKernel)
    /// Replicas that exchange their temperatures.
    case tempering(SingleUnitKernel)
    /// Chains that draw one layer of a restricted machine after the other.
    case layers(RestrictedBoltzmannMachine, Clamp)
  }

  let kernel: Kernel
  let temperatures: [Double]

  /// For each temperature the ends of its chains.
  func ends(
    _ starts: [[BitVector]], sweeps: Int, stream: RandomStream, threads: Int
  ) -> [[BitVector]] {
    let schedule = Schedule(sweeps: sweeps)
    func rows(_ run: (Int, Double, RandomStream) -> SamplingRecord) -> [[BitVector]] {
      temperatures.enumerated().map { row, temperature in
        run(row, temperature, stream.substream(UInt64(row))).lastStates
      }
    }
    switch kernel {
    case .chains(let kernel):
      return rows { row, temperature, stream in
        ChainSampler(kernel, temperature: temperature).run(
          chains: starts[row].count, schedule: schedule, from: .perChain(starts[row]),
          stream: stream, threads: threads)
      }
    case .tempering(let kernel):
      return ParallelTempering(kernel, ladder: TemperatureLadder(temperatures)).run(
        ladders: starts[0].count, schedule: schedule, from: .atRungs(starts), stream: stream,
        threads: threads
      ).rungs.map(\.lastStates)
    case .layers(let machine, let clamp):
      return rows { row, temperature, stream in
        BlockGibbs(machine, temperature: temperature, clamp: clamp).run(
          chains: starts[row].count, schedule: schedule, from: .perChain(starts[row]),
          stream: stream, threads: threads)
      }
    }
  }
}
