import Testing

@testable import Boltzmann

/// Records that are no deep belief net.
@Suite struct DeepBeliefNetStorageTests {
  private func refused(_ record: ModelRecord, _ error: ModelFileError) {
    #expect(throws: error) { try DeepBeliefNet(record) }
  }

  private func single(_ name: String, _ shape: [Int]) -> Tensor {
    Tensor(name, shape: shape, [Float](repeating: 0.5, count: shape.reduce(1, *)))
  }

  @Test func theTensorsAreThose() throws {
    let net = try StoredSample.deepNet
    let tensors = Dictionary(uniqueKeysWithValues: net.record.tensors.map { ($0.name, $0) })
    #expect(
      tensors.mapValues(\.shape) == [
        "recognition.1.weights": [4, 3], "recognition.1.biases": [3],
        "generative.1.weights": [3, 4], "generative.1.biases": [4],
        "recognition.2.weights": [3, 2], "recognition.2.biases": [2],
        "generative.2.weights": [2, 3], "generative.2.biases": [3],
        "top.weights": [4, 3], "top.visible_biases": [4], "top.hidden_biases": [3],
      ])
    #expect(tensors["recognition.2.weights"]?.floats?[1] == net.layers[1].up.weights[0, 1])
    #expect(tensors["generative.2.weights"]?.floats?[1] == net.layers[1].down.weights[0, 1])
    #expect(net.record.fields == ["layers": "2", "label-units": "2"])
  }

  @Test func layersFollowEachOther() throws {
    let good = try StoredSample.deepNet.record
    refused(
      good.with(single("generative.1.weights", [4, 3])),
      .shape("generative.1.weights", [4, 3], "[3, 4]"))
    refused(
      good.with(single("recognition.2.weights", [4, 2])),
      .shape("recognition.2.weights", [4, 2], "[3, 2]"))
    refused(
      good.with(single("recognition.2.biases", [3])), .shape("recognition.2.biases", [3], "[2]"))
    refused(good.with(single("top.weights", [3, 3])), .shape("top.weights", [3, 3], "[4, 3]"))
    refused(
      good.with(single("top.visible_biases", [2])), .shape("top.visible_biases", [2], "[4]"))
  }

  @Test func countsAreThoseOfTheTensors() throws {
    let good = try StoredSample.deepNet.record
    refused(good.with("layers", "3"), .missingTensor("generative.3.biases"))
    refused(good.with("layers", "1"), .unknownTensor("recognition.2.weights"))
    refused(good.with("layers", "12"), .field("layers", "12"))
    refused(good.with("layers", "\(Int.max)"), .field("layers", "\(Int.max)"))
    refused(good.with("label-units", "1"), .shape("top.weights", [4, 3], "[3, 3]"))
    refused(good.with("label-units", "4"), .field("label-units", "4"))
    refused(good.with("label-units", "\(Int.max)"), .field("label-units", "\(Int.max)"))
    let alone = try DeepBeliefNet(stacking: [StoredSample.rbm()]).record
    #expect(try DeepBeliefNet(alone.with("label-units", "4")).visibleCount == 1)
    refused(alone.with("label-units", "5"), .field("label-units", "5"))
  }
}
