import Testing

@testable import Boltzmann

struct HebbStateTests {
  /// At sizes around a word of patterns and of units: the sums as their definition says, before and
  /// after flips.
  @Test(arguments: [1, 2, 63, 64, 65, 130], [1, 2, 31, 32, 63, 64, 65]) func sums(
    patternCount: Int, unitCount: Int
  ) {
    let stream = RandomStream(seed: 9, name: "\(patternCount) \(unitCount)")
    let patterns = HopfieldNetwork.randomPatterns(
      patternCount, unitCount: unitCount, stream: stream)
    let start = HopfieldNetwork.randomPatterns(
      1, unitCount: unitCount, stream: stream.substream(named: "start"))[0]
    var state = HebbState(patterns, PatternRows(patterns), start)
    for flip in 0..<6 {
      let sign = { (bits: BitVector, unit: Int) in bits[unit] ? 1 : -1 }
      let overlaps = patterns.map { pattern in
        (0..<unitCount).reduce(0) { $0 + sign(pattern, $1) * sign(state.bits, $1) }
      }
      #expect(state.overlaps == overlaps)
      for unit in 0..<unitCount {
        let field =
          zip(patterns, overlaps).reduce(0) { $0 + sign($1.0, unit) * $1.1 }
          - patternCount * sign(state.bits, unit)
        #expect(state.field(of: unit) == field)
        #expect(state.preference(of: unit) == (field == 0 ? nil : field > 0))
      }
      state.flip(stream.index(below: unitCount, .order, step: flip, chain: 0, unit: 0))
    }
  }
}
