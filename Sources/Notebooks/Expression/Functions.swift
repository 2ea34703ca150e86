/// The functions that formulas can call, beside what they ask models.
package struct Functions: Sendable {
  /// Functions of one number; of a list they give a list.
  package let elementwise: [NumberFunction]
  /// Functions of several numbers that give one.
  package let reducing: [VectorFunction]

  package init(elementwise: [NumberFunction], reducing: [VectorFunction]) {
    (self.elementwise, self.reducing) = (elementwise, reducing)
  }

  /// None but the language's own.
  package static let none = Functions(elementwise: [], reducing: [])

  /// What the language has of itself.
  enum Builtin: String, CaseIterable, Sendable {
    /// How many of some truth values hold.
    case count
    case all, any
    /// How many entries a list has.
    case length
    /// `range(0, 1, 0.25)`; without the third, steps of 1.
    case range
  }

  package var names: [String] {
    elementwise.map(\.name) + reducing.map(\.name) + Builtin.allCases.map(\.rawValue)
  }
}

/// A function of one number, by the name that formulas use.
package struct NumberFunction: Sendable {
  package let name: String
  package let apply: @Sendable (Double) -> Double

  package init(_ name: String, _ apply: @escaping @Sendable (Double) -> Double) {
    self.name = name
    self.apply = apply
  }
}

/// A function of at least one number, by the name that formulas use.
package struct VectorFunction: Sendable {
  package let name: String
  package let apply: @Sendable ([Double]) -> Double

  package init(_ name: String, _ apply: @escaping @Sendable ([Double]) -> Double) {
    self.name = name
    self.apply = apply
  }
}
