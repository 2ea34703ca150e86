#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The bytes of a file, mapped into memory: pages are read when they are touched.
///
/// The file must not be shortened while it is mapped.
@safe final class MappedFile: @unchecked Sendable {
  private let base: UnsafeRawPointer?
  let count: Int

  /// Maps a regular file; throws if it cannot be opened or is none.
  init(path: String) throws(ArrayFileError) {
    let descriptor = unsafe open(path, O_RDONLY)
    guard descriptor >= 0 else { throw .unreadable(path) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(path)
    }
    count = Int(status.st_size)
    guard count > 0 else {
      unsafe base = nil
      return
    }
    let mapped = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else { throw .unreadable(path) }
    unsafe base = UnsafeRawPointer(mapped)
  }

  deinit {
    if let base = unsafe base { unsafe munmap(UnsafeMutableRawPointer(mutating: base), count) }
  }

  /// The byte at `offset`.
  @inline(__always)
  subscript(offset: Int) -> UInt8 {
    precondition(offset >= 0 && offset < count, "There is no such byte.")
    guard let base = unsafe base else { return 0 }
    return unsafe base.load(fromByteOffset: offset, as: UInt8.self)
  }

  /// The bytes in `range`.
  func bytes(_ range: Range<Int>) -> [UInt8] { range.map { self[$0] } }

  /// The whole number of `size` bytes at `offset`.
  func integer(at offset: Int, size: Int, bigEndian: Bool) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<size {
      value = value << 8 | UInt64(self[offset + (bigEndian ? index : size - 1 - index)])
    }
    return value
  }
}
