internal import Boltzmann
internal import Notebooks

/// A model that `:save:` puts into a file and `{load}` takes out of it.
///
/// A value that only records how such a model came about has it as its `core`.
protocol SavableModel: SavableValue {
  /// What its records are called.
  static var modelKinds: [String] { get }
  /// The model as a record. Nothing in it may change by itself.
  var record: ModelRecord { get }
  /// The model of a record of one of its kinds, as the value `name` of a notebook.
  init(_ record: ModelRecord, named name: String) throws(ModelFileError)
  /// What there is to say of it in general: sizes, kinds of units. One or more sentences.
  var summary: String { get }
}

extension SavableModel {
  var fileBytes: [UInt8] { record.bytes }
}

/// Every kind of model that files hold: the one list.
enum SavableModels {
  static let kinds: [any SavableModel.Type] = [
    RBMModel.self,
    MachineValue.self,
    DBNValue.self,
    HelmholtzValue.self,
    VAEValue.self,
    BeliefNetValue.self,
  ]

  /// What the records of all kinds are called.
  static var names: [String] { kinds.flatMap { $0.modelKinds } }

  /// The model of a record, as the value `name` of a notebook.
  static func model(
    of record: ModelRecord, named name: String
  ) throws(ModelFileError) -> any SavableModel {
    guard let kind = kinds.first(where: { $0.modelKinds.contains(record.kind) }) else {
      throw .kind(record.kind)
    }
    return try kind.init(record, named: name)
  }
}

extension ModelRecord {
  /// The same with further fields.
  func adding(_ more: [String: String]) -> ModelRecord {
    ModelRecord(
      kind: kind, fields: fields.merging(more) { own, _ in own }, tensors: tensors)
  }

  /// Whether there are no fields but these.
  func checkFields(_ known: Set<String>) throws(ModelFileError) {
    for field in fields.keys.sorted() where !known.contains(field) { throw .unknownField(field) }
  }

  /// The field `image-shape`, `8x8`, of rows with so many values.
  func imageShape(of unitCount: Int) throws(ModelFileError) -> Dataset.ImageShape? {
    guard let text = fields["image-shape"] else { return nil }
    let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    guard sides.count == 2, sides.allSatisfy({ $0 >= 1 && $0 <= unitCount }),
      sides[0] * sides[1] == unitCount, "\(sides[0])x\(sides[1])" == text
    else { throw .field("image-shape", text) }
    return Dataset.ImageShape(height: sides[0], width: sides[1])
  }
}

extension ModelRecord {
  /// The names in the field `units`, so many different ones that can be asked for.
  func unitNames(_ count: Int) throws(ModelFileError) -> [String] {
    let text = try field("units")
    let names = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard names.count == count, Set(names).count == count,
      names.allSatisfy({ $0.isName && !$0.contains("-") && $0 != "T" })
    else { throw .field("units", text) }
    return names
  }
}

extension Dataset.ImageShape {
  /// As the field `image-shape` has it.
  var field: String { "\(height)x\(width)" }
}
