internal import Roofline

/// The most this machine does per second, on one core and on several at once.
public enum Roof {
  /// Operations per second by resource, and bytes read per second by working set, each the best of
  /// some tries: a limit is what was reached once.
  public static func measure() -> [String: any Sendable] {
    let operations: [(String, @Sendable (Int) -> Double)] = [
      ("adds", roofline_adds), ("fmas", roofline_fmas), ("double fmas", roofline_double_fmas),
      ("products", roofline_products),
    ]
    var rates: [String: Double] = [:]
    for (name, body) in operations {
      let work = body(1 << 20)
      rates[name] = work / fastest { _ = body(1 << 20) }
    }
    let sizes = [16, 32, 128, 256, 512, 1024, 4096, 16384, 65536, 262_144].map { $0 << 10 }
    let bandwidth = sizes.map { size -> [String: Double] in
      let block = Block<UInt8>(rows: 1, columns: size)
      let rounds = max(1, (64 << 20) / size)
      let seconds = fastest { roofline_read(block.start, size, rounds) }
      return ["bytes": Double(size), "rate": Double(size * rounds) / seconds]
    }
    return [
      "instruction set": String(cString: roofline_instruction_set()), "rates": rates,
      "bandwidth": bandwidth,
    ]
  }

  private static func fastest(_ body: () -> Void) -> Double {
    (0..<7).map { _ in Measurement(work: 1, unit: "call", body).seconds }.min() ?? .infinity
  }
}
