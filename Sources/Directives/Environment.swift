internal import Boltzmann
internal import Foundation

/// What the environment asks of the engine; none of it changes a result.
package enum Environment {
  /// The number of threads that `HARMONIUM_THREADS` names; nil if it names none.
  ///
  /// Throws a sentence if that, or the kernels that `HARMONIUM_KERNELS` names, cannot be had.
  package static func threads() throws -> Int? {
    _ = try Kernels.requested()
    return try Threads.requested()
  }

  /// The shortest time between two checkpoints of a run: a second, or as many milliseconds as
  /// `HARMONIUM_CHECKPOINTS` says. The tests interrupt runs that are shorter than that.
  static var checkpointPause: Duration {
    let asked = ProcessInfo.processInfo.environment["HARMONIUM_CHECKPOINTS"].flatMap { Int($0) }
    return .milliseconds(asked.map { max(0, $0) } ?? 1000)
  }
}
