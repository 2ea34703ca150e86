import Testing

@testable import Boltzmann

struct TemperatureRangeTests {
  /// On a ferromagnetic torus a unit changes the energy by 8 at most, and every local minimum of
  /// 16 units has only bonds that hold, or straight domain walls.
  @Test func aFerromagnet() throws {
    let range = try TemperatureRange(torus(side: 4) { _ in 1 })
    #expect(range.hottest == 4)
    let frozen = 8 / naturalLogarithm(16 / 0.1 - 1)
    let walls = 4 / naturalLogarithm(16 / 0.1 - 1)
    #expect(range.coldest <= frozen * 1.0001 && range.coldest >= walls * 0.9999)
  }

  /// One unit with a field: σ(−2h/T) = 1/10.
  @Test func aSingleUnit() throws {
    let machine = try IsingModel(couplings: Couplings(unitCount: 1, edges: []), fields: [-3])
      .boltzmannMachine().machine
    let range = TemperatureRange(machine)
    #expect(range.hottest == 3)
    #expect(isClose(range.coldest, 6 / naturalLogarithm(9), relative: 1e-9))
  }

  @Test func unitsThatAreHeldDoNotCount() throws {
    let machine = try BoltzmannMachine(
      unitCount: 3, edges: [.init(0, 1, 5), .init(1, 2, -1)], biases: [40, 0.5, 0])
    #expect(TemperatureRange(machine).hottest == 22.5)
    #expect(TemperatureRange(machine, clamp: [0: true]).hottest == 2.75)
    #expect(TemperatureRange(machine, clamp: [0: false]).hottest == 0.5)
    #expect(TemperatureRange(machine, clamp: [0: false, 1: true]).hottest == 0.5)
  }

  @Test func withoutGapsEveryTemperatureIsTheSame() throws {
    let free = try BoltzmannMachine(unitCount: 2, edges: [])
    #expect(TemperatureRange(free) == TemperatureRange(free, clamp: [0: true]))
    #expect(TemperatureRange(free).hottest == 1 && TemperatureRange(free).coldest == 1)
  }

  /// Twice the energies, twice the temperatures.
  @Test(arguments: [0x1p-900, 0x1p-3, 0x1p900])
  func rangesScale(factor: Double) throws {
    let machine = try randomMachine(unitCount: 20, seed: 8)
    let (range, scaled) = try (
      TemperatureRange(machine), TemperatureRange(machine.scaled(by: factor))
    )
    #expect(scaled.hottest == factor * range.hottest)
    #expect(isClose(scaled.coldest, factor * range.coldest, relative: 1e-9))
    #expect(range.coldest < range.hottest)
  }

  /// Its glass begins at T = 1; the smallest couplings, which no minimum notices, do not count.
  @Test func aGlassHasARangeAroundItsTransition() throws {
    let stream = RandomStream(seed: 1, name: "freeze")
    let machine = try IsingModel.sherringtonKirkpatrick(unitCount: 60, stream: stream)
      .boltzmannMachine().machine
    let range = TemperatureRange(machine)
    #expect(range.coldest > 0.01 && range.coldest < 0.5)
    #expect(range.hottest > 4 && range.hottest < 12)
  }
}
