/// A machine whose fields take few values, in small whole numbers: lattices with a few different
/// couplings. Its updates compare random bits with thresholds, which is several times faster than
/// noise from a logarithm.
///
/// All weights and biases are multiples of one quantum, to 2⁻³⁰ of the largest; the field of a unit
/// counts multiples of a quantum of its own, which is one or more of that.
struct TabulatedMachine: Sendable {
  /// Units that draw from the same thresholds.
  struct Level: Sendable, Hashable {
    /// How many quanta of the machine the unit's own has.
    let multiple: Int16
    /// The lowest and the highest field, in the unit's quanta.
    let lowest: Int
    let highest: Int
  }

  /// Fields have at most this many values, and are at most this many quanta: the kernels' room.
  static let largestCount = 16
  /// The kernels' bound for what a unit adds to −2E.
  static let largestShare = 511
  /// Smaller machines are swept in no time as they are.
  static let smallestUnitCount = 64

  let couplings: Couplings
  /// The quantum of the machine.
  let quantum: Double
  /// In quanta of each unit.
  let biases: [Int16]
  /// One per entry of the couplings' lists: what it adds to the doubled field of the neighbour.
  let weights: [Int16]
  let multiples: [Int16]
  let levels: [Level]
  /// The level of each unit.
  let levelNumbers: [Int32]

  var unitCount: Int { couplings.unitCount }

  /// Nil when fields take too many values.
  init?(_ machine: BoltzmannMachine) {
    let couplings = machine.couplings
    guard let quantum = Self.quantum(machine.biases + couplings.weights) else { return nil }
    let wholeBiases = machine.biases.map { Int(($0 / quantum).rounded()) }
    let wholeWeights = couplings.weights.map { Int(($0 / quantum).rounded()) }
    var levels: [Level] = []
    var numbers: [Level: Int32] = [:]
    var levelNumbers: [Int32] = []
    for unit in 0..<couplings.unitCount {
      let weights = wholeWeights[couplings.starts[unit]..<couplings.starts[unit + 1]]
      guard let level = Self.level(wholeBiases[unit], weights) else { return nil }
      let number = numbers[level] ?? Int32(levels.count)
      if number == levels.count {
        levels.append(level)
        numbers[level] = number
      }
      levelNumbers.append(number)
    }
    (self.couplings, self.quantum) = (couplings, quantum)
    (self.levels, self.levelNumbers) = (levels, levelNumbers)
    let multiples = levelNumbers.map { levels[Int($0)].multiple }
    self.multiples = multiples
    biases = wholeBiases.indices.map { Int16(wholeBiases[$0] / Int(multiples[$0])) }
    weights = wholeWeights.indices.map {
      Int16(2 * wholeWeights[$0] / Int(multiples[Int(couplings.neighbours[$0])]))
    }
  }

  private static func level(_ bias: Int, _ weights: ArraySlice<Int>) -> Level? {
    let multiple = max(1, weights.reduce(abs(bias)) { divisor($0, abs($1)) })
    let lowest = weights.reduce(bias) { $0 + min($1, 0) } / multiple
    let highest = weights.reduce(bias) { $0 + max($1, 0) } / multiple
    let largest = max(abs(lowest), abs(highest))
    guard highest - lowest < largestCount, largest <= largestCount,
      (abs(bias / multiple) + largest) * multiple <= largestShare
    else { return nil }
    return Level(multiple: Int16(multiple), lowest: lowest, highest: highest)
  }

  /// The largest number of which all values are multiples, by Euclid's algorithm; nil when it is
  /// too small beside them, or when all are 0.
  private static func quantum(_ values: [Double]) -> Double? {
    let largest = values.reduce(0) { max($0, abs($1)) }
    guard largest > 0 else { return nil }
    let tolerance = largest * 0x1p-30
    func rest(_ value: Double, _ divisor: Double) -> Double {
      abs(value - divisor * (value / divisor).rounded())
    }
    var quantum = largest
    for value in values {
      var (divisor, rest) = (quantum, rest(value, quantum))
      while rest > tolerance {
        (divisor, rest) = (rest, abs(divisor - rest * (divisor / rest).rounded()))
      }
      if divisor < largest / Double(largestShare) { return nil }
      quantum = divisor
    }
    quantum = largest / (largest / quantum).rounded()
    return values.allSatisfy { rest($0, quantum) <= tolerance } ? quantum : nil
  }

  private static func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }
}
