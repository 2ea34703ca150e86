/// Whole numbers in memory that begins on a cache line, copied when they are shared and changed.
///
/// Arrays begin anywhere; half of a kernel's vectors would then lie across two lines, which takes
/// twice as long.
@safe struct WholeNumberLines: Sendable {
  /// No one changes the memory of an owner that is not the only one.
  @safe private final class Memory: @unchecked Sendable {
    let start: UnsafeMutableRawPointer

    init(_ values: UnsafeBufferPointer<Int32>) {
      let bytes = values.count * MemoryLayout<Int32>.stride
      unsafe start = .allocate(byteCount: max(bytes, 1), alignment: FloatRows.lineBytes)
      unsafe UnsafeMutableRawBufferPointer(start: start, count: bytes).copyMemory(
        from: UnsafeRawBufferPointer(values))
    }

    deinit {
      unsafe start.deallocate()
    }
  }

  let count: Int
  private var memory: Memory

  init(_ values: [Int32]) {
    count = values.count
    memory = unsafe values.withUnsafeBufferPointer { unsafe Memory($0) }
  }

  /// The numbers as a C function takes them; the pointer lives as long as the call.
  @unsafe func withPointer<Result>(_ body: (UnsafePointer<Int32>) -> Result) -> Result {
    withExtendedLifetime(memory) { unsafe body(memory.start.assumingMemoryBound(to: Int32.self)) }
  }

  /// The same for a function that changes them.
  @unsafe mutating func withMutablePointer(_ body: (UnsafeMutablePointer<Int32>) -> Void) {
    if !isKnownUniquelyReferenced(&memory) {
      memory = unsafe withPointer { unsafe Memory(UnsafeBufferPointer(start: $0, count: count)) }
    }
    withExtendedLifetime(memory) { unsafe body(memory.start.assumingMemoryBound(to: Int32.self)) }
  }
}
