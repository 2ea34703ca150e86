import Testing

@testable import Boltzmann

/// A model of some kind, and what reads its file.
struct StoredSample: Sendable, CustomTestStringConvertible {
  let name: String
  let record: ModelRecord
  /// Whether a file holds this very model, bit for bit.
  let isIn: @Sendable ([UInt8]) throws(ModelFileError) -> Bool
  /// Whether a record is a model that comes back from its own record.
  let comesBack: @Sendable (ModelRecord) throws(ModelFileError) -> Bool

  var testDescription: String { name }

  init<Model: StorableModel & Equatable>(_ name: String, _ model: Model) {
    (self.name, record) = (name, model.record)
    isIn = { (bytes) throws(ModelFileError) in try Model(ModelRecord(parsing: bytes)) == model }
    comesBack = { (record) throws(ModelFileError) in
      let read = try Model(record)
      return try Model(ModelRecord(parsing: read.record.bytes)) == read
    }
  }
}

extension StoredSample {
  private static let normal = ParameterDistribution.normal(mean: 0, standardDeviation: 1)

  static func rbm(
    _ visible: Int = 5, _ hidden: Int = 3, _ units: VisibleUnits = .binary, seed: UInt64 = 7
  ) -> RestrictedBoltzmannMachine {
    RestrictedBoltzmannMachine(
      visibleCount: visible, hiddenCount: hidden, weights: normal, visibleBiases: normal,
      hiddenBiases: normal, visibleUnits: units, stream: RandomStream(key: seed))
  }

  static var machine: BoltzmannMachine {
    get throws {
      try BoltzmannMachine(
        unitCount: 4, edges: [.init(0, 2, 0.1), .init(3, 1, -2), .init(2, 3, 0)],
        biases: [0, 1e-300, -0.5, 3], visibleCount: 2)
    }
  }

  /// Two layers below a top machine with two labels, up and down different as after fine-tuning.
  static var deepNet: DeepBeliefNet {
    get throws {
      var net = try DeepBeliefNet(
        stacking: [rbm(4, 3, seed: 1), rbm(3, 2, seed: 2), rbm(4, 3, seed: 3)], labelCount: 2)
      net.layers[1].up = rbm(3, 2, seed: 4).upward
      return net
    }
  }

  static var helmholtz: HelmholtzMachine {
    HelmholtzMachine(
      layerSizes: [4, 3, 2], weights: normal, visibleBiases: normal, hiddenBiases: normal,
      recognition: normal, stream: RandomStream(key: 5))
  }

  static var autoencoder: VariationalAutoencoder {
    VariationalAutoencoder(
      visibleCount: 4, hiddenCount: 3, latentCount: 2, stream: RandomStream(key: 6))
  }

  /// Sigmoid units and tables by turns, arrows up as well as down the numbers.
  static var beliefNet: BeliefNet {
    get throws {
      try BeliefNet([
        BeliefNet.Unit(parents: [3, 1], .sigmoid(bias: -0.5, weights: [2, 1e-300])),
        BeliefNet.Unit(parents: [], .table([0.25])),
        BeliefNet.Unit(parents: [0, 1], .table([0, 1, 0.5, 0.125])),
        BeliefNet.Unit(parents: [], .sigmoid(bias: 1.5, weights: [])),
      ])
    }
  }

  static func hopfield(_ rule: HopfieldNetwork.Rule) throws -> HopfieldNetwork {
    try HopfieldNetwork(
      patterns: HopfieldNetwork.randomPatterns(3, unitCount: 70, stream: RandomStream(key: 8)),
      rule: rule)
  }

  /// Every kind: the one list.
  static let all: [StoredSample] = {
    do {
      return [
        StoredSample("rbm", rbm()), StoredSample("gaussian rbm", rbm(5, 3, .gaussian)),
        StoredSample("machine", try machine),
        StoredSample("unconnected", try BoltzmannMachine(unitCount: 2, edges: [])),
        StoredSample("deep belief net", try deepNet),
        StoredSample("one layer", try DeepBeliefNet(stacking: [rbm()])),
        StoredSample("helmholtz machine", helmholtz), StoredSample("autoencoder", autoencoder),
        StoredSample("belief net", try beliefNet),
        StoredSample("one unit", try BeliefNet([.init(parents: [], .table([1]))])),
        StoredSample("hebb", try hopfield(.hebb)),
        StoredSample("pseudo-inverse", try hopfield(.pseudoInverse)),
      ]
    } catch {
      Issue.record(error)
      return []
    }
  }()
}

extension ModelRecord {
  func with(kind: String) -> ModelRecord {
    ModelRecord(kind: kind, fields: fields, tensors: tensors)
  }

  /// With another value of a field; nil leaves it out.
  func with(_ field: String, _ value: String?) -> ModelRecord {
    var fields = fields
    fields[field] = value
    return ModelRecord(kind: kind, fields: fields, tensors: tensors)
  }

  func without(_ name: String) -> ModelRecord {
    ModelRecord(kind: kind, fields: fields, tensors: tensors.filter { $0.name != name })
  }

  /// With a tensor in place of the one of its name.
  func with(_ tensor: Tensor) -> ModelRecord {
    ModelRecord(kind: kind, fields: fields, tensors: without(tensor.name).tensors + [tensor])
  }
}
