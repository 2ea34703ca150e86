import Testing

@testable import Boltzmann

/// Models in files, and files that hold other things.
@Suite struct ModelRecordTests {
  private func rbm() -> RestrictedBoltzmannMachine { StoredSample.rbm() }

  /// The digest as Python's hashlib has it, by the rule written out in `Tests/Interop`.
  @Test func theChecksumIsThat() throws {
    let machine = try BoltzmannMachine(
      unitCount: 3, edges: [.init(0, 1, 0.1), .init(1, 2, -2)], biases: [0, 0.3, -1])
    let file = try TensorFile(parsing: machine.record.bytes)
    #expect(
      file.metadata["harmonium.checksum"]
        == "2ae3b34343afdbca5d5a231404991ac7c579db7c60489c4a9dfb3e47d63ce6df")
  }

  @Test func whatIsMissingOrTooMuchIsNamed() throws {
    func refused(_ record: ModelRecord, _ error: ModelFileError) {
      #expect(throws: error) { try RestrictedBoltzmannMachine(ModelRecord(parsing: record.bytes)) }
    }
    let good = rbm().record
    func changed(
      kind: String? = nil, fields: [String: String]? = nil,
      _ replaced: String = "", by tensor: Tensor? = nil
    ) -> ModelRecord {
      ModelRecord(
        kind: kind ?? good.kind, fields: fields ?? good.fields,
        tensors: good.tensors.filter { $0.name != replaced } + (tensor.map { [$0] } ?? []))
    }
    refused(changed(kind: "deep"), .kind("deep"))
    refused(changed(fields: [:]), .missingField("visible-units"))
    refused(changed(fields: ["visible-units": "x"]), .field("visible-units", "x"))
    refused(changed("weights"), .missingTensor("weights"))
    refused(changed(by: Tensor("more", shape: [0], [Float]())), .unknownTensor("more"))
    refused(
      changed("hidden_biases", by: Tensor("hidden_biases", shape: [2], [Float(1), 2])),
      .shape("hidden_biases", [2], "[3]"))
    refused(
      changed("hidden_biases", by: Tensor("hidden_biases", shape: [3], [1.0, 2, 3])),
      .element("hidden_biases", .float64, .float32))
    refused(
      changed("hidden_biases", by: Tensor("hidden_biases", shape: [3], [Float(1), .nan, 3])),
      .notFinite("hidden_biases", 1))
    refused(
      changed("weights", by: Tensor("weights", shape: [5, 0], [Float]())),
      .shape("weights", [5, 0], "2 axes, none of them empty"))
  }

  @Test func machinesThatAreNone() throws {
    func refused(
      _ connections: [Int], _ weights: [Double], biases: [Double] = [0, 0], visible: String = "1",
      _ error: ModelFileError
    ) {
      let record = ModelRecord(
        kind: BoltzmannMachine.modelKind, fields: ["visible": visible],
        tensors: [
          Tensor("connections", shape: [connections.count / 2, 2], connections),
          Tensor("weights", shape: [weights.count], weights),
          Tensor("biases", shape: [biases.count], biases),
        ])
      #expect(throws: error) { try BoltzmannMachine(record) }
    }
    refused([0, 2], [1], .model(.noSuchUnit(2, unitCount: 2)))
    refused([-1, 1], [1], .model(.noSuchUnit(-1, unitCount: 2)))
    refused([1, 1], [1], .model(.selfConnection(1, 1)))
    refused([0, 1, 1, 0], [1, 2], .model(.repeatedEdge(0, 1)))
    refused([0, 1], [1, 2], .shape("connections", [1, 2], "[2, 2]"))
    refused([0, 1], [.infinity], .notFinite("weights", 0))
    refused([0, 1], [1], visible: "3", .model(.visibleCount(3, unitCount: 2)))
    refused([0, 1], [1], visible: "01", .field("visible", "01"))
    refused([], [], biases: [], .shape("biases", [0], "1 axis, none of them empty"))
  }

  @Test func ownFilesNeedTheirMetadataWhole() throws {
    var file = try TensorFile(parsing: rbm().record.bytes)
    file.metadata["harmonium.format"] = "2"
    #expect(throws: ModelFileError.format("2")) { try ModelRecord(parsing: file.bytes) }
    file.metadata["harmonium.format"] = nil
    #expect(throws: ModelFileError.missingField("format")) { try ModelRecord(parsing: file.bytes) }
    file = try TensorFile(parsing: rbm().record.bytes)
    file.metadata["note"] = "x"
    #expect(throws: ModelFileError.checksum) { try ModelRecord(parsing: file.bytes) }
  }
}
