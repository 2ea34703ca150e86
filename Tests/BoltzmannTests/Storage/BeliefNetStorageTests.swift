import Testing

@testable import Boltzmann

/// Records that are no belief net.
@Suite struct BeliefNetStorageTests {
  @Test func theTensorsAreThose() throws {
    let record = try StoredSample.beliefNet.record
    #expect(try record.tensor("parent_counts").integers == [2, 0, 2, 0])
    #expect(try record.tensor("parents").integers == [3, 1, 0, 1])
    #expect(try record.tensor("table_units").integers == [1, 2])
    #expect(try record.tensor("biases").doubles == [-0.5, 1.5])
    #expect(try record.tensor("weights").doubles == [2, 1e-300])
    #expect(try record.tensor("probabilities").doubles == [0.25, 0, 1, 0.5, 0.125])
  }

  @Test func netsThatAreNone() throws {
    let good = try StoredSample.beliefNet.record
    func refused(_ name: String, _ values: [Int], _ error: ModelFileError) {
      #expect(throws: error) {
        try BeliefNet(good.with(Tensor(name, shape: [values.count], values)))
      }
    }
    func refused(_ name: String, _ values: [Double], _ error: ModelFileError) {
      #expect(throws: error) {
        try BeliefNet(good.with(Tensor(name, shape: [values.count], values)))
      }
    }
    let counts = "a number of parents that are there"
    refused("parent_counts", [-1, 0, 2, 0], .value("parent_counts", 0, counts))
    refused("parent_counts", [2, 0, 3, 0], .value("parent_counts", 2, counts))
    refused("parent_counts", [.max, .max, 2, 0], .value("parent_counts", 0, counts))
    refused("parent_counts", [2, 0, 1, 0], .shape("parents", [4], "[3]"))
    refused("parent_counts", [1, 1, 2, 0], .shape("weights", [2], "[1]"))
    refused("probabilities", [0.25], .shape("probabilities", [1], "[5]"))
    refused("parents", [3, 1, 0, 1, 2], .shape("parents", [5], "[4]"))
    let after = "a unit after the one before it"
    refused("table_units", [2, 1], .value("table_units", 1, after))
    refused("table_units", [1, 1], .value("table_units", 1, after))
    refused("table_units", [-1, 2], .value("table_units", 0, after))
    refused("table_units", [1, 4], .value("table_units", 1, after))
    refused("table_units", [1], .shape("biases", [2], "[3]"))
    refused("parents", [4, 1, 0, 1], .beliefNet(.noSuchParent(4, of: 0, unitCount: 4)))
    refused("parents", [-1, 1, 0, 1], .beliefNet(.noSuchParent(-1, of: 0, unitCount: 4)))
    refused("parents", [1, 1, 0, 1], .beliefNet(.repeatedParent(1, of: 0)))
    refused("parents", [2, 1, 0, 1], .beliefNet(.cycle([0, 2])))
    refused("parents", [0, 1, 0, 1], .beliefNet(.cycle([0])))
    refused("weights", [2, 3, 4], .shape("weights", [3], "[2]"))
    refused("weights", [1e300, 1e300], .beliefNet(.notFinite(of: 0)))
    refused(
      "probabilities", [0.25, 0, 1.5, 0, 1],
      .beliefNet(.notAProbability(1.5, entry: 1, of: 2)))
  }

  /// 60 parents of a table would be 2^60 entries: refused before any of them is looked for.
  @Test func largeTablesAreRefused() throws {
    let record = ModelRecord(
      kind: BeliefNet.modelKind, fields: [:],
      tensors: [
        Tensor("parent_counts", shape: [61], Array(repeating: 0, count: 60) + [60]),
        Tensor("parents", shape: [60], Array(0..<60)), Tensor("table_units", shape: [1], [60]),
        Tensor("biases", shape: [60], [Double](repeating: 0, count: 60)),
        Tensor("weights", shape: [0], [Double]()),
        Tensor("probabilities", shape: [1], [0.5]),
      ])
    #expect(throws: ModelFileError.beliefNet(.tooManyParents(60, of: 60))) {
      try BeliefNet(record)
    }
  }
}
