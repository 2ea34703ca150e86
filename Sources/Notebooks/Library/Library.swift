internal import Synchronization

/// The notebooks that another one takes definitions from: each is read once, and only files in the
/// taking notebook's own folder tree.
struct Library: Sendable {
  /// Shared by a notebook and all that it takes from.
  private final class Shelf: Sendable {
    let books = Mutex<[String: Book]>([:])
  }

  /// A notebook as it was read.
  struct Book: Sendable {
    let plan: Plan
    /// The SHA-256 of its file.
    let hash: String
  }

  let registry: Registry
  private let shelf: Shelf
  /// The files on the way here, the notebook itself first.
  private let way: [String]

  /// How many notebooks may take from each other in a row.
  static let depthLimit = 8
  /// The most notebooks that one may take from, directly or not.
  static let countLimit = 64

  init(for file: String, registry: Registry) {
    self.registry = registry
    shelf = Shelf()
    way = [Folder.real(file)]
  }

  private init(_ registry: Registry, _ shelf: Shelf, _ way: [String]) {
    (self.registry, self.shelf, self.way) = (registry, shelf, way)
  }

  /// The same with an empty shelf, so that plans on a shelf do not hold that shelf.
  var detached: Library { Library(registry, Shelf(), way) }

  /// The notebook that `name` names in the folder of the notebook `file`.
  func book(_ name: Text, from file: String) throws(Diagnostic) -> Book {
    let folder = Folder(of: file)
    let path = try folder.file(name)
    guard !way.contains(path) else {
      throw Diagnostic(
        "cycle", at: name.place,
        path == way.last
          ? "\(name.string.quoted) is this notebook itself"
          : "\(name.string.quoted) takes from this notebook, so this one cannot take from it",
        hint: "move what both need into a third notebook")
    }
    guard way.count <= Self.depthLimit else {
      throw Diagnostic(
        "limit-exceeded", at: name.place,
        "more than \(Self.depthLimit) notebooks take from each other in a row")
    }
    if let known = shelf.books.withLock({ $0[path] }) { return known }
    guard shelf.books.withLock({ $0.count }) < Self.countLimit else {
      throw Diagnostic(
        "limit-exceeded", at: name.place,
        "a notebook takes from at most \(Self.countLimit) others")
    }
    let bytes = try folder.read(name)
    let notebook = Notebook(bytes, file: folder.shownPath(of: name), directives: registry.names)
    let plan = Plan(notebook, library: Library(registry, shelf, way + [path]), settings: [])
    let book = Book(plan: plan, hash: StoreKey(of: bytes).hex)
    shelf.books.withLock { $0[path] = book }
    return book
  }
}
