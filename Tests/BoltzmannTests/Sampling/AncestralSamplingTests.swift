import Boltzmann
import Testing

struct AncestralSamplingTests {
  /// 20,000 states against their exact probabilities.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func samplesAreExact(seed: UInt64) throws {
    let net = try randomBeliefNet(unitCount: 5, seed: seed)
    let stream = RandomStream(seed: seed, name: "ancestral")
    var counts = [Int](repeating: 0, count: 32)
    for sample in 0..<20_000 {
      counts[Int(net.state(sample: sample, stream: stream).index)] += 1
    }
    let probabilities = allStates(5).map { exponential(net.logProbability(of: $0)) }
    #expect(ChiSquareTest(counts: counts, probabilities: probabilities).pValue > 1e-3)
  }

  @Test func certaintiesAreKept() throws {
    let net = try BeliefNet([
      BeliefNet.Unit(parents: [], .table([0.5])), BeliefNet.Unit(parents: [0], .table([0, 1])),
    ])
    let stream = RandomStream(seed: 1, name: "copies")
    let states = (0..<200).map { net.state(sample: $0, stream: stream) }
    #expect(states.allSatisfy { $0[0] == $0[1] })
    #expect(Set(states.map(\.index)) == [0, 3])
  }
}
