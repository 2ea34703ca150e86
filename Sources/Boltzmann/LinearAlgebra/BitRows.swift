/// Rows of packed bits in one block of memory: what kernels work on.
///
/// Bit j of a row is bit j mod 64 of its word j / 64; the bits beyond the last column are 0. A
/// reference type without locks: whoever shares one among threads must give them different rows.
@safe final class BitRows: @unchecked Sendable {
  let rows: Int
  let columns: Int
  /// Words from one row to the next: as few as hold the columns.
  let stride: Int
  private let memory: UnsafeMutablePointer<UInt64>

  /// All zeros.
  init(rows: Int, columns: Int) {
    precondition(rows >= 0 && columns >= 0, "A matrix has no negative size.")
    (self.rows, self.columns) = (rows, columns)
    stride = (columns + 63) / 64
    unsafe memory = .allocate(capacity: max(rows * stride, 1))
    unsafe memory.initialize(repeating: 0, count: max(rows * stride, 1))
  }

  deinit {
    unsafe memory.deallocate()
  }

  func copy() -> BitRows {
    let copy = BitRows(rows: rows, columns: columns)
    unsafe copy.memory.update(from: memory, count: rows * stride)
    return copy
  }

  /// The first word of a row; the row after the last is allowed, to say where the memory ends.
  @unsafe func pointer(_ row: Int = 0) -> UnsafeMutablePointer<UInt64> {
    precondition(row >= 0 && row <= rows, "No such row.")
    return unsafe memory + row * stride
  }

  subscript(row: Int, column: Int) -> Bool {
    get {
      precondition(row < rows && column >= 0 && column < columns, "No such entry.")
      return unsafe pointer(row)[column >> 6] >> UInt64(column & 63) & 1 == 1
    }
    set {
      precondition(row < rows && column >= 0 && column < columns, "No such entry.")
      let bit = UInt64(1) << UInt64(column & 63)
      let word = unsafe pointer(row) + (column >> 6)
      unsafe word.pointee = newValue ? word.pointee | bit : word.pointee & ~bit
    }
  }

  /// Copies a row of another matrix of as many columns.
  func setRow(_ row: Int, to source: BitRows, _ sourceRow: Int) {
    setRow(row, to: source, sourceRow, words: 0..<stride)
  }

  /// Copies some words of a row of another matrix of as many columns.
  func setRow(_ row: Int, to source: BitRows, _ sourceRow: Int, words: Range<Int>) {
    precondition(columns == source.columns && row < rows && sourceRow < source.rows, "No such row.")
    precondition(words.lowerBound >= 0 && words.upperBound <= stride, "No such words.")
    unsafe (pointer(row) + words.lowerBound)
      .update(from: source.pointer(sourceRow) + words.lowerBound, count: words.count)
  }

  /// The words of a row.
  func words(_ row: Int) -> [UInt64] {
    precondition(row < rows, "No such row.")
    return unsafe Array(UnsafeBufferPointer(start: pointer(row), count: stride))
  }

  /// The number of bits that are 1 in a row.
  func onCount(_ row: Int) -> Int {
    precondition(row < rows, "No such row.")
    var count = 0
    for word in 0..<stride { unsafe count += pointer(row)[word].nonzeroBitCount }
    return count
  }

  /// Exchanges two rows.
  func swapRows(_ one: Int, _ other: Int) {
    precondition(one < rows && other < rows, "No such row.")
    for word in 0..<stride {
      let (first, second) = unsafe (pointer(one) + word, pointer(other) + word)
      unsafe (first.pointee, second.pointee) = (second.pointee, first.pointee)
    }
  }
}
