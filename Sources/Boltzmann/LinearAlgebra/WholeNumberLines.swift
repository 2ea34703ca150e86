/// Whole numbers that stay as they are, in memory that begins on a cache line.
///
/// Arrays begin anywhere; half of a kernel's vectors would then lie across two lines, which takes
/// twice as long.
@safe final class WholeNumberLines: @unchecked Sendable {
  let count: Int
  private let memory: UnsafeMutableRawPointer

  init(_ values: [Int32]) {
    count = values.count
    let bytes = count * MemoryLayout<Int32>.stride
    unsafe memory = .allocate(byteCount: max(bytes, 1), alignment: FloatRows.lineBytes)
    unsafe memory.initializeMemory(as: Int32.self, from: values, count: count)
  }

  deinit {
    unsafe memory.deallocate()
  }

  /// The numbers as a C function takes them; the pointer lives as long as the call.
  @unsafe func withPointer<Result>(_ body: (UnsafePointer<Int32>) -> Result) -> Result {
    withExtendedLifetime(self) { unsafe body(memory.assumingMemoryBound(to: Int32.self)) }
  }
}
