import Foundation
import Testing

/// As much of JSON Schema as our own schema uses.
struct Schema {
  private let root: [String: Any]

  init(committed path: String) throws {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { url.deleteLastPathComponent() }
    let data = try Data(contentsOf: url.appendingPathComponent(path))
    root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  /// What is wrong with the document, each with the path to it.
  func mistakes(in document: Any) -> [String] { mistakes(document, root, "$") }

  private func mistakes(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
    if let reference = schema["$ref"] as? String {
      let name = reference.split(separator: "/").last.map(String.init) ?? ""
      let definitions = root["$defs"] as? [String: Any]
      guard let target = definitions?[name] as? [String: Any] else {
        return ["\(path): no \(name)"]
      }
      return mistakes(value, target, path)
    }
    var found: [String] = []
    if let constant = schema["const"], !same(constant, value) { found.append("\(path): constant") }
    if let choices = schema["enum"] as? [Any], !choices.contains(where: { same($0, value) }) {
      found.append("\(path): choice")
    }
    let types = schema["type"].map { $0 as? [String] ?? [$0 as? String ?? ""] }
    if let types, !types.contains(where: { isA($0, value) }) { found.append("\(path): type") }
    if let object = value as? [String: Any] {
      let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
      for name in schema["required"] as? [String] ?? [] where object[name] == nil {
        found.append("\(path): no \(name)")
      }
      for (name, inner) in object {
        if let property = properties[name] {
          found += mistakes(inner, property, "\(path).\(name)")
        } else if schema["additionalProperties"] as? Bool == false {
          found.append("\(path): \(name) is unknown")
        }
      }
    }
    if let items = value as? [Any], let inner = schema["items"] as? [String: Any] {
      found += items.enumerated().flatMap { mistakes($1, inner, "\(path)[\($0)]") }
    }
    return found
  }

  private func same(_ a: Any, _ b: Any) -> Bool { "\(a)" == "\(b)" }

  private func isA(_ type: String, _ value: Any) -> Bool {
    switch type {
    case "object": value is [String: Any]
    case "array": value is [Any]
    case "string": value is String
    case "integer": value is Int
    case "null": value is NSNull
    default: false
    }
  }
}
