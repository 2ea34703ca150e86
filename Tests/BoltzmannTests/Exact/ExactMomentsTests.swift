import Testing

@testable import Boltzmann

struct ExactMomentsTests {
  @Test(
    arguments: [0, 1, 2, 3, 4, 9, 12],
    [Clamp(), [0: true], [0: false, 2: true, 3: true, 7: false]])
  func agreeWithTheDistribution(unitCount: Int, clamp: Clamp) throws {
    guard clamp.units.allSatisfy({ $0 < unitCount }) else { return }
    let machine = try randomMachine(unitCount: unitCount, weightScale: 1.5, seed: 31)
    for temperature in [0.5, 2] {
      let exact = try ExactDistribution(machine, temperature: temperature, clamp: clamp)
      let moments = try machine.exactMoments(temperature: temperature, clamp: clamp)
      #expect(abs(moments.logZ - exact.logZ) < 1e-12)
      #expect(abs(moments.meanEnergy - exact.meanEnergy) < 1e-11)
      for i in 0..<unitCount {
        #expect(abs(moments.means[i] - exact.marginal(over: [i])[1]) < 1e-12)
        #expect(moments[i, i] == moments.means[i])
        for j in 0..<i {
          #expect(abs(moments[i, j] - exact.marginal(over: [i, j])[3]) < 1e-12)
          #expect(moments[i, j] == moments[j, i])
        }
      }
    }
  }

  /// 26 units, two of them outside of the split: ⟨s_i⟩ = Z(s_i = 1) / Z, and for a pair.
  @Test func unitsOutsideTheSplit() throws {
    let machine = try randomMachine(unitCount: 26, weightScale: 0.6, density: 0.6, seed: 6)
    let moments = try machine.exactMoments(threads: 2)
    func probability(_ clamp: Clamp) throws -> Double {
      exponential(try machine.logPartitionFunction(clamp: clamp) - moments.logZ)
    }
    for unit in [0, 23, 24, 25] {
      #expect(abs(try probability([unit: true]) - moments.means[unit]) < 1e-12)
    }
    for (i, j) in [(3, 12), (7, 24), (24, 25)] {
      #expect(abs(try probability([i: true, j: true]) - moments[i, j]) < 1e-12)
    }
  }

  @Test func supersetsAreSummed() {
    var sums: [Double] = [1, 2, 4, 8, 16, 32, 64, 128]
    sumOverSupersets(&sums)
    #expect(sums == [255, 170, 204, 136, 240, 160, 192, 128])
  }
}
