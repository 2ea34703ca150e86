import Testing

@testable import Boltzmann

/// Records of Hopfield networks, and records that are none.
@Suite struct HopfieldNetworkStorageTests {
  private func record(_ shape: [Int], _ values: [Int8], _ rule: String = "hebb") -> ModelRecord {
    ModelRecord(
      kind: HopfieldNetwork.modelKind, fields: ["rule": rule],
      tensors: [Tensor("patterns", shape: shape, values)])
  }

  @Test(arguments: HopfieldNetwork.Rule.allCases) func couplingsFollow(
    _ rule: HopfieldNetwork.Rule
  ) throws {
    let network = try StoredSample.hopfield(rule)
    let read = try HopfieldNetwork(ModelRecord(parsing: network.record.bytes))
    #expect(try read.isingModel() == network.isingModel())
  }

  @Test func theValuesAreSigns() throws {
    let network = try HopfieldNetwork(record([1, 3], [1, -1, 1]))
    #expect(network.patterns == [BitVector([true, false, true])])
    for value in [0, 2, -2, .min] as [Int8] {
      #expect(throws: ModelFileError.value("patterns", 1, "-1 or 1")) {
        try HopfieldNetwork(record([1, 3], [1, value, 1]))
      }
    }
  }

  @Test func networksThatAreNone() {
    func refused(_ record: ModelRecord, _ error: ModelFileError) {
      #expect(throws: error) { try HopfieldNetwork(record) }
    }
    refused(record([3], [1, 1, 1]), .shape("patterns", [3], "2 axes, none of them empty"))
    refused(record([0, 3], []), .shape("patterns", [0, 3], "2 axes, none of them empty"))
    refused(record([1, 3], [1, 1, 1], "Hebb"), .field("rule", "Hebb"))
    refused(
      record([2, 2], [1, 1, 1, -1], "pseudo-inverse"),
      .hopfield(.everyStateStored(unitCount: 2)))
  }
}
