import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Reads elements and their names out of XML.
final class JUnitReader: NSObject, XMLParserDelegate {
  private(set) var counts: [String: Int] = [:]
  private(set) var error: String?
  private var found: [String: [String]] = [:]

  init(_ text: String) {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    if !parser.parse() { error = parser.parserError.map { "\($0)" } ?? "not well-formed" }
  }

  /// The names of all elements of one kind.
  func names(_ element: String) -> [String] { found[element] ?? [] }

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    counts[element, default: 0] += 1
    if let name = attributes["name"] { found[element, default: []].append(name) }
  }
}
