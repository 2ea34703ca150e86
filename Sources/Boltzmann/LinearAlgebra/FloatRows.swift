/// Rows of Floats in one block of memory, each beginning on a cache line: what kernels work on.
///
/// The columns up to `stride` are padding; they are 0 and stay 0. A reference type without locks:
/// whoever shares one among threads must give them different rows.
@safe final class FloatRows: @unchecked Sendable {
  static let lineBytes = 64
  static let lineFloats = 16

  let rows: Int
  let columns: Int
  /// Floats from one row to the next; a multiple of `lineFloats`.
  let stride: Int
  private let memory: UnsafeMutableRawPointer

  /// All zeros.
  init(rows: Int, columns: Int) {
    precondition(rows >= 0 && columns >= 0, "A matrix has no negative size.")
    (self.rows, self.columns) = (rows, columns)
    let lines = (columns + Self.lineFloats - 1) / Self.lineFloats
    // With an even number of lines, the same columns of all rows compete for few places in the
    // cache: a factor of two in time.
    stride = (lines < 8 ? lines : lines | 1) * Self.lineFloats
    let bytes = max(rows * stride * MemoryLayout<Float>.size, Self.lineBytes)
    unsafe memory = .allocate(byteCount: bytes, alignment: Self.lineBytes)
    unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
  }

  deinit {
    unsafe memory.deallocate()
  }

  func copy() -> FloatRows {
    let copy = FloatRows(rows: rows, columns: columns)
    unsafe copy.memory.copyMemory(
      from: memory, byteCount: rows * stride * MemoryLayout<Float>.size)
    return copy
  }

  /// The first value of a row; the row after the last is allowed, to say where the memory ends.
  @unsafe func pointer(_ row: Int = 0) -> UnsafeMutablePointer<Float> {
    precondition(row >= 0 && row <= rows, "No such row.")
    return unsafe memory.assumingMemoryBound(to: Float.self) + row * stride
  }

  subscript(row: Int, column: Int) -> Float {
    get {
      precondition(row < rows && column >= 0 && column < columns, "No such entry.")
      return unsafe pointer(row)[column]
    }
    set {
      precondition(row < rows && column >= 0 && column < columns, "No such entry.")
      unsafe pointer(row)[column] = newValue
    }
  }

  /// Copies a row of another matrix of as many columns.
  func setRow(_ row: Int, to source: FloatRows, _ sourceRow: Int) {
    precondition(columns == source.columns && row < rows && sourceRow < source.rows, "No such row.")
    unsafe pointer(row).update(from: source.pointer(sourceRow), count: stride)
  }

  /// Copies values into a row, from its first column on.
  func setRow(_ row: Int, to values: some Collection<Float>) {
    precondition(row < rows && values.count == columns, "A row has as many values as columns.")
    let target = unsafe pointer(row)
    for (column, value) in values.enumerated() { unsafe target[column] = value }
  }

  /// The values of a row, without the padding.
  func row(_ row: Int) -> [Float] {
    precondition(row < rows, "No such row.")
    return unsafe Array(UnsafeBufferPointer(start: pointer(row), count: columns))
  }
}

extension FloatRows {
  /// x = factor · x for a row.
  func scale(_ row: Int, by factor: Float) {
    precondition(row < rows, "No such row.")
    let values = unsafe pointer(row)
    for column in 0..<columns { unsafe values[column] *= factor }
  }

  /// Exchanges two rows.
  func swapRows(_ one: Int, _ other: Int) {
    precondition(one < rows && other < rows, "No such row.")
    let (first, second) = unsafe (pointer(one), pointer(other))
    for column in 0..<columns {
      unsafe (first[column], second[column]) = (second[column], first[column])
    }
  }

  /// The first sixteen values of a row.
  @inline(__always)
  func line(_ row: Int) -> SIMD16<Float> {
    precondition(row < rows && stride > 0, "No such row.")
    return unsafe UnsafeRawPointer(pointer(row)).load(as: SIMD16<Float>.self)
  }

  /// Adds to the first sixteen values of a row.
  @inline(__always)
  func add(_ values: SIMD16<Float>, toLine row: Int) {
    let sum = line(row) + values
    unsafe UnsafeMutableRawPointer(pointer(row)).storeBytes(of: sum, as: SIMD16<Float>.self)
  }
}
