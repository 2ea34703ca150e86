import Boltzmann
import Foundation

/// Ten Gibbs sweeps of a ±1 lattice with random signs and open edges, at T = 1.
func latticeSweeps(side: Int, chains: Int) -> KernelCase {
  let stream = RandomStream(seed: 1, name: "lattice")
  var edges: [Couplings.Edge] = []
  for unit in 0..<side * side {
    let neighbours = [(unit + 1, unit % side < side - 1), (unit + side, unit / side < side - 1)]
    for (number, (neighbour, exists)) in neighbours.enumerated() where exists {
      let sign = stream.bernoulli(0.5, .weights, step: 0, chain: number, unit: unit) ? 1.0 : -1
      edges.append(Couplings.Edge(unit, neighbour, sign))
    }
  }
  return sweeps("Gibbs, lattice \(side)×\(side)", side * side, edges, chains: chains)
}

/// Ten Gibbs sweeps of a dense model with normal couplings of variance 1/n, at T = 1.
func denseSweeps(units: Int, chains: Int) -> KernelCase {
  let stream = RandomStream(seed: 1, name: "dense")
  let scale = 1 / Double(units).squareRoot()
  let edges = (0..<units).flatMap { i in
    (i + 1..<units).map { j in
      Couplings.Edge(i, j, scale * stream.normal(.weights, step: 0, chain: i, unit: j))
    }
  }
  return sweeps("Gibbs, dense \(units)", units, edges, chains: chains)
}

private func sweeps(
  _ name: String, _ units: Int, _ edges: [Couplings.Edge], chains: Int
) -> KernelCase {
  guard
    let couplings = try? Couplings(unitCount: units, edges: edges),
    let machine = try? IsingModel(couplings: couplings).boltzmannMachine().machine
  else { preconditionFailure("The model of a benchmark is a valid one.") }
  let sampler = ChainSampler(machine)
  let stream = RandomStream(seed: 2, name: "sweeps")
  return KernelCase(
    name: "\(name), \(chains) chains, 10 sweeps",
    demands: [.products(5 * Double(units * chains * 10))]
  ) { _ = sampler.run(chains: chains, schedule: Schedule(sweeps: 10), stream: stream) }
}

/// ln Z of a general machine on one thread.
func enumeration(units: Int) -> KernelCase {
  workload(
    "ln Z, general \(units)", MachinePartitionFunctionWorkload.self, ["units=\(units)"],
    demands: [.doubleFmas(2 * exp2(Double(units)))])
}

/// ln Z of a restricted machine on one thread.
func layeredEnumeration(visible: Int, hidden: Int) -> KernelCase {
  let machine = RestrictedBoltzmannMachine(
    visibleCount: visible, hiddenCount: hidden,
    weights: .normal(mean: 0, standardDeviation: 0.1),
    stream: RandomStream(seed: 1, name: "layers"))
  return KernelCase(
    name: "ln Z, restricted \(visible)×\(hidden)",
    demands: [.doubleFmas(2 * exp2(Double(hidden)) * Double(visible))]
  ) { _ = try? machine.logPartitionFunction() }
}

private func workload(
  _ name: String, _ type: (some Workload).Type, _ arguments: [String], demands: [Demand]
) -> KernelCase {
  guard var options = try? Options(arguments), var workload = try? type.init(&options) else {
    preconditionFailure("The options of a benchmark are valid ones.")
  }
  return KernelCase(name: name, demands: demands) { _ = try? workload.run(repetition: 0) }
}
