import Testing

@testable import Boltzmann

/// Records that are no Helmholtz machine and no autoencoder.
@Suite struct DirectedModelStorageTests {
  private func double(_ name: String, _ shape: [Int]) -> Tensor {
    Tensor(name, shape: shape, [Double](repeating: 0.5, count: shape.reduce(1, *)))
  }

  @Test func theTensorsOfAMachine() {
    let machine = StoredSample.helmholtz
    let tensors = Dictionary(uniqueKeysWithValues: machine.record.tensors.map { ($0.name, $0) })
    #expect(
      tensors.mapValues(\.shape) == [
        "generative.1.weights": [3, 4], "generative.1.biases": [4],
        "recognition.1.weights": [4, 3], "recognition.1.biases": [3],
        "generative.2.weights": [2, 3], "generative.2.biases": [3],
        "recognition.2.weights": [3, 2], "recognition.2.biases": [2], "top.biases": [2],
      ])
    #expect(tensors["generative.2.weights"]?.doubles == machine.generative[1].weights)
    #expect(tensors["recognition.1.biases"]?.doubles == machine.recognition[0].biases)
    #expect(tensors["top.biases"]?.doubles == machine.generative[2].biases)
  }

  @Test func aMachineIsWhole() {
    let good = StoredSample.helmholtz.record
    func refused(_ record: ModelRecord, _ error: ModelFileError) {
      #expect(throws: error) { try HelmholtzMachine(record) }
    }
    refused(good.with("layers", "0"), .field("layers", "0"))
    refused(good.with("layers", "1"), .unknownTensor("generative.2.weights"))
    refused(good.with("layers", "3"), .missingTensor("generative.3.biases"))
    refused(good.with("layers", "10"), .field("layers", "10"))
    refused(
      good.with(double("generative.2.weights", [3, 2])),
      .shape("generative.2.weights", [3, 2], "[2, 3]"))
    refused(
      good.with(double("recognition.2.weights", [4, 2])),
      .shape("recognition.2.weights", [4, 2], "[3, 2]"))
    refused(good.with(double("top.biases", [3])), .shape("top.biases", [3], "[2]"))
    refused(
      good.with(double("recognition.1.weights", [0, 3])),
      .shape("recognition.1.weights", [0, 3], "2 axes, none of them empty"))
  }

  @Test func theTensorsOfAnAutoencoder() {
    let model = StoredSample.autoencoder
    let tensors = Dictionary(uniqueKeysWithValues: model.record.tensors.map { ($0.name, $0) })
    #expect(
      tensors.mapValues(\.shape) == [
        "encoder.weights": [4, 3], "encoder.biases": [3], "mean.weights": [3, 2],
        "mean.biases": [2], "log_variance.weights": [3, 2], "log_variance.biases": [2],
        "decoder.weights": [2, 3], "decoder.biases": [3], "output.weights": [3, 4],
        "output.biases": [4],
      ])
    #expect(tensors["log_variance.weights"]?.doubles == model[.logVariance].weights)
  }

  @Test func anAutoencoderIsWhole() {
    let good = StoredSample.autoencoder.record
    func refused(_ record: ModelRecord, _ error: ModelFileError) {
      #expect(throws: error) { try VariationalAutoencoder(record) }
    }
    refused(
      good.with(double("mean.weights", [3, 1])), .shape("mean.biases", [2], "[1]"))
    refused(
      good.with(double("log_variance.weights", [3, 1])),
      .shape("log_variance.weights", [3, 1], "[3, 2]"))
    refused(
      good.with(double("decoder.weights", [2, 4])), .shape("decoder.weights", [2, 4], "[2, 3]"))
    refused(
      good.with(double("output.weights", [3, 5])), .shape("output.weights", [3, 5], "[3, 4]"))
  }
}
