extension AnnealedImportanceSampling {
  /// ln Z of a machine at a temperature, over the states that agree with a clamp.
  ///
  /// The path is p_β ∝ exp(−βE/T), from the uniform distribution on, with heat-bath sweeps; the
  /// reverse chains visit the units in descending order. The result depends neither on the number
  /// of threads nor on the kernels. Cost: a sweep for each chain, direction and step.
  public func logPartitionFunction(
    of machine: BoltzmannMachine, temperature: Double = 1, clamp: Clamp = Clamp(),
    reverseStart: ReverseStart = .automatic, stream: RandomStream, threads: Int = 1,
    kernels: Kernels = .standard
  ) -> PartitionFunctionEstimate {
    let freeCount = clamp.freeUnits(of: machine.unitCount).count
    let logBase = Double(freeCount) * naturalLogarithm(2)
    let (mirror, mirrorClamp) = (machine.mirrored(), clamp.mirrored(machine.unitCount))
    let exact =
      reverseStart == .automatic
      ? ExactStates(mirror, temperature: temperature, clamp: mirrorClamp) : nil
    func run(
      _ kernel: SingleUnitKernel, from start: InitialState, _ name: String,
      _ walk: @Sendable (inout TemperedLanes) -> [Double]
    ) -> [Double] {
      let stream = stream.substream(named: name)
      let steps = TemperedSteps(path, kernel, temperature: temperature)
      let blocks = ChainBlocks(chainCount: chains).map(threads: threads) { chains in
        ChainBlocks.lanes(of: chains).flatMap { lanes in
          let block = LaneBlock(
            lanes, from: start.states(lanes, kernel.machine, stream), of: kernel, kernels: kernels)
          var chains = TemperedLanes(block, steps, stream)
          return walk(&chains)
        }
      }
      return blocks.flatMap { $0.map { logBase + $0 } }
    }
    let kernel = SingleUnitKernel(machine, clamp: clamp)
    let forward = run(kernel, from: .random, "forward") { walkUp(&$0) }
    let start = exact.map { InitialState.perChain($0.states(chains, stream)) } ?? .random
    let isExact = exact != nil
    let mirrorKernel = SingleUnitKernel(mirror, clamp: mirrorClamp)
    let reverse = run(mirrorKernel, from: start, "reverse") { chains in
      if !isExact { settle(&chains) }
      return walkDown(&chains)
    }
    return PartitionFunctionEstimate(
      forward: forward, reverse: reverse,
      reverseStart: isExact ? .exact : .chains(sweeps: path.stepCount + settlingSweeps))
  }
}

/// The steps of p_β ∝ exp(−βE/T), the same for all chains.
private struct TemperedSteps: Sendable {
  /// (β_k − β_{k−1})/T of step k at k − 1.
  let factors: [Double]
  /// T/β_k of step k at k − 1.
  let temperatures: [LaneTemperatures]

  init(_ path: TemperingPath, _ kernel: SingleUnitKernel, temperature: Double) {
    let betas = path.inverseTemperatures
    factors = zip(betas.dropFirst(), betas).map { ($0 - $1) / temperature }
    temperatures = betas.dropFirst().map { LaneTemperatures(temperature / $0, of: kernel) }
  }
}

/// Sixteen chains of a machine along a path.
private struct TemperedLanes: PathChains {
  private var block: LaneBlock
  private let steps: TemperedSteps
  private let stream: RandomStream
  private var sweeps = 0

  init(_ block: LaneBlock, _ steps: TemperedSteps, _ stream: RandomStream) {
    (self.block, self.steps, self.stream) = (block, steps, stream)
  }

  var count: Int { block.chains.count }

  func logRatios(step k: Int) -> [Double] {
    block.energies.map { -steps.factors[k - 1] * $0 }
  }

  mutating func sweep(step k: Int) {
    block.sweep(at: steps.temperatures[k - 1], step: sweeps, stream: stream)
    sweeps += 1
  }
}

extension BoltzmannMachine {
  /// The same machine with its units counted from the end.
  fileprivate func mirrored() -> BoltzmannMachine {
    let last = unitCount - 1
    let edges = edges.map { Couplings.Edge(last - $0.first, last - $0.second, $0.weight) }
    guard
      let mirror = try? BoltzmannMachine(
        unitCount: unitCount, edges: edges, biases: biases.reversed())
    else { preconditionFailure("The parameters of a machine make a machine in any order.") }
    return mirror
  }
}

extension Clamp {
  fileprivate func mirrored(_ unitCount: Int) -> Clamp {
    var mirror = Clamp()
    for unit in units { mirror[unitCount - 1 - unit] = self[unit] }
    return mirror
  }
}
