/// The states of a number of binary units, packed 64 to a word.
///
/// Unit i is bit i mod 64 of word i / 64; the bits beyond the last unit are zero.
public struct BitVector: Sendable, Hashable {
  /// The number of units.
  public let count: Int
  /// The packed states, unit 0 in the lowest bit of the first word.
  public private(set) var words: [UInt64]

  /// All units off.
  public init(zeros count: Int) {
    precondition(count >= 0, "A state has no negative number of units.")
    self.count = count
    words = Array(repeating: 0, count: (count + 63) >> 6)
  }

  /// All units on.
  public init(ones count: Int) {
    self.init(zeros: count)
    for unit in 0..<count { self[unit] = true }
  }

  /// The states listed, unit 0 first.
  public init(_ states: some Collection<Bool>) {
    self.init(zeros: states.count)
    for (unit, isOn) in states.enumerated() { self[unit] = isOn }
  }

  /// The state number `index`, in which unit i is bit i; at most 64 units.
  public init(index: UInt64, count: Int) {
    precondition(count <= 64, "Only states of at most 64 units are numbered.")
    precondition(count == 64 || index >> UInt64(count) == 0, "The index has too many bits.")
    self.init(zeros: count)
    if count > 0 { words[0] = index }
  }

  /// The states packed as `words` are; bits beyond the last unit are dropped.
  package init(words: [UInt64], count: Int) {
    precondition(count >= 0 && words.count == (count + 63) >> 6, "Every word holds 64 units.")
    (self.count, self.words) = (count, words)
    if count & 63 != 0 { self.words[count >> 6] &= (1 &<< UInt64(count & 63)) - 1 }
  }

  /// Whether unit `unit` is on.
  @inline(__always)
  public subscript(unit: Int) -> Bool {
    get {
      precondition(unit >= 0 && unit < count, "No such unit.")
      return (words[unit >> 6] &>> UInt64(unit & 63)) & 1 == 1
    }
    set {
      precondition(unit >= 0 && unit < count, "No such unit.")
      let bit = UInt64(1) &<< UInt64(unit & 63)
      words[unit >> 6] = newValue ? words[unit >> 6] | bit : words[unit >> 6] & ~bit
    }
  }

  /// The number of this state, Σ sᵢ 2ⁱ; at most 64 units.
  public var index: UInt64 {
    precondition(count <= 64, "Only states of at most 64 units are numbered.")
    return words.first ?? 0
  }

  /// The number of units that are on.
  public var onCount: Int {
    words.reduce(0) { $0 + $1.nonzeroBitCount }
  }

  /// The number of units in which two states differ.
  public func distance(to other: BitVector) -> Int {
    precondition(count == other.count, "Only states of as many units can be compared.")
    return zip(words, other.words).reduce(0) { $0 + ($1.0 ^ $1.1).nonzeroBitCount }
  }

  /// Every unit the other way round.
  public var reversed: BitVector {
    BitVector(words: words.map { ~$0 }, count: count)
  }

  /// The states of the units listed as a number, in which units[k] is bit k; at most 62 units.
  public func index(of units: [Int]) -> Int {
    precondition(units.count <= 62, "At most 62 units fit one number.")
    var index = 0
    for (bit, unit) in units.enumerated() where self[unit] { index |= 1 << bit }
    return index
  }
}

extension BitVector: CustomStringConvertible {
  /// The states as digits, unit 0 first.
  public var description: String {
    String((0..<count).map { self[$0] ? "1" : "0" })
  }
}
