import Boltzmann
import Testing

@Suite struct SameBitsTests {
  /// FNV-1a over the bit patterns of all parameters.
  private func hash(_ machine: RestrictedBoltzmannMachine) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    let values = (0..<machine.visibleCount).flatMap { machine.weights.row($0) }
    for value in values + machine.visibleBiases + machine.hiddenBiases {
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        hash = (hash ^ UInt64(value.bitPattern >> shift & 255)) &* 0x0000_0100_0000_01b3
      }
    }
    return hash
  }

  /// Three epochs of each algorithm end in the same bits, whatever computes them: the hashes are
  /// typed here, so that debug and release builds and all machines are held to the same ones.
  @Test(arguments: ["reference", "avx2", "avx512", "neon"], [1, 2])
  func threeEpochs(kernels name: String, threads: Int) throws {
    guard let kernels = try? Kernels(named: name) else { return }
    let stream = RandomStream(seed: 7, name: "same bits")
    let rows = BitMatrix(rows: 203, columns: 131) { row, column in
      stream.uniform(.data, step: row, chain: 0, unit: column) < (row % 3 == column % 3 ? 0.5 : 0.1)
    }
    var hashes: [UInt64] = []
    for chains in [ContrastiveDivergence.Chains.fromData, .persistent(50)] {
      var trainer = ContrastiveDivergence()
      trainer.chains = chains
      trainer.batchSize = 32
      trainer.momentum = 0.5
      trainer.weightDecay = 0.001
      var machine = RestrictedBoltzmannMachine(
        visibleCount: 131, hiddenCount: 67, weights: .normal(mean: 0, standardDeviation: 0.1),
        stream: stream)
      try trainer.train(
        &machine, on: .binary(rows), epochs: 3, stream: stream, threads: threads, kernels: kernels)
      hashes.append(hash(machine))
    }
    #expect(hashes.map { String($0, radix: 16) } == ["7c87c7ee0f04c51e", "f864457b26bf38ac"])
  }
}
