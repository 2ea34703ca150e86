internal import Foundation

/// What is written into and never replaced: a pipe, a terminal, a device, or whatever file the
/// program's own output goes to.
enum Sink {
  /// Standard output or standard error, which go on where they are.
  case own(FileHandle)
  case special(path: String)

  /// Nil if nothing stands at the path, or a folder or file like any other.
  init?(at path: String) {
    guard let found = Self.status({ unsafe stat(path, &$0) }) else { return nil }
    let kind = found.st_mode & S_IFMT
    guard kind != S_IFDIR else { return nil }
    if let handle = [FileHandle.standardOutput, .standardError].first(where: {
      Self.leads($0, to: found)
    }) {
      self = .own(handle)
    } else if kind != S_IFREG {
      self = .special(path: path)
    } else {
      return nil
    }
  }

  /// Whether standard output goes to the path.
  static func isStandardOutput(_ path: String) -> Bool {
    status { unsafe stat(path, &$0) }.map { leads(.standardOutput, to: $0) } ?? false
  }

  func write(_ bytes: [UInt8]) throws {
    switch self {
    case .own(let handle): try handle.write(contentsOf: Data(bytes))
    case .special(let path):
      guard let handle = FileHandle(forWritingAtPath: path) else {
        throw CocoaError(.fileWriteUnknown)
      }
      try handle.write(contentsOf: Data(bytes))
      try handle.close()
    }
  }

  private static func leads(_ handle: FileHandle, to found: stat) -> Bool {
    let descriptor = handle.fileDescriptor
    guard let own = status({ unsafe fstat(descriptor, &$0) }) else { return false }
    return own.st_dev == found.st_dev && own.st_ino == found.st_ino
  }

  private static func status(_ ask: (inout stat) -> Int32) -> stat? {
    var status = stat()
    return ask(&status) == 0 ? status : nil
  }
}
