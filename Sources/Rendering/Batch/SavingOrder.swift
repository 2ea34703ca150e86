internal import Foundation
internal import Notebooks

/// The order in which notebooks run: one that saves a model before those that load it, so that what
/// they give depends neither on how many run at once nor on what was there before.
struct SavingOrder {
  /// Positions of notebooks; those of a stage need nothing of each other.
  private(set) var stages: [[Int]] = []
  /// What keeps notebooks from running.
  private(set) var problems: [Int: Diagnostic] = [:]

  /// The files that one notebook saves and loads, by their real paths.
  private struct Links {
    var saves: [String: Text] = [:]
    var loads: [String: Text] = [:]
  }

  /// Cost: that of reading the notebooks, where any of them saves.
  init(_ files: [NotebookFile], registry: Registry, settings: [ParameterSetting]) {
    let texts = files.map { FileManager.default.contents(atPath: $0.path) ?? Data() }
    let option = Data(":\(CommonOptions.save.name):".utf8)
    guard texts.contains(where: { $0.range(of: option) != nil }) else {
      stages = [Array(files.indices)]
      return
    }
    let links = zip(files, texts).map { file, text in
      Self.links(
        Plan(
          Notebook(Array(text), file: file.path, directives: registry.names),
          registry: registry, settings: settings))
    }
    let owners = takeOwners(links)
    // What a notebook both saves and loads is a mistake that its own plan reports.
    let needs = links.enumerated().map { index, links in
      Set(links.loads.keys.compactMap { owners[$0] }).subtracting([index])
    }
    arrange(needs, links)
  }

  private static func links(_ plan: Plan) -> Links {
    let folder = Folder(of: plan.notebook.file)
    var links = Links()
    for file in plan.saves { links.saves[folder.path(of: file)] = file }
    for file in plan.loads { links.loads[folder.path(of: file)] = file }
    return links
  }

  /// Which notebook saves each file.
  private mutating func takeOwners(_ links: [Links]) -> [String: Int] {
    var owners: [String: Int] = [:]
    for (index, links) in links.enumerated() {
      for (path, file) in links.saves.sorted(by: { $0.value.place < $1.value.place }) {
        guard let other = owners.updateValue(index, forKey: path) else { continue }
        owners[path] = other
        problems[index] = Diagnostic(
          "same-file", at: file.place,
          "\(file.string.quoted) is saved by another notebook, too",
          hint: "each file is saved by one notebook")
      }
    }
    return owners
  }

  /// Stage by stage, those whose needs have run; what is left over waits for itself.
  private mutating func arrange(_ needs: [Set<Int>], _ links: [Links]) {
    var left = Array(needs.indices)
    var done: Set<Int> = []
    while !left.isEmpty {
      let stage = left.filter { needs[$0].isSubset(of: done) }
      if stage.isEmpty { break }
      stages.append(stage)
      done.formUnion(stage)
      left.removeAll { done.contains($0) }
    }
    for index in left {
      guard let file = links[index].loads.values.min(by: { $0.place < $1.place }) else { continue }
      problems[index] = Diagnostic(
        "circular-files", at: file.place,
        "this notebook waits for \(file.string.quoted), whose notebook waits for this one",
        hint: "load only what notebooks save that load nothing of this one")
    }
    if !left.isEmpty { stages.append(left) }
  }
}
