extension BoltzmannMachine {
  /// max |ΔE_i| over all states of the other units that agree with a clamp. Cost: the unit's degree.
  func largestEnergyGap(of unit: Int, _ clamp: Clamp) -> Double {
    var (low, high) = (biases[unit], biases[unit])
    for entry in couplings.starts[unit]..<couplings.starts[unit + 1] {
      let weight = couplings.weights[entry]
      switch clamp[Int(couplings.neighbours[entry])] {
      case true: (low, high) = (low + weight, high + weight)
      case false: break
      case nil: (low, high) = (low + min(weight, 0), high + max(weight, 0))
      }
    }
    return max(abs(low), abs(high))
  }
}
