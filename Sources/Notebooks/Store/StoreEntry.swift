internal import Foundation

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The file of an entry: a mark, the checksum of key and content, the content.
enum StoreEntry {
  private static let mark = Array("harmonium store\n".utf8)
  private static let checksumCount = 32
  private static let temporaryPrefix = ".new-"

  /// The bytes that the file has besides the content.
  static let overhead = mark.count + checksumCount

  /// Writes the file under a name of its own in the same folder and renames it, so that a reader
  /// sees a whole entry or none. It is not forced to the disk, which would take milliseconds: what a
  /// power cut damages, the checksum tells.
  static func write(_ bytes: [UInt8], for key: StoreKey, to path: String) throws {
    let entry = URL(fileURLWithPath: path)
    let folder = entry.deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let new = folder.appendingPathComponent(temporaryPrefix + UUID().uuidString)
    do {
      // `Data` would force the file to the disk.
      let descriptor = unsafe open(new.path, O_WRONLY | O_CREAT | O_EXCL, 0o666)
      guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
      let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
      try file.write(contentsOf: data(bytes, for: key))
      try file.close()
      guard unsafe rename(new.path, entry.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    } catch {
      try? FileManager.default.removeItem(at: new)
      throw error
    }
  }

  /// Whether that is the name of an entry that is still being written, or was when its process was
  /// killed.
  static func isTemporary(_ name: String) -> Bool {
    name.hasPrefix(temporaryPrefix) && UUID(uuidString: String(name.dropFirst(5))) != nil
  }

  private static func data(_ bytes: [UInt8], for key: StoreKey) -> Data {
    var data = Data(capacity: overhead + bytes.count)
    data.append(contentsOf: mark)
    data.append(contentsOf: StoreKey.checksum(of: bytes, for: key))
    data.append(contentsOf: bytes)
    return data
  }

  /// The content, if every byte of the file is as it was written for `key`.
  static func bytes(in data: Data, for key: StoreKey) -> [UInt8]? {
    guard data.count >= overhead, data.starts(with: mark) else { return nil }
    let content = data.dropFirst(overhead)
    let checksum = data.dropFirst(mark.count).prefix(checksumCount)
    guard checksum.elementsEqual(StoreKey.checksum(of: content, for: key)) else { return nil }
    return Array(content)
  }
}
