import Foundation

/// What a workload needs of the machine; with the machine's rates this bounds its time from below.
public enum Demand: Sendable {
  /// Additions of Floats.
  case adds(Double)
  /// Operations of the fused multiply-add units on Floats.
  case fmas(Double)
  /// The same on Doubles.
  case doubleFmas(Double)
  /// Products of 32 × 32 → 64 bits.
  case products(Double)
  /// Bytes read or written again and again within a working set of so many bytes.
  case bytes(Double, workingSet: Int)
  /// Lines of 16 Floats added up from a table in the first cache. This and what follows are phases:
  /// their times add up.
  case lines(Double)
  /// Sums of two lines stored in such a table.
  case sums(Double)
  /// Words of Philox4x32-10.
  case words(Double)
  /// Logistic functions.
  case logistics(Double)
  /// Bytes read within a working set of so many bytes.
  case read(Double, workingSet: Int)
  /// Bytes read, changed and written within a working set of so many bytes.
  case moved(Double, workingSet: Int)

  fileprivate var json: [String: any Sendable] {
    switch self {
    case .adds(let amount): ["resource": "adds", "amount": amount]
    case .fmas(let amount): ["resource": "fmas", "amount": amount]
    case .doubleFmas(let amount): ["resource": "double fmas", "amount": amount]
    case .products(let amount): ["resource": "products", "amount": amount]
    case .bytes(let amount, let workingSet):
      ["resource": "bytes", "amount": amount, "working set": workingSet]
    case .lines(let amount): ["resource": "lines", "amount": amount, "phase": true]
    case .sums(let amount): ["resource": "sums", "amount": amount, "phase": true]
    case .words(let amount): ["resource": "words", "amount": amount, "phase": true]
    case .logistics(let amount): ["resource": "logistics", "amount": amount, "phase": true]
    case .read(let amount, let workingSet):
      ["resource": "read", "amount": amount, "working set": workingSet, "phase": true]
    case .moved(let amount, let workingSet):
      ["resource": "moved", "amount": amount, "working set": workingSet, "phase": true]
    }
  }
}

/// One repetition of a workload: how long, how much, how good.
public struct Measurement: Sendable {
  /// Wall-clock seconds of the work alone.
  public var seconds: Double
  /// The amount of work in those seconds.
  public var work: Double
  /// What the work is counted in.
  public var unit: String
  /// The figure that shows the work was done well.
  public var quality: Double?
  /// The text that must be equal wherever results must be.
  public var hash: String?
  /// What it took of the machine.
  public var demands: [Demand] = []

  /// Runs the work once under the clock.
  public init(work: Double, unit: String, _ body: () throws -> Void) rethrows {
    let clock = ContinuousClock()
    seconds = try clock.measure(body) / .seconds(1)
    (self.work, self.unit) = (work, unit)
  }

  /// One line of JSON.
  public func json(adding settings: [String: any Sendable]) throws -> String {
    var object = settings
    object["seconds"] = seconds
    object["work"] = work
    object["unit"] = unit
    object["quality"] = quality
    object["hash"] = hash
    if !demands.isEmpty { object["demands"] = demands.map(\.json) }
    let data = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
    return String(decoding: data, as: UTF8.self)
  }
}
