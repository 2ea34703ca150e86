import Boltzmann
import Testing

struct ExactSamplerTests {
  /// Exactly at the running sums: slide 35 with h clamped to 0 has four states of p = ¼.
  @Test func invertsTheRunningSum() throws {
    let sampler = try ExactSampler(
      ExactDistribution(slide35(), clamp: [2: false, 3: false]))
    let states = [0, 0.2499, 0.25, 0.5, 0.75, 0.9999].map { sampler.state(atFraction: $0).index }
    #expect(states == [0, 0, 1, 2, 3, 3])
  }

  @Test func drawsFollowTheDistribution() throws {
    let exact = try ExactDistribution(slide35(), temperature: 0.7)
    let sampler = ExactSampler(exact)
    let stream = RandomStream(seed: 1, name: "draws")
    var counts = [Int](repeating: 0, count: 16)
    for chain in 0..<50_000 {
      counts[Int(sampler.state(chain: chain, stream: stream).index)] += 1
    }
    #expect(ChiSquareTest(counts: counts, probabilities: exact.probabilities).pValue > 1e-4)
    let hot = try ExactDistribution(slide35(), temperature: 0.9)
    #expect(ChiSquareTest(counts: counts, probabilities: hot.probabilities).pValue < 1e-9)
  }
}
