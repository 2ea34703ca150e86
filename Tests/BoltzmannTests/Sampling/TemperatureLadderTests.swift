import Testing

@testable import Boltzmann

struct TemperatureLadderTests {
  @Test func geometricRungsHaveOneRatio() {
    let ladder = TemperatureLadder.geometric(from: 1, to: 16, rungs: 5)
    for (rung, expected) in zip(ladder.temperatures, [1.0, 2, 4, 8, 16]) {
      #expect(isClose(rung, expected, relative: 1e-15))
    }
    #expect(TemperatureLadder.geometric(from: 1, to: 3, rungs: 2).temperatures == [1, 3])
  }

  /// Equal rejections: equal parts of 1/T between rungs that are equally far apart in it.
  @Test func equalRejectionsLeaveTheRungs() {
    let ladder = TemperatureLadder([1 / 4.0, 1 / 3.0, 1 / 2.0, 1])
    let same = ladder.equalised(acceptance: [0.4, 0.4, 0.4])
    for (rung, expected) in zip(same.temperatures, ladder.temperatures) {
      #expect(isClose(rung, expected, relative: 1e-12))
    }
  }

  /// All rejections between the first two rungs: all others move there.
  @Test func rungsGoWhereExchangesFail() {
    let ladder = TemperatureLadder([1, 2, 3, 4, 5]).equalised(acceptance: [0.2, 1, 1, 1])
    #expect(ladder.count == 5)
    #expect(ladder.temperatures[0] == 1 && ladder.temperatures[4] == 5)
    #expect(ladder.temperatures[3] < 2)
    let more = ladder.equalised(acceptance: [0.5, 0.5, 0.5, 0.5], rungs: 9)
    #expect(more.count == 9)
    #expect(ladder.equalised(acceptance: [1, 1, 1, 1], rungs: 2).temperatures == [1, 5])
  }

  @Test func rungsForAnAcceptance() {
    let ladder = TemperatureLadder([1, 2, 3])
    #expect(ladder.rungs(forAcceptance: 0.5, acceptance: [0.25, 0.25]) == 4)
    #expect(ladder.rungs(forAcceptance: 0.75, acceptance: [0.25, 0.25]) == 7)
    #expect(ladder.rungs(forAcceptance: 0.5, acceptance: [1, 1]) == 2)
  }

  /// Pilot runs make acceptances equal that were not.
  @Test func placedLaddersAreExchangedEqually() throws {
    let stream = RandomStream(seed: 1, name: "ladder")
    let machine = try IsingModel.plusMinusJ(
      on: SquareLattice(rows: 6, columns: 6), stream: stream
    ).boltzmannMachine().machine
    let kernel = SingleUnitKernel(machine)
    func acceptance(_ tempering: ParallelTempering) -> [Double] {
      tempering.run(
        ladders: 32, schedule: Schedule(warmUp: 100, sweeps: 200),
        stream: stream.substream(named: "check")
      ).acceptance.compactMap { $0?.mean }
    }
    let plain = ParallelTempering(kernel, ladder: .geometric(from: 0.4, to: 4, rungs: 8))
    func spread(_ values: [Double]) -> Double { (values.max() ?? 0) - (values.min() ?? 0) }
    let before = acceptance(plain)
    let placed = ParallelTempering.placed(
      kernel, from: 0.4, to: 4, rungs: .count(8), stream: stream)
    let after = acceptance(placed)
    #expect(spread(before) > 0.25)
    #expect(spread(after) < 0.12)
    #expect(placed.ladder.temperatures.first == 0.4 && placed.ladder.temperatures.last == 4)
    let target = ParallelTempering.placed(
      kernel, from: 0.4, to: 4, rungs: .acceptance(0.6), stream: stream)
    #expect(acceptance(target).allSatisfy { abs($0 - 0.6) < 0.12 })
    let again = ParallelTempering.placed(
      kernel, from: 0.4, to: 4, rungs: .acceptance(0.6), stream: stream, threads: 2)
    #expect(again.ladder == target.ladder)
  }
}
