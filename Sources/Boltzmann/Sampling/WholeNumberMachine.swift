internal import CKernels

/// A machine in whole numbers, as the kernels of sampling take it.
///
/// The field of unit i counts multiples of its quantum, a power of two of at most 2⁻²⁷ of
/// |b_i| + Σ_j |w_ij|. Weights and biases are rounded to multiples of it, at the unit that feels
/// them; parameters such as 0.75 or −2 are exact. From there on all fields are exact.
struct WholeNumberMachine: Sendable {
  /// How the weights are kept; what each unit adds to the doubled fields of the others.
  enum Form: Sendable {
    /// One weight per entry of the couplings' lists.
    case neighbours([Int32])
    /// A matrix in strips of columns, see hm_full_weights.
    case full(WholeNumberLines)
  }

  /// A machine of at least this many units, a quarter of whose pairs or more are connected, gets
  /// a full matrix, if it has no more than the kernels take.
  static let smallestFullCount = 64
  static let stripWidth = Int(HM_STRIP)
  static let largestFullCount = Int(HM_MOST_STRIPS) * stripWidth

  let couplings: Couplings
  let quanta: [Double]
  /// The different quanta, in the order of the first unit that has each.
  let levelQuanta: [Double]
  /// Which of them each unit has.
  let levels: [Int32]
  /// In quanta.
  let biases: [Int32]
  let form: Form

  var unitCount: Int { couplings.unitCount }

  /// The machine, in the form that suits it or the one asked for.
  init(_ machine: BoltzmannMachine, isFull: Bool? = nil) {
    let couplings = machine.couplings
    let count = couplings.unitCount
    let quanta = (0..<count).map { unit in
      let weights = couplings.weights[couplings.starts[unit]..<couplings.starts[unit + 1]]
      return Self.quantum(weights.reduce(abs(machine.biases[unit])) { $0 + abs($1) })
    }
    let entries = couplings.neighbours.indices.map { entry in
      let quantum = quanta[Int(couplings.neighbours[entry])]
      return 2 * Self.count(of: quantum, in: couplings.weights[entry])
    }
    biases = (0..<count).map { Self.count(of: quanta[$0], in: machine.biases[$0]) }
    let isDense =
      (Self.smallestFullCount...Self.largestFullCount).contains(count)
      && 4 * entries.count >= count * count
    form = isFull ?? isDense ? .full(Self.strips(couplings, entries)) : .neighbours(entries)
    (self.couplings, self.quanta) = (couplings, quanta)
    (levelQuanta, levels) = Self.levels(of: quanta)
  }

  /// Cells of a block of chains.
  var cellCount: Int {
    switch form {
    case .neighbours: unitCount * LaneBlock.width
    case .full: Self.strips(of: unitCount) * Self.stripWidth * LaneBlock.width
    }
  }

  /// A power of two that is contained at most 2²⁸ times in the largest field.
  private static func quantum(_ largest: Double) -> Double {
    guard largest > 0 else { return 1 }
    let exponent = max(Int(largest.exponent) - 27, -1022)
    return Double(sign: .plus, exponent: exponent, significand: 1)
  }

  private static func levels(of quanta: [Double]) -> (different: [Double], levels: [Int32]) {
    var numbers: [Double: Int32] = [:]
    var different: [Double] = []
    let levels = quanta.map { quantum in
      if let number = numbers[quantum] { return number }
      let number = Int32(different.count)
      different.append(quantum)
      numbers[quantum] = number
      return number
    }
    return (different, levels)
  }

  private static func count(of quantum: Double, in value: Double) -> Int32 {
    Int32((value / quantum).rounded(.toNearestOrEven))
  }

  private static func strips(of count: Int) -> Int { (count + stripWidth - 1) / stripWidth }

  private static func strips(_ couplings: Couplings, _ entries: [Int32]) -> WholeNumberLines {
    let count = couplings.unitCount
    var weights = [Int32](repeating: 0, count: strips(of: count) * count * stripWidth)
    func place(_ from: Int, _ to: Int) -> Int {
      (to / stripWidth * count + from) * stripWidth + to % stripWidth
    }
    for unit in 0..<count {
      weights[place(unit, unit)] = 1
      for entry in couplings.starts[unit]..<couplings.starts[unit + 1] {
        weights[place(unit, Int(couplings.neighbours[entry]))] = entries[entry]
      }
    }
    return WholeNumberLines(weights)
  }
}
