internal import Boltzmann

/// What the environment asks of the engine; none of it changes a result.
package enum Environment {
  /// The number of threads that `HARMONIUM_THREADS` names; nil if it names none.
  ///
  /// Throws a sentence if that, or the kernels that `HARMONIUM_KERNELS` names, cannot be had.
  package static func threads() throws -> Int? {
    _ = try Kernels.requested()
    return try Threads.requested()
  }
}
