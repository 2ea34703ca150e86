internal import Boltzmann
package import Notebooks

extension Registry {
  /// The values that come back from the store. What another cell gives is computed again when a cell
  /// that reads it runs, so what costs much belongs into this list.
  static let storedValues: [any StorableValue.Type] = [
    DatasetValue.self, MachineValue.self, RBMValue.self, TrainedValue.self, TrainedMachine.self,
  ]
}

extension DatasetValue: StorableValue {
  package func write(to writer: inout StoreWriter) {
    writer.write(name)
    writer.write(dataset)
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    self.init(name: try reader.read(), dataset: try reader.read())
  }
}

extension MachineValue.Units: Storable {}

extension MachineValue: StorableValue {
  /// What a Hopfield net stores is made again in no time.
  package var isStorable: Bool { memory == nil }

  package func write(to writer: inout StoreWriter) {
    writer.write(name)
    writer.write(machine)
    writer.write(unitNames)
    writer.write(units)
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    let (name, machine) = (try reader.read(String.self), try reader.read(BoltzmannMachine.self))
    let unitNames: [String] = try reader.read()
    guard unitNames.count == machine.unitCount else { throw StoreFormatError() }
    self.init(name: name, machine: machine, unitNames: unitNames, units: try reader.read())
  }
}

extension RBMValue: StorableValue {
  func write(to writer: inout StoreWriter) {
    writer.write(name)
    writer.write(visibleCount)
    writer.write(hiddenCount)
    writer.write(units == .gaussian)
    for distribution in [weights, visibleBiases, hiddenBiases] { writer.write(distribution) }
    writer.write(stream.key)
    writer.write(given)
  }

  init(from reader: inout StoreReader) throws(StoreFormatError) {
    let name: String = try reader.read()
    let (visible, hidden) = (try reader.read(Int.self), try reader.read(Int.self))
    guard visible >= 1, hidden >= 1 else { throw StoreFormatError() }
    self.init(
      name: name, visibleCount: visible, hiddenCount: hidden,
      units: try reader.read(Bool.self) ? .gaussian : .binary, weights: try reader.read(),
      visibleBiases: try reader.read(), hiddenBiases: try reader.read(),
      stream: RandomStream(key: try reader.read()), given: try reader.read())
  }
}

extension TrainedValue: StorableValue {
  func write(to writer: inout StoreWriter) {
    writer.write(machine)
    writer.write(data)
    writer.write(table)
    writer.write(figures: figures)
  }

  init(from reader: inout StoreReader) throws(StoreFormatError) {
    self.init(
      machine: try reader.read(), data: try reader.read(), table: try reader.read(),
      figures: try reader.figures(), kernels: .standard)
  }
}

extension TrainedMachine: StorableValue {
  var isStorable: Bool { machine.isStorable }

  func write(to writer: inout StoreWriter) {
    writer.write(machine)
    writer.write(table)
    writer.write(figures: figures)
  }

  init(from reader: inout StoreReader) throws(StoreFormatError) {
    self.init(
      machine: try reader.read(), table: try reader.read(), figures: try reader.figures())
  }
}
