/// What rounding to whole quanta takes from a machine's energies.
extension SingleUnitKernel {
  /// The most by which the energy of a chain differs from that of its state: what is taken from the
  /// biases, and from the weights at both of their units.
  public var energyResolution: Double {
    (0..<machine.unitCount).reduce(0) { sum, unit in
      let rounding = rounding(at: unit)
      return sum + rounding.bias + rounding.weights / 2
    }
  }

  /// The most by which an energy gap of a chain differs from that of its state: parameters far below a
  /// unit's largest are rounded to its quantum, which counts where T is not far above it.
  public var gapResolution: Double {
    (0..<machine.unitCount).reduce(0) { most, unit in
      let rounding = rounding(at: unit)
      return max(most, rounding.bias + rounding.weights)
    }
  }

  private func rounding(at unit: Int) -> (bias: Double, weights: Double) {
    let (couplings, quantum) = (machine.couplings, quantum(of: unit))
    func rest(_ value: Double) -> Double {
      abs(value - quantum * (value / quantum).rounded(.toNearestOrEven))
    }
    let weights = couplings.weights[couplings.starts[unit]..<couplings.starts[unit + 1]]
    return (rest(machine.biases[unit]), weights.reduce(0) { $0 + rest($1) })
  }

  private func quantum(of unit: Int) -> Double {
    switch form {
    case .whole(let machine): machine.quanta[unit]
    case .tabulated(let machine): machine.quantum
    }
  }
}
