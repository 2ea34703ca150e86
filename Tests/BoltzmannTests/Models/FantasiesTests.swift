import Testing

@testable import Boltzmann

@Suite struct FantasiesTests {
  /// p(v, label), by the sum over everything.
  private func joint(_ net: DeepBeliefNet) -> [[Double]] {
    let plain = PlainDeepBeliefNet(net: net)
    let z = plain.partitionFunction
    return PlainDeepBeliefNet.states(net.visibleCount).map { visible in
      var chances = [Double](repeating: 0, count: max(net.labelCount, 1))
      for path in plain.paths {
        let states = [visible] + path
        var below = 1.0
        for (index, layer) in net.layers.enumerated() {
          below *= PlainDeepBeliefNet.probability(
            layer.down, states[index], given: states[index + 1])
        }
        for (label, state) in plain.topStates(states[path.count]).enumerated() {
          chances[label] += below * plain.topWeight(state) / z
        }
      }
      return chances
    }
  }

  /// After many sweeps of a small machine the means of 3000 chains are those of the net, within five
  /// of the largest standard errors that shares can have.
  @Test(arguments: [([4, 3], 0), ([4, 3], 3), ([4, 3, 3], 0), ([3, 3, 2, 3], 2)])
  func fantasiesHaveTheMeansOfTheNet(counts: [Int], labels: Int) throws {
    let net = try PlainDeepBeliefNet.drawn(counts, labels: labels)
    let joint = joint(net)
    let count = 3000
    let tolerance = 5 * 0.5 / Double(count).squareRoot()
    for held in [nil] + (0..<labels).prefix(1).map(Int?.some) {
      let fantasies = net.fantasies(
        count, sweeps: 40, label: held, stream: RandomStream(key: 23), threads: 2)
      let chances = joint.map { row in held.map { row[$0] } ?? row.reduce(0, +) }
      let total = chances.reduce(0, +)
      for unit in 0..<counts[0] {
        let mean =
          (0..<count).reduce(0) { $0 + Double(fantasies.visible[$1, unit]) } / Double(count)
        let exact = chances.indices.reduce(0) { $0 + ($1 >> unit & 1 == 1 ? chances[$1] : 0) }
        #expect(abs(mean - exact / total) < tolerance)
      }
      #expect(fantasies.labels.count == (labels == 0 ? 0 : count))
      for label in 0..<labels {
        let share = Double(fantasies.labels.count { $0 == label }) / Double(count)
        let exact = held.map { $0 == label ? 1 : 0 } ?? joint.reduce(0) { $0 + $1[label] }
        #expect(abs(share - exact) < tolerance)
      }
    }
  }

  @Test(arguments: [1, 2, 3], ["reference", "avx2", "avx512", "neon"])
  func bitsDependOnNeitherThreadsNorKernels(threads: Int, name: String) throws {
    guard let kernels = try? Kernels(named: name) else { return }
    let net = try PlainDeepBeliefNet.drawn([9, 5, 17], labels: 4)
    func fantasies(_ threads: Int, _ kernels: Kernels) -> DeepBeliefNet.Fantasies {
      net.fantasies(
        70, sweeps: 5, stream: RandomStream(key: 2), threads: threads, kernels: kernels)
    }
    #expect(fantasies(threads, kernels) == fantasies(1, try Kernels(named: "reference")))
  }
}
