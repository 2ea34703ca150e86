import Boltzmann
import Testing

struct HopfieldKindTests {
  @Test func majorities() {
    let states = ["110010", "101010", "100110"].map { BitVector($0.map { $0 == "1" }) }
    #expect(HopfieldNetwork.sign(ofSumOf: states).description == "100010")
    #expect(HopfieldNetwork.sign(ofSumOf: [states[0]]) == states[0])
    let stream = RandomStream(seed: 1, name: "majority")
    let nine = HopfieldNetwork.randomPatterns(9, unitCount: 150, stream: stream)
    let sign = HopfieldNetwork.sign(ofSumOf: nine)
    #expect((0..<150).allSatisfy { unit in sign[unit] == (nine.count { $0[unit] } > 4) })
  }

  @Test func statesAreTold() throws {
    let network = try HopfieldNetworkTests.random(5, units: 100)
    let p = network.patterns
    #expect(network.kind(of: p[3]) == .stored(3))
    #expect(network.kind(of: p[3].reversed) == .reversed(3))
    let three = HopfieldNetwork.sign(ofSumOf: [p[0].reversed, p[2], p[4].reversed])
    #expect(network.kind(of: three) == .mixture(of: 3))
    let five = HopfieldNetwork.sign(ofSumOf: [p[0], p[1], p[2].reversed, p[3], p[4]])
    #expect(network.kind(of: five) == .mixture(of: 5))
    #expect(network.kind(of: BitVector(ones: 100)) == .other)
    #expect(network.kind(of: three).isSpurious && !network.kind(of: p[0].reversed).isSpurious)
  }

  /// With two patterns there is no mixture of three.
  @Test func mixturesNeedEnoughPatterns() throws {
    let network = try HopfieldNetworkTests.random(2, units: 20)
    let kinds = (0..<64).map {
      network.kind(of: BitVector(index: UInt64($0), count: 20))
    }
    #expect(kinds.allSatisfy { $0 == .other })
  }
}
