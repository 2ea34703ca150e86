internal import Roofline

/// The most this machine does per second, on one core and on several at once.
public enum Roof {
  /// Operations per second by resource, and bytes read per second by working set, each the best of
  /// some tries: a limit is what was reached once.
  public static func measure() -> [String: any Sendable] {
    let operations: [(String, @Sendable (Int) -> Double)] = [
      ("adds", roofline_adds), ("fmas", roofline_fmas), ("double fmas", roofline_double_fmas),
      ("products", roofline_products), ("words", roofline_philox),
      ("logistics", roofline_logistic),
    ]
    var rates: [String: Double] = [:]
    for (name, body) in operations {
      let work = body(1 << 20)
      rates[name] = work / fastest { _ = body(1 << 20) }
    }
    let sizes = [16, 32, 128, 256, 512, 1024, 4096, 16384, 65536, 262_144].map { $0 << 10 }
    (rates["lines"], rates["sums"]) = (lineRate(), sumRate())
    return [
      "instruction set": String(cString: roofline_instruction_set()), "rates": rates,
      "bandwidth": sizes.map { bandwidth($0) { roofline_read($0, $1, $2) } },
      "moved": sizes.prefix(7).map { bandwidth($0) { roofline_move($0, $1, $2) } },
    ]
  }

  private static func bandwidth(
    _ size: Int, _ body: (UnsafeMutableRawPointer, Int, Int) -> Void
  ) -> [String: Double] {
    let block = Block<UInt8>(rows: 1, columns: size)
    let rounds = max(1, (64 << 20) / size)
    let seconds = fastest { body(block.start, size, rounds) }
    return ["bytes": Double(size), "rate": Double(size * rounds) / seconds]
  }

  /// Lines of the table of sums of one word of inputs.
  private static let tableLines = 240

  /// Lines added per second, at places as irregular as those of states.
  private static func lineRate() -> Double {
    let table = Block<Float>(rows: 1, columns: 16 * tableLines)
    let places = Block<UInt16>(rows: 1, columns: 4096)
    var state: UInt32 = 1
    for i in 0..<places.count {
      state = state &* 1_664_525 &+ 1_013_904_223
      places.start[i] = UInt16(8 * (Int(state >> 8) % tableLines))
    }
    let rounds = 200
    let seconds = fastest {
      for _ in 0..<rounds { roofline_add_lines(table.start, places.start, places.count) }
    }
    return Double(rounds * places.count) / seconds
  }

  private static func sumRate() -> Double {
    let table = Block<Float>(rows: 1, columns: 16 * tableLines)
    let rounds = 4000
    let seconds = fastest {
      for _ in 0..<rounds { roofline_store_lines(table.start, tableLines) }
    }
    return Double(rounds * tableLines) / seconds
  }

  private static func fastest(_ body: () -> Void) -> Double {
    (0..<7).map { _ in Measurement(work: 1, unit: "call", body).seconds }.min() ?? .infinity
  }
}
