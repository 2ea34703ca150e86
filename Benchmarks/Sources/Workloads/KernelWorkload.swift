/// One kernel, called again and again until a twentieth of a second has passed.
struct KernelWorkload: Workload {
  static let name = "kernel"

  private let kernel: KernelCase
  private let calls: Int

  init(_ options: inout Options) throws {
    let wanted = try options.take("case", "")
    guard let found = kernelCases().first(where: { $0.name == wanted }) else {
      let names = kernelCases().map(\.name).joined(separator: "\n")
      throw OptionError(text: "There is no kernel case \"\(wanted)\"; there are\n\(names)")
    }
    kernel = found
    let single = Measurement(work: 1, unit: "call") { found.run() }
    calls = max(1, Int(0.05 / max(single.seconds, 1e-9)))
  }

  mutating func run(repetition: Int) throws -> Measurement {
    var measurement = Measurement(work: Double(calls), unit: "call") {
      for _ in 0..<calls { kernel.run() }
    }
    measurement.demands = kernel.demands.map { $0.times(Double(calls)) }
    return measurement
  }
}

extension Demand {
  func times(_ factor: Double) -> Demand {
    switch self {
    case .adds(let amount): .adds(amount * factor)
    case .fmas(let amount): .fmas(amount * factor)
    case .doubleFmas(let amount): .doubleFmas(amount * factor)
    case .products(let amount): .products(amount * factor)
    case .bytes(let amount, let workingSet): .bytes(amount * factor, workingSet: workingSet)
    }
  }
}
