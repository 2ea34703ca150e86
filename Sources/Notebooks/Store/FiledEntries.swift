/// Entries that depend on files whose names are known only after the work.
///
/// Under the key of everything else stand the names, and where there are none the content itself;
/// under the key of that and of the files' bytes stands the content.
package struct FiledEntries: Sendable {
  package let store: Store
  let folder: Folder
  let hashes: FileHashes

  /// What is known of an entry.
  package struct Found {
    /// The files that the work reads, as they are now.
    package var files: [FileState]
    /// The key of everything, files included.
    package var key: StoreKey
    /// nil if the work has not been done with these files.
    package var content: [UInt8]?
  }

  private struct Index: Storable {
    var names: [String]
    var content: [UInt8]

    init(names: [String], content: [UInt8]) { (self.names, self.content) = (names, content) }

    func write(to writer: inout StoreWriter) {
      writer.write(names)
      writer.write(raw: content)
    }

    init(from reader: inout StoreReader) throws(StoreFormatError) {
      names = try reader.read()
      content = reader.rest()
    }
  }

  /// Nil if the work was never done, so that its files are not known.
  package func get(_ base: StoreKey) -> Found? {
    guard let bytes = store.get(base), let index = try? StoreReader.value(Index.self, from: bytes)
    else { return nil }
    let files = index.names.map { hashes.state(of: $0, in: folder) }
    let key = Self.key(base, files)
    return Found(files: files, key: key, content: files.isEmpty ? index.content : store.get(key))
  }

  /// Keeps what was computed from files that were in these states.
  package func put(_ content: [UInt8], for base: StoreKey, files: [FileState]) {
    let index = Index(names: files.map(\.name), content: files.isEmpty ? content : [])
    store.put(StoreWriter.bytes(of: index), for: base)
    if !files.isEmpty { store.put(content, for: Self.key(base, files)) }
  }

  static func key(_ base: StoreKey, _ files: [FileState]) -> StoreKey {
    files.isEmpty
      ? base : StoreKey(of: [base.hex, "files"] + files.flatMap { [$0.name, $0.hash] })
  }
}
