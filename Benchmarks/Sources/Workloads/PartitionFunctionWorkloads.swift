import Boltzmann
import Foundation

/// ln Z of a general machine with every pair of units connected.
struct MachinePartitionFunctionWorkload: Workload {
  static let name = "lnz-machine"

  private let machine: BoltzmannMachine
  private let threads: Int

  init(_ options: inout Options) throws {
    let units = try options.take("units", 24)
    threads = try options.take("threads", 1)
    let stream = RandomStream(seed: 1, name: Self.name)
    let pairs = (0..<units).flatMap { i in (i + 1..<units).map { (i, $0) } }
    machine = try BoltzmannMachine(
      unitCount: units,
      edges: pairs.enumerated().map { number, pair in
        Couplings.Edge(
          pair.0, pair.1, 0.3 * stream.normal(.weights, step: 0, chain: 0, unit: number))
      },
      biases: (0..<units).map { stream.normal(.weights, step: 0, chain: 1, unit: $0) })
  }

  mutating func run(repetition: Int) throws -> Measurement {
    let states = exp2(Double(machine.unitCount))
    var logZ = 0.0
    var measurement = try Measurement(work: 1, unit: "ln Z") {
      logZ = try machine.logPartitionFunction(threads: threads)
    }
    measurement.quality = logZ
    // exp of a field changes by one factor, and the state joins the sum.
    measurement.demands = [.doubleFmas(2 * states)]
    return measurement
  }
}

/// ln Z of a restricted machine by enumerating its hidden units.
struct LayeredPartitionFunctionWorkload: Workload {
  static let name = "lnz-rbm"

  private let machine: RestrictedBoltzmannMachine
  private let threads: Int

  init(_ options: inout Options) throws {
    let visible = try options.take("visible", 784)
    let hidden = try options.take("hidden", 20)
    threads = try options.take("threads", 1)
    let path = try options.take("parameters", ".data/rbm-784x20.floats")
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    let values = data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    guard values.count == visible * hidden + visible + hidden else {
      throw OptionError(text: "\(path) does not hold \(visible)×\(hidden) weights and biases.")
    }
    machine = try RestrictedBoltzmannMachine(
      weights: Matrix(rows: visible, columns: hidden) { values[$0 * hidden + $1] },
      visibleBiases: Array(values[visible * hidden..<visible * hidden + visible]),
      hiddenBiases: Array(values[(visible * hidden + visible)...]))
  }

  mutating func run(repetition: Int) throws -> Measurement {
    let terms =
      exp2(Double(min(machine.visibleCount, machine.hiddenCount)))
      * Double(max(machine.visibleCount, machine.hiddenCount))
    var logZ = 0.0
    var measurement = try Measurement(work: 1, unit: "ln Z") {
      logZ = try machine.logPartitionFunction(threads: threads)
    }
    measurement.quality = logZ
    // For each term, exp of its field changes by one factor, and 1 + it joins a product.
    measurement.demands = [.doubleFmas(2 * terms)]
    return measurement
  }
}
