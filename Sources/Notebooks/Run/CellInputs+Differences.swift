extension CellInputs {
  func names(of kind: Kind) -> [String] {
    items.filter { $0.kind == kind }.map(\.name)
  }

  var withoutFiles: CellInputs {
    CellInputs(items: items.filter { $0.kind != .file })
  }

  /// The files among them, as they are now.
  func files(in entries: FiledEntries) -> [FileState] {
    names(of: .file).map { entries.hashes.state(of: $0, in: entries.folder) }
  }

  /// What differs, each in a sentence.
  func differences(from old: CellInputs, leavingOut left: Kind) -> [String] {
    func grouped(_ inputs: CellInputs) -> [(kind: Kind, name: String, value: String)] {
      var groups: [(kind: Kind, name: String, value: String)] = []
      for item in inputs.items where item.kind != left {
        if let last = groups.last, last.kind == item.kind, last.name == item.name {
          groups[groups.count - 1].value += ", \(item.value)"
        } else {
          groups.append((item.kind, item.name, item.value))
        }
      }
      return groups
    }
    let (before, now) = (grouped(old), grouped(self))
    var lines: [String] = []
    for new in now {
      let match = before.first { $0.kind == new.kind && $0.name == new.name }
      if match?.value == new.value { continue }
      lines.append(Self.sentence(new.kind, new.name, from: match?.value, to: new.value))
    }
    for gone in before
    where !now.contains(where: { $0.kind == gone.kind && $0.name == gone.name }) {
      lines.append(Self.sentence(gone.kind, gone.name, from: gone.value, to: nil))
    }
    return lines
  }

  private static func sentence(
    _ kind: Kind, _ name: String, from old: String?, to new: String?
  ) -> String {
    let change = "changed from \((old ?? "").quoted) to \((new ?? "").quoted)"
    switch kind {
    case .program: return "another build of the program computed its result"
    case .directive: return "the directive \(change)"
    case .seed: return "the notebook's seed \(change)"
    case .identity: return "its name \(change)"
    case .argument: return "the argument \(change)"
    case .body: return bodySentence(from: old ?? "", to: new ?? "")
    case .cell: return "it reads \(name.quoted)"
    case .parameter:
      guard old != nil else {
        return "it uses the parameter \(name.quoted) now: \((new ?? "").quoted)"
      }
      guard new != nil else { return "it does not use the parameter \(name.quoted) any more" }
      return "the parameter \(name.quoted) \(change)"
    case .option:
      guard let old else { return "the option \(name.quoted) is new: \((new ?? "").quoted)" }
      guard new != nil else { return "the option \(name.quoted) is gone; it was \(old.quoted)" }
      return "the option \(name.quoted) \(change)"
    case .file:
      guard let old else { return "it reads the file \(name.quoted) now" }
      guard let new else { return "it does not read the file \(name.quoted) any more" }
      return "the file \(name.quoted) changed (SHA-256 \(old.prefix(12))… to \(new.prefix(12))…)"
    }
  }

  /// The first line of the body that differs.
  private static func bodySentence(from old: String, to new: String) -> String {
    let before = old.split(separator: "\n", omittingEmptySubsequences: false)
    let now = new.split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(before, now).prefix { $0 == $1 }.count
    guard line < before.count else {
      return "its body has a new line \(line + 1): \(String(now[line]).quoted)"
    }
    guard line < now.count else {
      return "its body has lost line \(line + 1): \(String(before[line]).quoted)"
    }
    return "line \(line + 1) of its body changed from \(String(before[line]).quoted) to "
      + String(now[line]).quoted
  }
}
