import Boltzmann
import Foundation
import Testing

@Suite struct ArrayFileTests {
  /// A file with these bytes that lives as long as the test.
  private func file(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try Data(bytes).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    try body(url.path)
  }

  private func numpy(_ header: String, _ values: [UInt8], version: UInt8 = 1) -> [UInt8] {
    let length = header.utf8.count
    let size: [UInt8] =
      version == 1
      ? [UInt8(length & 255), UInt8(length >> 8)] : [UInt8(length & 255), UInt8(length >> 8), 0, 0]
    return [0x93] + Array("NUMPY".utf8) + [version, 0] + size + Array(header.utf8) + values
  }

  private let images: [UInt8] =
    [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3] + [0, 200, 0, 9, 255, 1, 127, 128, 0, 0, 0, 3]

  @Test func idxImages() throws {
    try file(images) { path in
      let array = try ArrayFile(path: path)
      #expect(array.shape == [2, 2, 3])
      #expect(array.unitCount == 6)
      #expect(array[0, 4] == 255)
      #expect(array[1, 1] == 128)
      let bits = array.binarized(above: 127)
      #expect(bits.row(0).description == "010010")
      #expect(bits.row(1).description == "010000")
      let dataset = array.dataset(1..<2)
      #expect(Array(dataset[0]) == [127, 128, 0, 0, 0, 3])
      #expect(dataset.imageShape == Dataset.ImageShape(height: 2, width: 3))
    }
  }

  @Test func numpyDoublesInBothByteOrders() throws {
    let value = 1.5.bitPattern
    let little = (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    for (order, bytes) in [("<", little), (">", little.reversed())] {
      let header = "{'descr': '\(order)f8', 'fortran_order': False, 'shape': (1, 2), }\n"
      try file(numpy(header, bytes + bytes)) { path in
        let array = try ArrayFile(path: path)
        #expect(array.shape == [1, 2])
        #expect(array[0, 1] == 1.5)
      }
    }
  }

  /// Labels as NumPy and IDX have them.
  @Test func wholeNumbers() throws {
    let header = "{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }"
    let minusTwo: [UInt8] = [0xfe] + [UInt8](repeating: 0xff, count: 7)
    try file(numpy(header, minusTwo + [3, 1, 0, 0, 0, 0, 0, 0])) { path in
      let array = try ArrayFile(path: path)
      #expect(array.unitCount == 1)
      #expect((0..<2).map { array[$0, 0] } == [-2, 259])
    }
    try file([0, 0, 12, 1, 0, 0, 0, 1, 0xff, 0xff, 0xff, 0xf0]) { path in
      let array = try ArrayFile(path: path)
      #expect(array[0, 0] == -16)
    }
  }

  @Test func numpyVersionTwo() throws {
    let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }"
    try file(numpy(header, [7, 8, 9], version: 2)) { path in
      let array = try ArrayFile(path: path)
      #expect(array.shape == [3])
      #expect(array[2, 0] == 9)
    }
  }

  @Test func brokenFiles() throws {
    func error(_ bytes: [UInt8]) throws -> ArrayFileError? {
      var found: ArrayFileError?
      try file(bytes) { path in
        do throws(ArrayFileError) { _ = try ArrayFile(path: path) } catch { found = error }
      }
      return found
    }
    #expect(try error([]) == .unknownFormat)
    #expect(try error(Array("hello".utf8)) == .unknownFormat)
    #expect(try error(images.dropLast()) == .truncated(bytes: 27, expected: 28))
    #expect(try error(images + [0]) == .badHeader("bytes follow the last value"))
    #expect(try error([0, 0, 9, 1, 0, 0, 0, 1, 0]) == .unsupportedType("IDX 9"))
    #expect(try error([0, 0, 8, 0]) == .badHeader("it has no axis"))
    #expect(try error([0, 0, 8, 2, 0, 0]) == .truncated(bytes: 6, expected: 12))
    let huge: [UInt8] = [0, 0, 8, 2, 255, 255, 255, 255, 255, 255, 255, 255]
    #expect(try error(huge) == .badHeader("it is too large"))
    // An axis of 0 makes no others countable.
    let empty: [UInt8] = [0, 0, 8, 4, 0, 0, 0, 0] + Array(repeating: 255, count: 12)
    #expect(try error(empty) == .badHeader("it is too large"))
    let wide = "{'descr': '|u1', 'fortran_order': False, 'shape': (0, 9223372036854775807, 2), }"
    #expect(try error(numpy(wide, [])) == .badHeader("it is too large"))
    let fortran = "{'descr': '<f8', 'fortran_order': True, 'shape': (1, 1), }"
    #expect(try error(numpy(fortran, [])) == .badHeader("its axes are in Fortran order"))
    let strings = "{'descr': '<U3', 'fortran_order': False, 'shape': (1,), }"
    #expect(try error(numpy(strings, [])) == .unsupportedType("<U3"))
    let negative = "{'descr': '|u1', 'fortran_order': False, 'shape': (-1,), }"
    #expect(try error(numpy(negative, [])) == .badHeader("its shape is wrong"))
  }

  @Test func missingFile() {
    #expect(throws: ArrayFileError.unreadable("/no/such/file")) {
      try ArrayFile(path: "/no/such/file")
    }
  }
}
