/// SHA-256: 32 bytes that no two different messages have in common, as far as anyone knows.
///
/// Bytes are taken in as they come; cost: a few nanoseconds a byte. Source: FIPS 180-4, "Secure Hash
/// Standard", 2015, section 6.2.
struct SHA256: Sendable {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]
  /// Bytes that do not fill a block yet; fewer than 64.
  private var rest: [UInt8] = []
  private var count: UInt64 = 0

  /// Of no bytes.
  init() {}

  /// Takes in bytes.
  mutating func update(_ bytes: some Collection<UInt8>) {
    for byte in bytes { take(byte) }
  }

  /// The 32 bytes for all bytes taken in so far.
  func digest() -> [UInt8] {
    var last = self
    let bits = count &* 8
    last.take(0x80)
    while last.rest.count != 56 { last.take(0) }
    for byte in bits.bytes { last.take(byte) }
    return last.state.flatMap(\.bytes)
  }

  /// The digest in hexadecimal digits.
  func hexDigest() -> String { Self.hex(digest()) }

  /// The digest of some bytes in hexadecimal digits.
  static func hex(of bytes: some Collection<UInt8>) -> String {
    var hash = SHA256()
    hash.update(bytes)
    return hash.hexDigest()
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  private mutating func take(_ byte: UInt8) {
    rest.append(byte)
    count &+= 1
    if rest.count == 64 {
      compress()
      rest.removeAll(keepingCapacity: true)
    }
  }

  /// Mixes a full block into the state.
  private mutating func compress() {
    var w = [UInt32](repeating: 0, count: 64)
    for word in 0..<16 {
      w[word] = (0..<4).reduce(0) { $0 << 8 | UInt32(rest[4 * word + $1]) }
    }
    for t in 16..<64 {
      let (a, b) = (w[t - 15], w[t - 2])
      let small = a.turned(7) ^ a.turned(18) ^ (a >> 3)
      let large = b.turned(17) ^ b.turned(19) ^ (b >> 10)
      w[t] = w[t - 16] &+ small &+ w[t - 7] &+ large
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for t in 0..<64 {
      let choice = (e & f) ^ (~e & g)
      let majority = (a & b) ^ (a & c) ^ (b & c)
      let first =
        h &+ (e.turned(6) ^ e.turned(11) ^ e.turned(25)) &+ choice &+ Self.constants[t] &+ w[t]
      let second = (a.turned(2) ^ a.turned(13) ^ a.turned(22)) &+ majority
      (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ second)
    }
    for (word, value) in [a, b, c, d, e, f, g, h].enumerated() { state[word] &+= value }
  }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}

extension UInt32 {
  /// Turned to the right by so many bits.
  fileprivate func turned(_ bits: UInt32) -> UInt32 { self >> bits | self << (32 - bits) }
}

extension FixedWidthInteger {
  /// The bytes, high byte first.
  fileprivate var bytes: [UInt8] {
    stride(from: bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> $0) }
  }
}
