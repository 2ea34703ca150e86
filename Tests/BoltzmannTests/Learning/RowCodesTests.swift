import Testing

@testable import Boltzmann

@Suite struct RowCodesTests {
  /// Two hidden units that are on with the first and the second visible unit: codes 1 and 2, and 3
  /// where both are on.
  @Test func codesByHand() throws {
    let machine = try BoltzmannMachine(
      unitCount: 4, edges: [.init(0, 2, 2), .init(1, 3, 2)], biases: [0, 0, -1, -1],
      visibleCount: 2)
    let codes = RowCodes(
      ClampedRows([1, 2, 3, 2].map { BitVector(index: $0, count: 2) }), asking: [])
    #expect(try codes.codes(of: machine) == [1, 2, 3, 2])
    #expect(try codes.differentCodes(of: machine) == 3)
  }

  /// Unit 1 follows unit 0: the rows 00 and 11 come out, the row 10 does not.
  @Test func completionByHand() throws {
    let machine = try BoltzmannMachine(
      unitCount: 2, edges: [.init(0, 1, 4)], biases: [0, -2])
    func count(_ rows: [UInt64]) throws -> Int {
      let rows = ClampedRows(rows.map { BitVector(index: $0, count: 2) })
      return try RowCodes(rows, asking: [1]).completedCount(of: machine)
    }
    #expect(try count([0, 3]) == 2)
    #expect(try count([0, 1, 3]) == 2)
    #expect(try count([1]) == 0)
  }

  /// Where two answers are as probable as each other, neither has come out.
  @Test func ofTwoEqualAnswersNeitherCounts() throws {
    let machine = try encoderMachine(size: 4, hiddenCount: 2)
    let codes = RowCodes(encoderRows(size: 4), asking: [4, 5, 6, 7])
    #expect(try codes.completedCount(of: machine) == 0)
    #expect(try codes.differentCodes(of: machine) == 1)
  }

  /// Three nets, found by the procedure of 1985: the cycle at which the hidden
  /// codes of the four rows first differ and every left group gives its right group.
  @Test func theProcedureOf1985SolvesTheEncoder() throws {
    let rows = encoderRows(size: 4)
    let codes = RowCodes(rows, asking: [4, 5, 6, 7])
    var solved: [Int] = []
    for net in 0..<3 {
      var machine = try encoderMachine(size: 4, hiddenCount: 2)
      let stream = RandomStream(seed: 1, name: "encoder").substream(UInt64(net))
      var failure: EnumerationLimit?
      try BoltzmannLearning.ackleyHintonSejnowski.train(
        &machine, on: rows, updates: 2000, stream: stream
      ) { cycle, machine in
        do throws(EnumerationLimit) {
          guard try codes.differentCodes(of: machine) == 4,
            try codes.completedCount(of: machine, temperature: 10) == 4
          else { return true }
          solved.append(cycle)
        } catch { failure = error }
        return false
      }
      #expect(failure == nil)
    }
    #expect(solved == [167, 431, 501])
  }
}
