internal import CKernels

/// The temperatures of the chains of a lane block, in the units of a machine.
struct LaneTemperatures: Sendable {
  /// T ln 2 / quantum for [level of the machine, lane]: what the noise of an update is scaled by.
  let scales: [Float]

  /// One temperature for all chains.
  init(_ temperature: Double, of kernel: SingleUnitKernel) {
    self.init(Array(repeating: temperature, count: LaneBlock.width), of: kernel)
  }

  /// A temperature for each chain, positive and finite; at most sixteen, at least one.
  init(_ temperatures: [Double], of kernel: SingleUnitKernel) {
    precondition(
      temperatures.allSatisfy { $0 > 0 && $0.isFinite }, "A temperature is positive and finite.")
    precondition(
      (1...LaneBlock.width).contains(temperatures.count), "A block has one to sixteen chains.")
    let (smallest, largest) = (Double(HM_SMALLEST_SCALE), Double(HM_LARGEST_SCALE))
    scales = kernel.whole.levelQuanta.flatMap { quantum in
      (0..<LaneBlock.width).map { lane in
        let unit = temperatures[min(lane, temperatures.count - 1)] * naturalLogarithm(2)
        return Float(max(smallest, min(unit / quantum, largest)))
      }
    }
  }
}
