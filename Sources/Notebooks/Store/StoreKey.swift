internal import Crypto
package import Foundation

/// The SHA-256 of everything that a result depends on: what the store finds it by.
package struct StoreKey: Hashable, Sendable {
  /// 64 hexadecimal digits, in small letters.
  package let hex: String

  /// The key of these bytes.
  package init(of bytes: some DataProtocol) { hex = Self.hexadecimal(SHA256.hash(data: bytes)) }

  /// The key of a list of texts; lists that differ in any way have different keys.
  package init(of texts: [String]) {
    var bytes: [UInt8] = []
    for text in texts {
      bytes += Array("\(text.utf8.count):".utf8)
      bytes += Array(text.utf8)
    }
    self.init(of: bytes)
  }

  /// The key of something else that the same things decide, such as a checkpoint.
  package func derived(_ purpose: String) -> StoreKey { StoreKey(of: [hex, purpose]) }

  /// The 32 bytes of the SHA-256 of `key`'s digits and `bytes`: what an entry is checked with.
  static func checksum(of bytes: some DataProtocol, for key: StoreKey) -> [UInt8] {
    var hash = SHA256()
    hash.update(data: Array(key.hex.utf8))
    hash.update(data: bytes)
    return Array(hash.finalize())
  }

  private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
