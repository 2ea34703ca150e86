extension SingleUnitKernel {
  /// The most by which the energy of a chain differs from that of its state: what rounding to whole
  /// quanta takes from the biases, and from the weights at both of their units.
  public var energyResolution: Double {
    let couplings = machine.couplings
    var sum = 0.0
    for unit in 0..<machine.unitCount {
      let quantum = quantum(of: unit)
      func rest(_ value: Double) -> Double {
        abs(value - quantum * (value / quantum).rounded(.toNearestOrEven))
      }
      sum += rest(machine.biases[unit])
      for entry in couplings.starts[unit]..<couplings.starts[unit + 1] {
        sum += rest(couplings.weights[entry]) / 2
      }
    }
    return sum
  }

  private func quantum(of unit: Int) -> Double {
    switch form {
    case .whole(let machine): machine.quanta[unit]
    case .tabulated(let machine): machine.quantum
    }
  }
}
