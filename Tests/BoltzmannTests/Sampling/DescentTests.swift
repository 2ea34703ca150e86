import Boltzmann
import Testing

struct DescentTests {
  /// Two valleys, at 000 and 111, and a wall between them.
  private func twoValleys() throws -> BoltzmannMachine {
    try BoltzmannMachine(
      weights: [[0, 2, 2], [2, 0, 2], [2, 2, 0]], biases: [-2, -2, -2])
  }

  @Test func endsInTheNearestValley() throws {
    let descent = Descent(try twoValleys())
    #expect(descent.run(from: BitVector([true, false, false])).state == BitVector(zeros: 3))
    let high = descent.run(from: BitVector([true, true, false]))
    // The first unit's gap is zero there, and it stays; the last one follows the two.
    #expect(high.state == BitVector(ones: 3))
    #expect(high.end == .fixedPoint)
    #expect(high.energies == [2, 0])
    #expect(high.sweeps == 1)
  }

  @Test(arguments: 0..<20)
  func energyNeverRisesAndEndsInAMinimum(seed: Int) throws {
    let stream = RandomStream(seed: UInt64(seed), name: "descent")
    let machine = try randomMachine(unitCount: 40, stream: stream)
    for order in [Descent.Order.sequential, .shuffled(stream)] {
      let record = Descent(machine, order: order).run(from: randomState(40, stream))
      #expect(record.end == .fixedPoint)
      for (before, after) in zip(record.energies, record.energies.dropFirst()) {
        #expect(after < before)
      }
      for unit in 0..<40 {
        var flipped = record.state
        flipped[unit].toggle()
        #expect(machine.energy(of: flipped) >= machine.energy(of: record.state) - 1e-9)
      }
    }
  }

  @Test func allAtOnceTwoUnitsMayAlternate() throws {
    let machine = try BoltzmannMachine(weights: [[0, 2], [2, 0]], biases: [-1, -1])
    let (one, other) = (BitVector([true, false]), BitVector([false, true]))
    let record = Descent(machine, order: .synchronous).run(from: one)
    #expect(record.end == .alternation(with: other))
    #expect(record.state == one)
    #expect(Descent(machine).run(from: one).end == .fixedPoint)
  }

  @Test func clampedUnitsStay() throws {
    var clamp = Clamp()
    clamp[0] = true
    let record = Descent(try twoValleys(), clamp: clamp).run(from: BitVector(zeros: 3))
    #expect(record.state == BitVector([true, false, false]))
    clamp[1] = true
    #expect(
      Descent(try twoValleys(), clamp: clamp).run(from: BitVector(zeros: 3)).state
        == BitVector(ones: 3))
  }

  @Test func runsOutOfSweeps() throws {
    let record = Descent(try twoValleys()).run(
      from: BitVector([true, false, false]), largestSweeps: 1)
    #expect(record.end == .unfinished)
    #expect(record.sweeps == 1)
  }

  private func randomMachine(unitCount: Int, stream: RandomStream) throws -> BoltzmannMachine {
    var edges: [Couplings.Edge] = []
    for i in 0..<unitCount {
      for j in i + 1..<unitCount {
        let word = stream.word(.weights, step: 0, chain: i, unit: j)
        edges.append(Couplings.Edge(i, j, Double(word) / 4_294_967_296 - 0.5))
      }
    }
    return try BoltzmannMachine(unitCount: unitCount, edges: edges)
  }

  private func randomState(_ count: Int, _ stream: RandomStream) -> BitVector {
    BitVector(
      (0..<count).map { stream.word(.initialState, step: 0, chain: 0, unit: $0) >> 31 == 1 })
  }
}
