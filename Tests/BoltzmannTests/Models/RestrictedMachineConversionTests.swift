import Boltzmann
import Testing

struct RestrictedMachineConversionTests {
  @Test func energiesAndZAreTheSame() throws {
    let restricted = RestrictedBoltzmannMachine(
      visibleCount: 4, hiddenCount: 3, weights: .normal(mean: 0, standardDeviation: 1),
      visibleBiases: .normal(mean: 0.3, standardDeviation: 1), hiddenBiases: .constant(-0.5),
      stream: RandomStream(seed: 3, name: "restricted"))
    let machine = try BoltzmannMachine(restricted)
    #expect(machine.visibleCount == 4 && machine.unitCount == 7)
    for state in allStates(7) {
      let energy = restricted.energy(
        visible: BitVector((0..<4).map { state[$0] }), hidden: BitVector((4..<7).map { state[$0] }))
      #expect(isClose(machine.energy(of: state), energy, relative: 1e-12))
    }
    let logZ = try restricted.logPartitionFunction()
    #expect(isClose(try ExactDistribution(machine).logZ, logZ, relative: 1e-12))
  }
}
