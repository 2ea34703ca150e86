internal import Foundation
package import Notebooks

/// What the program says to whoever has started it.
package enum StandardStream {
  /// Writes to standard output; what is wrong if it cannot. At once, also into a pipe: Swift's own
  /// would keep it until there is more, and lose in silence what cannot be written.
  package static func print(_ text: String) -> [Diagnostic] {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
      return []
    } catch {
      return [
        Diagnostic(
          "unwritable", at: Place(file: "standard output"), "what was found cannot be printed",
          hint: "check that it is open and that its disk is not full")
      ]
    }
  }

  /// Writes to standard error; if it cannot, there is nobody left to tell.
  package static func say(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// Puts something unwritable in the place of streams that are closed. Else the next file to be
  /// opened would get the number of one, and with it all that is said.
  package static func occupy() {
    for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) < 0 {
      _ = unsafe open("/dev/null", O_RDONLY)
    }
  }
}
