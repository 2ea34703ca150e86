/// A chain of equations with real numbers in it.
package struct Derivation: Sendable, Equatable {
  package enum Notation: String, Sendable, CaseIterable {
    case latex, text
  }

  /// One line: why it follows, and the equation in both notations.
  package struct Step: Sendable, Equatable {
    /// A sentence of Markdown that says what this step does.
    package var reason: String
    package var latex: String
    package var text: String

    package init(_ reason: String, latex: String, text: String) {
      self.reason = reason
      self.latex = latex
      self.text = text
    }
  }

  package var steps: [Step]
  package var notation: Notation

  package init(_ steps: [Step], notation: Notation) {
    self.steps = steps
    self.notation = notation
  }
}
