internal import Foundation
internal import Notebooks

/// What tells this build of the program from every other.
enum Program {
  /// Of the executable's size and the moment it was written; nil if they cannot be read. Results are
  /// kept for one build only: nobody has to remember to raise a version when a directive changes.
  /// Its bytes would take longer to read than most notebooks to run.
  static var fingerprint: String? {
    guard let path = Bundle.main.executablePath,
      let attributes = try? FileManager.default.attributesOfItem(atPath: path),
      let size = attributes[.size] as? Int, let written = attributes[.modificationDate] as? Date
    else { return nil }
    let moment = written.timeIntervalSinceReferenceDate.bitPattern
    return StoreKey(of: Data("\(size) \(moment)".utf8)).hex
  }
}
