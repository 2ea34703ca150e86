extension AnnealedImportanceSampling {
  /// ln Z of a restricted machine.
  ///
  /// The path is p_β(v) ∝ exp(((1 − β) a + β b)·v) Πⱼ (1 + exp(β (cⱼ + Σᵢ vᵢ wᵢⱼ))), from the machine
  /// with the visible biases a of `base` and nothing else on, whose ln Z is
  /// Σ ln(1 + exp(aᵢ)) + n_h ln 2; without a base, a = 0. Biases that give the means of the data
  /// shorten the way: see `baseRates`. Sweeps are block Gibbs, and reversible. The result depends
  /// neither on the number of threads nor on the kernels. Cost: two products of a layer with the
  /// weights for each chain, direction and step.
  public func logPartitionFunction(
    of machine: RestrictedBoltzmannMachine, base: [Double]? = nil,
    reverseStart: ReverseStart = .automatic, stream: RandomStream, threads: Int = 1,
    kernels: Kernels = .standard
  ) -> PartitionFunctionEstimate {
    let base = base ?? Array(repeating: 0, count: machine.visibleCount)
    precondition(base.count == machine.visibleCount, "The base has one bias per visible unit.")
    precondition(machine.visibleUnits == .binary, "The path is one of binary units.")
    let logBase =
      base.reduce(0) { $0 + softplus($1) } + Double(machine.hiddenCount) * naturalLogarithm(2)
    let smaller = min(machine.visibleCount, machine.hiddenCount)
    let canBeExact =
      reverseStart == .automatic && smaller <= EliminationOrder.largestNeighbourCount
    let exact = canBeExact ? (try? BoltzmannMachine(machine)).flatMap { ExactStates($0) } : nil
    let starts = exact?.states(chains, stream)
    let tempered = TemperedMachine(machine, base: base, path, kernels)
    func run(
      _ name: String, _ walk: @Sendable (inout TemperedRows) -> [Double]
    ) -> [Double] {
      let stream = stream.substream(named: name)
      let layers = Layers(
        rows: chains, visibleCount: machine.visibleCount, hiddenCount: machine.hiddenCount)
      return mapBlocks(of: chains, threads: threads) { rows in
        var chains = TemperedRows(layers, rows, of: tempered, stream)
        return walk(&chains).map { logBase + $0 }
      }
    }
    let forward = run("forward") { chains in
      chains.startAtBase()
      return walkUp(&chains)
    }
    let reverse = run("reverse") { chains in
      if let starts {
        chains.start(from: starts)
      } else {
        chains.startAtBase()
        settle(&chains)
      }
      return walkDown(&chains)
    }
    return PartitionFunctionEstimate(
      forward: forward, reverse: reverse,
      reverseStart: exact != nil ? .exact : .chains(sweeps: path.stepCount + settlingSweeps))
  }

  /// The visible biases of the machine without weights that is nearest to data:
  /// ln(p/(1 − p)) of the mean p of each unit, (Σ v + ½)/(n + 1) so that none is 0 or 1.
  public static func baseRates(of data: Dataset) -> [Double] {
    (0..<data.unitCount).map { unit in
      var sum = CompensatedSum()
      for sample in 0..<data.count { sum.add(data.values[sample * data.unitCount + unit]) }
      let mean = (sum.value + 0.5) / (Double(data.count) + 1)
      return naturalLogarithm(mean / (1 - mean))
    }
  }
}
