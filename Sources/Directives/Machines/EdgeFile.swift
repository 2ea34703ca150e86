internal import Boltzmann
internal import Notebooks

extension EdgeList {
  /// The edges in a file of the notebook's folder.
  init(at file: Text, in folder: Folder) throws(Diagnostic) {
    let bytes = try folder.read(file)
    do { self = try EdgeList(String(decoding: bytes, as: UTF8.self)) } catch {
      throw error.diagnostic(at: file.place, in: file.string.quoted)
    }
  }

  /// `s` and the unit's number in the file.
  var unitNames: [String] { (0..<unitCount).map { "s\($0 + firstUnit)" } }
}

extension EdgeListError {
  fileprivate func diagnostic(at place: Place, in file: String) -> Diagnostic {
    switch self {
    case .empty:
      Diagnostic("no-rows", at: place, "\(file) has no edges")
    case .fieldCount(let line, let fields):
      Diagnostic(
        "ragged", at: place,
        "line \(line) of \(file) has \(fields) \(fields == 1 ? "value" : "values"), not three",
        hint: "a line is `i j w`: two units and their weight")
    case .notAUnit(let line, let text):
      Diagnostic(
        "not-a-number", at: place,
        "line \(line) of \(file) names the unit \(String(text.prefix(40)).quoted)",
        hint: "units are whole numbers from 0 or 1")
    case .notANumber(let line, let text):
      Diagnostic(
        "not-a-number", at: place,
        "the weight in line \(line) of \(file) is \(String(text.prefix(40)).quoted)")
    case .repeated(let line, let firstLine):
      Diagnostic(
        "duplicate-name", at: place,
        "line \(line) of \(file) gives the weight of line \(firstLine) again")
    case .noSuchUnit(let line, let unit, let unitCount):
      Diagnostic(
        "unknown-unit", at: place,
        "line \(line) of \(file) names unit \(unit), but its first line says \(unitCount) units")
    case .lineCount(let count, let expected):
      Diagnostic(
        "ragged", at: place,
        "the first line of \(file) promises \(expected) edges, but \(count) follow")
    case .tooManyUnits(let line, let unit):
      Diagnostic(
        "limit-exceeded", at: place,
        "line \(line) of \(file) names unit \(unit); at most \(EdgeList.largestUnitCount) are read")
    }
  }
}
