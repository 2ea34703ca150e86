import CKernels
import Testing

/// A table of kernels under test.
struct KernelTable: CustomTestStringConvertible, @unchecked Sendable {
  let pointer: UnsafePointer<hm_kernels>

  var kernels: hm_kernels { pointer.pointee }
  var name: String { String(cString: kernels.name) }
  var testDescription: String { name }

  init?(named name: String) {
    var found: UnsafePointer<hm_kernels>?
    guard hm_kernels_named(name, &found) == HM_KERNELS_FOUND, let found else { return nil }
    pointer = found
  }

  static var fastest: hm_kernels { hm_kernels_fastest().pointee }

  static var reference: hm_kernels {
    get throws { try #require(KernelTable(named: "reference")).kernels }
  }

  /// Every table this machine can run, the reference included.
  static let runnable = ["reference", "avx2", "avx512", "neon"].compactMap(KernelTable.init)
}

/// Sizes around each vector width, line and word.
let oddSizes = [0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 100, 129]

/// Reproducible values for tests.
struct TestValues {
  private var counter: UInt32 = 0
  private let seed: UInt32

  init(seed: Int) { self.seed = UInt32(truncatingIfNeeded: seed) }

  mutating func word() -> UInt64 {
    counter += 1
    let block = hm_philox4x32_10(counter, 0, 0, 0, seed, 0)
    return UInt64(block.x) << 32 | UInt64(block.y)
  }

  /// Any Float at all: subnormal, infinite and NaN ones too.
  mutating func pattern() -> Float { Float(bitPattern: UInt32(truncatingIfNeeded: word())) }

  /// Between −scale and scale.
  mutating func float(scale: Float = 1) -> Float {
    (Float(word() >> 40) * 0x1p-23 - 1) * scale
  }

  mutating func floats(_ count: Int, scale: Float = 1) -> [Float] {
    (0..<count).map { _ in float(scale: scale) }
  }

  /// Packed rows of `columns` bits; one bit in 2^sparsity is on.
  mutating func bits(rows: Int, columns: Int, sparsity: Int) -> [UInt64] {
    let words = (columns + 63) / 64
    return (0..<rows * words).map { index in
      let left = columns - index % words * 64
      let mask = left >= 64 ? UInt64.max : (1 << UInt64(left)) - 1
      return (0..<sparsity).reduce(mask) { bits, _ in bits & word() }
    }
  }
}

func wholeLines(_ count: Int) -> Int { (count + Int(HM_LINE) - 1) / Int(HM_LINE) * Int(HM_LINE) }

func patterns(_ values: [Float]) -> [UInt32] { values.map(\.bitPattern) }
