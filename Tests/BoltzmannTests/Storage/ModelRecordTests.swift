import Testing

@testable import Boltzmann

/// Models in files, and files that hold other things.
@Suite struct ModelRecordTests {
  private func rbm(_ units: VisibleUnits = .binary) -> RestrictedBoltzmannMachine {
    RestrictedBoltzmannMachine(
      visibleCount: 5, hiddenCount: 3, weights: .normal(mean: 0, standardDeviation: 1),
      visibleBiases: .normal(mean: 0, standardDeviation: 1),
      hiddenBiases: .normal(mean: 1, standardDeviation: 1), visibleUnits: units,
      stream: RandomStream(key: 7))
  }

  private var machine: BoltzmannMachine {
    get throws {
      try BoltzmannMachine(
        unitCount: 4, edges: [.init(0, 2, 0.1), .init(3, 1, -2), .init(2, 3, 0)],
        biases: [0, 1e-300, -0.5, 3], visibleCount: 2)
    }
  }

  private func readBack<Model: StorableModel>(_ model: Model) throws(ModelFileError) -> Model {
    try Model(ModelRecord(parsing: model.record.bytes))
  }

  @Test func modelsComeBack() throws {
    #expect(try readBack(rbm()) == rbm())
    #expect(try readBack(rbm(.gaussian)) == rbm(.gaussian))
    #expect(try readBack(machine) == machine)
    let unconnected = try BoltzmannMachine(unitCount: 2, edges: [])
    #expect(try readBack(unconnected) == unconnected)
  }

  /// 1,000 files with one to three bytes, or a stretch, changed: refused, or the very same model.
  @Test func noChangedFileIsAnotherModel() throws {
    let originals = [rbm().record, try machine.record]
    let stream = RandomStream(seed: 1, name: "mutations")
    var (refused, same) = (0, 0)
    for number in 0..<1000 {
      let record = originals[number % 2]
      var bytes = record.bytes
      let draw = { (unit: Int) in
        Int(stream.word(.data, step: number, chain: 0, unit: unit))
      }
      for change in 0...draw(0) % 3 {
        let place = draw(3 * change + 1) % bytes.count
        switch draw(3 * change + 2) % 6 {
        case 0: bytes[place] ^= 1 << UInt8(draw(3 * change + 3) % 8)
        case 1: bytes[place] = UInt8(draw(3 * change + 3) % 256)
        case 2: bytes.remove(at: place)
        case 3: bytes.insert(UInt8(ascii: " "), at: place)
        case 4:
          // One blank more behind the first brace, and a header that is as much longer.
          bytes.insert(UInt8(ascii: " "), at: min(9, bytes.count))
          bytes[0] &+= 1
        default: bytes.removeLast(1 + draw(3 * change + 3) % 40)
        }
      }
      do {
        #expect(try ModelRecord(parsing: bytes).isSame(as: record), "file \(number)")
        same += 1
      } catch { refused += 1 }
    }
    #expect(refused + same == 1000)
    // Blanks mean nothing, and some changes give the byte that was there.
    #expect((40...200).contains(same), "\(refused) refused, \(same) the same")
  }

  /// A bit of every byte.
  @Test func noFlippedBitIsAnotherModel() throws {
    let bytes = rbm().record.bytes
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 1 << UInt8(place % 8)
      #expect(throws: ModelFileError.self, "byte \(place)") { try ModelRecord(parsing: changed) }
    }
  }

  @Test func everyTruncationIsRefused() {
    let bytes = rbm().record.bytes
    for count in bytes.indices {
      #expect(throws: ModelFileError.self) { try ModelRecord(parsing: Array(bytes[..<count])) }
    }
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

extension ModelRecord {
  fileprivate func isSame(as other: ModelRecord) -> Bool {
    kind == other.kind && fields == other.fields && Set(tensors) == Set(other.tensors)
  }
}
