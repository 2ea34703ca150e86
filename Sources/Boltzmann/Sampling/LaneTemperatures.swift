internal import CKernels

/// The temperatures of the chains of a lane block, as the kernels of a machine take them.
struct LaneTemperatures: Sendable {
  /// T ln 2 / quantum for [level of the machine, lane]: what the noise of an update is scaled by.
  /// Empty for a tabulated machine.
  private(set) var scales: [Float] = []
  /// What a tabulated machine compares random bits with.
  private(set) var thresholds = Thresholds()

  /// One temperature for all chains.
  init(_ temperature: Double, of kernel: SingleUnitKernel) {
    self.init([temperature], of: kernel)
  }

  /// A temperature for each chain, positive and finite: at least one, at most sixteen. Lanes beyond
  /// the last take its temperature.
  init(_ temperatures: [Double], of kernel: SingleUnitKernel) {
    precondition(
      temperatures.allSatisfy { $0 > 0 && $0.isFinite }, "A temperature is positive and finite.")
    precondition(
      (1...LaneBlock.width).contains(temperatures.count), "A block has one to sixteen chains.")
    switch kernel.form {
    case .whole(let machine):
      scales = machine.levelQuanta.flatMap { quantum in
        Self.lanes(temperatures.map { Self.scale(quantum, $0) })
      }
    case .tabulated(let machine):
      for level in machine.levels {
        thresholds.append(level, machine.quantum, temperatures, kernel.rule)
      }
    }
  }

  private static func scale(_ quantum: Double, _ temperature: Double) -> Float {
    let (smallest, largest) = (Double(HM_SMALLEST_SCALE), Double(HM_LARGEST_SCALE))
    return Float(max(smallest, min(temperature * naturalLogarithm(2) / quantum, largest)))
  }

  fileprivate static func lanes<Value>(_ values: [Value]) -> [Value] {
    (0..<LaneBlock.width).map { values[min($0, values.count - 1)] }
  }
}

/// The thresholds of each level of a tabulated machine, laid out as hm_tabulated_sweep says.
struct Thresholds: Sendable {
  private(set) var counts: [Int32] = []
  private(set) var bases: [Int32] = []
  private(set) var highs: [Int16] = []
  private(set) var lows: [UInt32] = []

  /// Heat bath: a threshold for each field that a unit can have. Metropolis: for each rise of the
  /// energy, from the largest down.
  fileprivate mutating func append(
    _ level: TabulatedMachine.Level, _ quantum: Double, _ temperatures: [Double],
    _ rule: UpdateRule
  ) {
    let rises =
      switch rule {
      case .heatBath: (level.lowest...level.highest).map { -$0 }
      case .metropolis: (0..<max(-level.lowest, level.highest)).reversed().map { $0 + 1 }
      }
    counts.append(Int32(rises.count))
    bases.append(Int32(rule == .heatBath ? level.lowest : -rises.count))
    for place in 0..<Int(HM_THRESHOLDS) {
      let values = temperatures.map { temperature -> UInt64 in
        guard place < rises.count else { return 0 }
        let change = Double(rises[place]) * (Double(level.multiple) * quantum)
        let p = rule.flipProbability(energyChange: change, temperature: temperature)
        return min(UInt64(p * 0x1p48), (1 << 48) - 1)
      }
      for value in LaneTemperatures.lanes(values) {
        highs.append(Int16(truncatingIfNeeded: Int(value >> 32) - (1 << 15)))
        lows.append(UInt32(truncatingIfNeeded: value))
      }
    }
  }
}
