/// A value that a file can hold, so that it outlives its run: `:save:` writes it.
package protocol SavableValue: Value {
  /// The bytes of its file: the same for the same value, whenever and wherever they are made.
  var fileBytes: [UInt8] { get }
}

/// A file that a cell asks for, in the notebook's folder.
package struct SavedFile: Sendable {
  /// Its path from the notebook's folder.
  package let name: Text
  package let bytes: [UInt8]
}
