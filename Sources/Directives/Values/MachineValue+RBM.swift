internal import Boltzmann
internal import Notebooks

extension MachineValue {
  /// The most units of an RBM that becomes a machine.
  private static let unitLimit = 4096

  /// An RBM, known as `source`, as a machine of units v1 …, h1 ….
  init(
    _ rbm: RestrictedBoltzmannMachine, name: String, called source: Text
  ) throws(Diagnostic) {
    guard rbm.visibleUnits == .binary else {
      throw Diagnostic(
        "wrong-kind", at: source.place,
        "\(source.string.quoted) has Gaussian units, but those of a machine are 0 or 1")
    }
    guard rbm.visibleCount + rbm.hiddenCount <= Self.unitLimit else {
      throw Diagnostic(
        "limit-exceeded", at: source.place,
        "\(source.string.quoted) has \(rbm.visibleCount + rbm.hiddenCount) units; a machine has at "
          + "most \(Self.unitLimit)")
    }
    do {
      self.init(
        name: name, machine: try BoltzmannMachine(rbm),
        unitNames: (0..<rbm.visibleCount).map { "v\($0 + 1)" }
          + (0..<rbm.hiddenCount).map { "h\($0 + 1)" })
    } catch {
      throw Diagnostic("not-finite", at: source.place, "\(error)")
    }
  }
}

extension Context {
  /// A machine above, or an RBM as a machine called `name`, or as it is called itself.
  func machine(_ source: Text, name: String? = nil) throws(Diagnostic) -> MachineValue {
    guard let rbm = try? value(source, as: (any RBMSource).self, "an RBM").shown else {
      return try value(source, as: MachineValue.self, "a machine")
    }
    return try MachineValue(rbm, name: name ?? source.string, called: source)
  }
}
