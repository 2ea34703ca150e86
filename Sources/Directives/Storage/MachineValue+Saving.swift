internal import Boltzmann
internal import Notebooks

extension MachineValue: SavableModel {
  static let modelKinds = [BoltzmannMachine.modelKind, HopfieldNetwork.modelKind]

  /// The units' names and the values they are written with besides what the engine's machine has; of
  /// a Hopfield net, what it stores.
  var record: ModelRecord {
    if let memory { return memory.record(unitNames: unitNames) }
    return machine.record.adding([
      "units": unitNames.joined(separator: " "), "states": units.rawValue,
      "energy": "E(s) = - sum_c weights[c] s[connections[c,0]] s[connections[c,1]] "
        + "- sum_i biases[i] s[i] with s = 0 or 1; p(s) = exp(-E/T)/Z",
    ])
  }

  init(_ record: ModelRecord, named name: String) throws(ModelFileError) {
    if record.kind == HopfieldNetwork.modelKind {
      self = try MachineValue(hopfieldNet: record, named: name)
      return
    }
    try record.checkFields(["visible", "units", "states", "energy"])
    let machine = try BoltzmannMachine(record)
    let names = try record.unitNames(machine.unitCount)
    let states = try record.field("states")
    guard let units = Units(rawValue: states) else { throw .field("states", states) }
    self.init(name: name, machine: machine, unitNames: names, units: units)
  }

  var summary: String {
    if let memory { return "A Hopfield net: \(memory.summary)" }
    let hidden = machine.unitCount - machine.visibleCount
    let edges = machine.edges.count
    return "A machine of \(machine.unitCount) units (\(machine.visibleCount) visible, \(hidden) "
      + "hidden), each \(units == .binary ? "0 or 1" : "-1 or +1"); \(edges) "
      + "\(edges == 1 ? "connection" : "connections")."
  }
}
