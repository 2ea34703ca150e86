import Boltzmann
import Testing

/// Restricted machines that other programs have written.
@Suite struct ForeignFileTests {
  private func read(_ tensors: [Tensor]) throws(ModelFileError) -> RestrictedBoltzmannMachine {
    try RestrictedBoltzmannMachine(
      ModelRecord(parsing: TensorFile(metadata: ["format": "pt"], tensors: tensors).bytes))
  }

  private let visible = [Float(1), 2, 3]
  private let hidden = [Float(4), 5]
  private let weights = [Float(0), 1, 10, 11, 20, 21]
  private let transposed = [Float(0), 10, 20, 1, 11, 21]

  @Test func namesTellTheAxes() throws {
    let own = try read([
      Tensor("weights", shape: [3, 2], weights), Tensor("visible_biases", shape: [3], visible),
      Tensor("hidden_biases", shape: [2], hidden),
    ])
    let learned = try read([
      Tensor("components_", shape: [2, 3], transposed.map(Double.init)),
      Tensor("intercept_visible_", shape: [3], visible.map(Double.init)),
      Tensor("intercept_hidden_", shape: [2], hidden.map(Double.init)),
    ])
    for (shape, values) in [([3, 2], weights), ([2, 3], transposed)] {
      let torch = try read([
        Tensor("W", shape: shape, values), Tensor("v_bias", shape: [3], visible),
        Tensor("h_bias", shape: [2], hidden),
      ])
      #expect(torch == own)
    }
    #expect(learned == own)
    #expect(own.visibleUnits == .binary)
    #expect(own.weights[2, 1] == 21)
    #expect(own.hiddenBiases == [4, 5])
  }

  @Test func aSquareWithoutNamesOfItsAxesIsRefused() {
    #expect(throws: ModelFileError.ambiguousAxes(2)) {
      try read([
        Tensor("W", shape: [2, 2], [Float](repeating: 0, count: 4)),
        Tensor("v_bias", shape: [2], hidden), Tensor("h_bias", shape: [2], hidden),
      ])
    }
  }

  @Test func otherNamesAndShapesAreRefused() {
    #expect(throws: ModelFileError.foreign([])) { try read([]) }
    #expect(throws: ModelFileError.foreign(["W"])) {
      try read([Tensor("W", shape: [3, 2], weights)])
    }
    #expect(throws: ModelFileError.shape("W", [6], "[3, 2]")) {
      try read([
        Tensor("W", shape: [6], weights), Tensor("v_bias", shape: [3], visible),
        Tensor("h_bias", shape: [2], hidden),
      ])
    }
    #expect(throws: ModelFileError.shape("weights", [2, 3], "[3, 2]")) {
      try read([
        Tensor("weights", shape: [2, 3], weights),
        Tensor("visible_biases", shape: [3], visible),
        Tensor("hidden_biases", shape: [2], hidden),
      ])
    }
    #expect(throws: ModelFileError.element("W", .int64, .float32)) {
      try read([
        Tensor("W", shape: [3, 2], [0, 1, 2, 3, 4, 5]), Tensor("v_bias", shape: [3], visible),
        Tensor("h_bias", shape: [2], hidden),
      ])
    }
    #expect(throws: ModelFileError.notFinite("v_bias", 2)) {
      try read([
        Tensor("W", shape: [3, 2], weights),
        Tensor("v_bias", shape: [3], [1, 2, Double.greatestFiniteMagnitude]),
        Tensor("h_bias", shape: [2], hidden),
      ])
    }
  }
}
