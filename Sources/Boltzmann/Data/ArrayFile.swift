/// An array in a file, mapped and not copied: IDX (the format of MNIST) or NPY (NumPy's).
///
/// The first axis counts samples; the others are taken together as the units of a sample.
public struct ArrayFile: Sendable {
  /// How one value is stored.
  public enum Element: String, Sendable, Hashable {
    /// One byte, 0 … 255.
    case uint8
    /// IEEE single precision.
    case float32
    /// IEEE double precision.
    case float64
    /// Four bytes with a sign.
    case int32
    /// Eight bytes with a sign.
    case int64

    var size: Int {
      switch self {
      case .uint8: 1
      case .float32, .int32: 4
      case .float64, .int64: 8
      }
    }
  }

  /// The lengths of the axes.
  public let shape: [Int]
  /// How one value is stored.
  public let element: Element
  private let file: MappedFile
  private let start: Int
  private let isBigEndian: Bool

  /// The number of samples.
  public var count: Int { shape[0] }
  /// The number of values in each sample.
  public var unitCount: Int { shape.dropFirst().reduce(1, *) }

  /// Maps a file whose format its first bytes tell.
  ///
  /// Throws if it cannot be read, is of another format, has an unsupported type of values, or has
  /// not as many bytes as its header says. Cost: that of the header.
  public init(path: String) throws(ArrayFileError) {
    let file = try MappedFile(path: path)
    let header = try ArrayHeader(file)
    // Without an empty axis: what follows it must be countable too.
    var values = 1
    for length in header.shape {
      let (product, overflow) = values.multipliedReportingOverflow(by: max(length, 1))
      guard !overflow, product < 1 << 48 else { throw .badHeader("it is too large") }
      values = product
    }
    if header.shape.contains(0) { values = 0 }
    let expected = header.start + values * header.element.size
    guard file.count >= expected else { throw .truncated(bytes: file.count, expected: expected) }
    guard file.count == expected else { throw .badHeader("bytes follow the last value") }
    (shape, element, start) = (header.shape, header.element, header.start)
    (self.file, isBigEndian) = (file, header.isBigEndian)
  }

  /// The value of a unit of a sample.
  public subscript(sample: Int, unit: Int) -> Double {
    precondition(sample >= 0 && sample < count, "There is no such sample.")
    precondition(unit >= 0 && unit < unitCount, "There is no such unit.")
    let offset = start + (sample * unitCount + unit) * element.size
    let bits = file.integer(at: offset, size: element.size, bigEndian: isBigEndian)
    switch element {
    case .uint8: return Double(bits)
    case .float32: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    case .float64: return Double(bitPattern: bits)
    case .int32: return Double(Int32(truncatingIfNeeded: bits))
    case .int64: return Double(Int64(truncatingIfNeeded: bits))
    }
  }

  /// Units that are on where a value exceeds the threshold, packed: 60,000 images of 784 pixels
  /// take 6 MB.
  public func binarized(above threshold: Double) -> BitMatrix {
    BitMatrix(rows: count, columns: unitCount) { self[$0, $1] > threshold }
  }

  /// The samples listed as a data set.
  public func dataset(_ samples: Range<Int>) -> Dataset {
    let shape = shape.count == 3 ? Dataset.ImageShape(height: shape[1], width: shape[2]) : nil
    return Dataset(
      values: samples.flatMap { sample in (0..<unitCount).map { self[sample, $0] } },
      unitCount: unitCount, imageShape: shape)
  }
}

/// Why a file is not an array that can be read.
public enum ArrayFileError: Error, Sendable, Hashable {
  /// There is no such regular file, or it may not be read.
  case unreadable(String)
  /// The first bytes are neither those of IDX nor those of NPY.
  case unknownFormat
  /// The header cannot be understood; a clause says why.
  case badHeader(String)
  /// The type of the values is not supported.
  case unsupportedType(String)
  /// The file ends too early.
  case truncated(bytes: Int, expected: Int)
}

extension ArrayFileError: CustomStringConvertible {
  /// The mistake in one sentence.
  public var description: String {
    switch self {
    case .unreadable(let path): "\(path) cannot be read."
    case .unknownFormat: "The file is neither IDX nor NPY."
    case .badHeader(let why): "The header of the file is wrong: \(why)."
    case .unsupportedType(let type): "Values of the type \(type) are not supported."
    case .truncated(let bytes, let expected):
      "The file has \(bytes) bytes, but its header promises \(expected)."
    }
  }
}
