internal import CKernels

/// A named, counter-based source of random numbers: a pure function from a place to a number.
///
/// The 128-bit counter is (purpose, step, chain, unit / 4), the word is number unit mod 4 of the
/// block that Philox4x32-10 makes of it. Nothing is consumed, so no draw shifts another: chains,
/// threads and cells are independent of each other and of the order they run in.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
public struct RandomStream: Sendable, Hashable {
  /// What a number is drawn for; the first word of the counter.
  ///
  /// Draws of 32 bits (`word`, `bernoulli`) and of 64 bits (all others) lay the words of a block
  /// out differently, so one purpose should keep to one width.
  public enum Purpose: UInt32, Sendable, CaseIterable {
    /// The state a chain starts from.
    case initialState = 0
    /// The update of a unit.
    case update = 1
    /// The order in which units or samples are visited.
    case order = 2
    /// The exchange of two replicas.
    case swap = 3
    /// Weights and biases drawn before learning.
    case weights = 4
    /// Noise put on data, and the choice of data.
    case data = 5
    /// The state of one layer given another.
    case layer = 6
    /// Resampling of estimates.
    case resampling = 7
    /// The rest of an update whose first bits do not decide it.
    case tie = 8
    /// The noise of a real-valued unit.
    case noise = 9
  }

  /// The key of the cipher: its low word is the first key word.
  public let key: UInt64

  /// A stream with the key given, for known answers.
  public init(key: UInt64) {
    self.key = key
  }

  /// The stream called `name` under a seed.
  ///
  /// The UTF-8 bytes of the name are absorbed in blocks of 16, little-endian, the last one
  /// padded with zeros, then one closing block (length, 0, 0, 1): each block is the counter of
  /// one Philox call under the key so far, and the first two words of its result are the next
  /// key. The first key is the seed.
  public init(seed: UInt64, name: String) {
    key = Self.absorb(name, into: seed)
  }

  /// The stream called `name` below this one; streams of different names share no key.
  public func substream(named name: String) -> RandomStream {
    RandomStream(key: Self.absorb(name, into: key))
  }

  /// Stream number `index` below this one, by absorbing the block (low, high, 0, 2).
  public func substream(_ index: UInt64) -> RandomStream {
    let block = (UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32))
    return RandomStream(key: Self.absorb((block.0, block.1, 0, 2), into: key))
  }

  /// The four words of counter (purpose, step, chain, group) as they leave the cipher.
  @inline(__always)
  public func block(_ purpose: Purpose, step: Int, chain: Int, group: Int) -> SIMD4<UInt32> {
    precondition(
      UInt32(exactly: step) != nil && UInt32(exactly: chain) != nil
        && UInt32(exactly: group) != nil, "A counter word must fit 32 bits.")
    let words = hm_philox4x32_10(
      purpose.rawValue, UInt32(truncatingIfNeeded: step), UInt32(truncatingIfNeeded: chain),
      UInt32(truncatingIfNeeded: group), UInt32(truncatingIfNeeded: key),
      UInt32(truncatingIfNeeded: key >> 32))
    return SIMD4(words.x, words.y, words.z, words.w)
  }

  /// Uniform on 0 ..< 2³².
  public func word(_ purpose: Purpose, step: Int, chain: Int, unit: Int) -> UInt32 {
    block(purpose, step: step, chain: chain, group: unit >> 2)[unit & 3]
  }

  /// Uniform on 0 ..< 2⁶⁴: words 0 and 1 (even unit) or 2 and 3 (odd unit) of group unit / 2.
  public func doubleWord(_ purpose: Purpose, step: Int, chain: Int, unit: Int) -> UInt64 {
    let words = block(purpose, step: step, chain: chain, group: unit >> 1)
    let low = (unit & 1) * 2
    return UInt64(words[low + 1]) << 32 | UInt64(words[low])
  }

  private static func absorb(_ name: String, into seed: UInt64) -> UInt64 {
    var key = seed
    var words: [UInt32] = [0, 0, 0, 0]
    var length = 0
    for byte in name.utf8 {
      words[(length >> 2) & 3] |= UInt32(byte) << (8 * UInt32(length & 3))
      length += 1
      guard length & 15 == 0 else { continue }
      key = absorb((words[0], words[1], words[2], words[3]), into: key)
      words = [0, 0, 0, 0]
    }
    if length & 15 != 0 { key = absorb((words[0], words[1], words[2], words[3]), into: key) }
    return absorb((UInt32(truncatingIfNeeded: length), 0, 0, 1), into: key)
  }

  private static func absorb(
    _ block: (UInt32, UInt32, UInt32, UInt32), into key: UInt64
  ) -> UInt64 {
    let words = hm_philox4x32_10(
      block.0, block.1, block.2, block.3, UInt32(truncatingIfNeeded: key),
      UInt32(truncatingIfNeeded: key >> 32))
    return UInt64(words.y) << 32 | UInt64(words.x)
  }
}
