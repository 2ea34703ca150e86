/// Why bytes are not a model that can be accepted.
public enum ModelFileError: Error, Sendable, Hashable {
  /// They are no safetensors file.
  case file(TensorFileError)
  /// The file is from another program, and its tensors are not those of a restricted machine; their
  /// names follow.
  case foreign([String])
  /// W of another program is square: its biases do not tell which axis is which.
  case ambiguousAxes(Int)
  /// The file is of a format that this version does not know.
  case format(String)
  /// The content is not what was written: it does not have the checksum that stands with it.
  case checksum
  /// It is a model of another kind, of this name.
  case kind(String)
  /// A field that the kind needs is not there.
  case missingField(String)
  /// A field is there that the kind does not have.
  case unknownField(String)
  /// A field has this value, which means nothing.
  case field(String, String)
  /// A tensor that the kind needs is not there.
  case missingTensor(String)
  /// A tensor is there that the kind does not have.
  case unknownTensor(String)
  /// A tensor has a shape other than the one expected, which a phrase describes.
  case shape(String, [Int], String)
  /// A tensor's values are of the first type, not the second.
  case element(String, Tensor.Element, Tensor.Element)
  /// A value of a tensor is NaN or infinite; values count from 0.
  case notFinite(String, Int)
  /// A value of a tensor means nothing; values count from 0, and a phrase says what is expected.
  case value(String, Int, String)
  /// There are more of something than models have: their number, then the most.
  case tooMany(String, Int, Int)
  /// The parameters do not make a model.
  case model(ModelError)
  /// The parameters do not make a belief net.
  case beliefNet(BeliefNetError)
  /// The patterns do not make a Hopfield network.
  case hopfield(HopfieldError)
}

extension ModelFileError: CustomStringConvertible {
  /// The mistake in one sentence.
  public var description: String {
    func shown(_ name: String) -> String { TensorFileError.shown(name) }
    switch self {
    case .file(let error): return error.description
    case .foreign(let names):
      let list = names.sorted().prefix(6).map(shown).joined(separator: ", ")
      return "Its tensors (\(names.isEmpty ? "none" : list)) are not those of a model known here."
    case .ambiguousAxes(let count):
      return
        "The tensor W is \(count) x \(count): nothing tells which of its axes is the visible one."
    case .format(let format): return "Its format is \(shown(format)), not \(ModelRecord.format)."
    case .checksum: return "Its content does not have the checksum that it was written with."
    case .kind(let kind): return "It holds a model of the kind \(shown(kind))."
    case .missingField(let name): return "The field \(shown(name)) is missing."
    case .unknownField(let name): return "There is no use for the field \(shown(name))."
    case .field(let name, let value):
      return "The field \(shown(name)) is \(shown(value)), which means nothing."
    case .missingTensor(let name): return "The tensor \(shown(name)) is missing."
    case .unknownTensor(let name): return "There is no use for the tensor \(shown(name))."
    case .shape(let name, let shape, let expected):
      return "The tensor \(shown(name)) has the shape \(shape), not \(expected)."
    case .element(let name, let element, let expected):
      return
        "The tensor \(shown(name)) has values of the type \(element.rawValue), not "
        + "\(expected.rawValue)."
    case .notFinite(let name, let place):
      return "Value \(place) of the tensor \(shown(name)) is not finite, or too large."
    case .value(let name, let place, let expected):
      return "Value \(place) of the tensor \(shown(name)) is not \(expected)."
    case .tooMany(let what, let count, let limit):
      return "It has \(count) \(what); at most \(limit) are taken."
    case .model(let error): return error.description
    case .beliefNet(let error): return error.description
    case .hopfield(let error): return error.description
    }
  }
}
