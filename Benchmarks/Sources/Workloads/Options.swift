/// `name=value` arguments; what is not asked for is an error.
public struct Options {
  private var values: [String: String]

  /// Options from arguments.
  public init(_ arguments: some Sequence<String>) throws {
    values = [:]
    for argument in arguments {
      let parts = argument.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { throw OptionError(text: "\(argument) is not name=value.") }
      values[String(parts[0])] = String(parts[1])
    }
  }

  /// Takes a value, or the one given where nothing is said.
  public mutating func take<Value: LosslessStringConvertible>(
    _ name: String, _ standard: Value
  ) throws -> Value {
    guard let text = values.removeValue(forKey: name) else { return standard }
    guard let value = Value(text) else { throw OptionError(text: "\(name) cannot be \(text).") }
    return value
  }

  /// Fails if anything is left.
  public func finish() throws {
    if let name = values.keys.min() { throw OptionError(text: "There is no option \(name).") }
  }
}

/// An argument that cannot be followed.
public struct OptionError: Error, CustomStringConvertible {
  let text: String
  /// The mistake in one sentence.
  public var description: String { text }
}
