internal import Boltzmann
internal import Notebooks
internal import Numerals

extension TrainingOptions {
  /// How a general machine learns.
  func boltzmannLearning(_ phases: PhaseOptions) throws(Diagnostic) -> BoltzmannLearning {
    let algorithm = try machineAlgorithm()
    try check(Self.ofMachine(algorithm), to: "`\(algorithm.rawValue)` of a machine")
    if phases.step != nil, let other = place(ofFirst: [Self.rate, Self.momentum, Self.decay]) {
      throw Diagnostic(
        "unexpected-option", at: other,
        "with `step` only the sign of the phases' difference counts")
    }
    var learning = BoltzmannLearning(rule: rule(algorithm, phases))
    learning.temperature = temperature(algorithm, phases)
    learning.moving = []
    for kind in moves { learning.moving.formUnion(kind.parameters) }
    switch algorithm {
    case .sampling:
      let warmUp =
        phases.warmUp > 0
        ? TemperatureSchedule.constant(learning.temperature, sweeps: phases.warmUp) : nil
      learning.phases = .chains(
        PhaseChains(
          chainsPerRow: gives(Self.chains) ? chains : 10, isPersistent: phases.isPersistent,
          warmUp: warmUp, sweeps: phases.sweeps, scan: phases.scan ?? .sequential,
          noise: phases.noise))
    case .annealing:
      learning.phases = .chains(
        PhaseChains(
          chainsPerRow: gives(Self.chains) ? chains : 2,
          warmUp: TemperatureSchedule(phases.schedule), sweeps: phases.sweeps,
          scan: phases.scan ?? .withReplacement, noise: phases.noise))
    default: learning.phases = .exact
    }
    return learning
  }

  private static func ofMachine(_ algorithm: Algorithm) -> [any AnyOption] {
    let own: [any AnyOption] = [
      Self.algorithm, rate, momentum, decay, moves, PhaseOptions.step,
    ]
    let common = own + PhaseOptions.common
    switch algorithm {
    case .sampling:
      return common + PhaseOptions.ofChains + [
        chains, PhaseOptions.warmUp, PhaseOptions.persistent,
      ]
    case .annealing: return common + PhaseOptions.ofChains + [chains, PhaseOptions.schedule]
    default: return common
    }
  }

  /// The algorithm asked for; the exact gradient if none is.
  private func machineAlgorithm() throws(Diagnostic) -> Algorithm {
    guard gives(Self.algorithm) else { return .exact }
    let known: [Algorithm] = [.exact, .sampling, .annealing]
    if known.contains(algorithm) { return algorithm }
    throw Diagnostic(
      "not-a-choice", at: place(ofFirst: [Self.algorithm]) ?? Place(file: ""),
      "a machine does not learn by `\(algorithm.rawValue)`",
      hint: "it learns by \(known.map { $0.rawValue.quoted }.joined(separator: ", "))")
  }

  private func rule(_ algorithm: Algorithm, _ phases: PhaseOptions) -> BoltzmannLearning.Rule {
    if let step = phases.step { return .sign(step: step) }
    if algorithm == .annealing, !gives(Self.rate) { return .sign(step: PhaseOptions.step.fallback) }
    return .gradient(rate: rate, momentum: momentum, weightDecay: decay)
  }

  private func temperature(_ algorithm: Algorithm, _ phases: PhaseOptions) -> Double {
    phases.temperature ?? (algorithm == .annealing ? phases.schedule.last?.temperature : nil) ?? 1
  }
}

extension BoltzmannLearning {
  /// `Exact phases, at T = 1, rate 0.1`, …
  var described: String {
    let format = NumberFormat.significant(4)
    let size: String
    switch rule {
    case .gradient(let rate, _, _): size = "rate \(format.string(rate))"
    case .sign(let step): size = "steps of ±\(format.string(step))"
    }
    return "\(source), at T = \(format.string(temperature)), \(size)"
  }

  /// Where the means of the phases come from.
  var source: String {
    guard case .chains(let chains) = phases else { return "Exact phases" }
    let format = NumberFormat.significant(4)
    let number = "\(chains.chainsPerRow) \(chains.chainsPerRow == 1 ? "chain" : "chains")"
    let before = chains.warmUp.map { warmUp in
      " after "
        + warmUp.steps.map { "\($0.sweeps)@\(format.string($0.temperature))" }
        .joined(separator: " ")
    }
    let noise = chains.noise.map {
      ", clamped bits turned off with probability \(format.string($0.off)) and on with "
        + format.string($0.on)
    }
    return "\(number) for each row in each phase, \(chains.isPersistent ? "persistent, " : "")"
      + "\(chains.sweeps) \(chains.sweeps == 1 ? "sweep" : "sweeps")\(before ?? "")\(noise ?? "")"
  }
}
