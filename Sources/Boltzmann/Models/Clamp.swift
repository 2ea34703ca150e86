/// Units held at a value; all others are free.
public struct Clamp: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  private var values: [Int: Bool]

  /// No unit is held.
  public init() {
    values = [:]
  }

  /// Holds each unit at its value.
  public init(_ values: [Int: Bool]) {
    self.values = values
  }

  /// Holds each unit at its value; a unit may be named once.
  public init(dictionaryLiteral elements: (Int, Bool)...) {
    values = Dictionary(uniqueKeysWithValues: elements)
  }

  /// The value a unit is held at, nil when it is free.
  public subscript(unit: Int) -> Bool? {
    get { values[unit] }
    set { values[unit] = newValue }
  }

  /// Whether no unit is held.
  public var isEmpty: Bool { values.isEmpty }

  /// The units held, ascending.
  public var units: [Int] { values.keys.sorted() }

  /// The free units among 0 ..< unitCount, ascending.
  public func freeUnits(of unitCount: Int) -> [Int] {
    precondition(units.allSatisfy { $0 >= 0 && $0 < unitCount }, "A clamp names no such unit.")
    return (0..<unitCount).filter { values[$0] == nil }
  }

  /// Puts the held units of a state at their values.
  public func apply(to state: inout BitVector) {
    for (unit, isOn) in values { state[unit] = isOn }
  }

  /// Whether a state has every held unit at its value.
  public func holds(in state: BitVector) -> Bool {
    values.allSatisfy { state[$0.key] == $0.value }
  }
}
