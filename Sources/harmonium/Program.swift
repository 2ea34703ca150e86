internal import Foundation
internal import Notebooks

/// What tells this build of the program from every other.
enum Program {
  /// The SHA-256 of the executable's bytes; nil if they cannot be read. Results are kept for one
  /// build only: nobody has to remember to raise a version when a directive changes.
  static var fingerprint: String? {
    guard let path = Bundle.main.executablePath,
      let bytes = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    else { return nil }
    return StoreKey(of: bytes).hex
  }
}
