internal import Yams

extension Parameter {
  /// The keys of a parameter that says more than its default.
  private static let keys = ["default", "type", "min", "max", "choices", "about"]

  /// The parameters under `parameters:`, in order; what is wrong is added to `diagnostics`, and whose
  /// declaration that is to `lost`.
  static func all(
    _ node: Node, in file: String, lost: inout Set<String>, diagnostics: inout [Diagnostic]
  ) -> [Parameter] {
    guard let mapping = node.mapping else {
      diagnostics.append(
        Diagnostic(
          "front-matter", at: node.place(in: file), "`parameters` takes names with values",
          hint: "for example `rate: 0.05` on a line of its own, indented"))
      return []
    }
    var all: [Parameter] = []
    for (key, value) in mapping {
      do throws(Diagnostic) {
        let name = Text(key.string ?? "", at: key.place(in: file))
        all.append(try Parameter(name, value, in: file))
      } catch {
        lost.insert(key.string ?? "")
        diagnostics.append(error)
      }
    }
    return all
  }

  private init(_ name: Text, _ node: Node, in file: String) throws(Diagnostic) {
    try name.checkFormulaName()
    let details = node.mapping
    if let details {
      for key in details.keys where !Self.keys.contains(key.string ?? "") {
        throw Diagnostic(
          "unknown-key", at: key.place(in: file),
          "there is no key \((key.string ?? "").quoted) for a parameter",
          hint: Suggestion.hint(for: key.string ?? "", among: Self.keys, called: "keys"))
      }
    }
    guard let standard = details == nil ? node : details?["default"] else {
      throw Diagnostic(
        "missing-value", at: name.place, "\(name.string.quoted) has no default",
        hint: "`default:` and a value")
    }
    let typed = Text(Self.text(of: standard), at: standard.place(in: file))
    let kind = try Self.kind(details?["type"], standard, typed, in: file)
    func bound(_ key: String, _ none: Double) throws(Diagnostic) -> Double {
      guard let node = details?[key] else { return none }
      return try Text(node.string ?? "", at: node.place(in: file)).number(for: key.quoted)
    }
    let (low, high) = (try bound("min", -.infinity), try bound("max", .infinity))
    guard low <= high else {
      throw Diagnostic(
        "out-of-range", at: name.place, "the bounds of \(name.string.quoted) leave no value")
    }
    (self.name, self.kind, place) = (name.string, kind, name.place)
    range = low...high
    choices = details?["choices"]?.sequence?.compactMap(\.string) ?? []
    about = details?["about"]?.string ?? ""
    fallback = try Self.bare(name, kind, low...high, choices).value(typed)
  }

  /// A parameter that can read values but has no default yet.
  private static func bare(
    _ name: Text, _ kind: Kind, _ range: ClosedRange<Double>, _ choices: [String]
  ) -> Parameter {
    Parameter(
      name: name.string, kind: kind, fallback: .truth(false), range: range, choices: choices,
      about: "", place: name.place)
  }

  /// A scalar as typed, or the entries of a list with blanks between them.
  private static func text(of node: Node) -> String {
    node.sequence.map { $0.map { $0.string ?? "?" }.joined(separator: " ") } ?? node.string ?? ""
  }

  /// The type that is named, or that of the default.
  private static func kind(
    _ named: Node?, _ standard: Node, _ typed: Text, in file: String
  ) throws(Diagnostic) -> Kind {
    if let named {
      return try Text(named.string ?? "", at: named.place(in: file))
        .choice(of: Kind.self, for: "`type`")
    }
    if standard.sequence != nil { return .numbers }
    if ["true", "false"].contains(typed.string) { return .truth }
    if Int(typed.string) != nil { return .integer }
    return (try? typed.number(for: "")) == nil ? .text : .number
  }
}
