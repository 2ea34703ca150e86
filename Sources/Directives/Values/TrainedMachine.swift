internal import Boltzmann
internal import Notebooks

/// A machine that has learned, with the record of how.
struct TrainedMachine: TableValue, FigureValue, CompositeValue, QueryableValue {
  let machine: MachineValue
  let table: Table
  let figures: [(name: String, value: Double)]

  var kind: String { "a trained machine" }
  var core: any Value { machine }
  var functions: [String] { machine.functions }
  var takesRows: Bool { true }
  func answer(_ query: Query) throws(Diagnostic) -> Double { try machine.answer(query) }
}
