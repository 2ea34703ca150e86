import Boltzmann
import Foundation

/// The files that `peers/data.py` writes, read by both sides.
enum Files {
  /// 0 and 1, one byte each, row-major.
  static func bits(_ path: String, columns: Int) throws -> BitMatrix {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    return BitMatrix(rows: bytes.count / columns, columns: columns) {
      bytes[$0 * columns + $1] != 0
    }
  }

  /// Lines of `i j J`, after a first line with the number of units.
  static func isingModel(_ path: String) throws -> IsingModel {
    let text = try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
    var lines = text.split(separator: "\n")[...]
    guard let unitCount = lines.popFirst().flatMap({ Int($0) }) else {
      throw OptionError(text: "\(path) does not begin with the number of units.")
    }
    let edges = try lines.map { line in
      let words = line.split(separator: " ")
      guard words.count == 3, let i = Int(words[0]), let j = Int(words[1]),
        let weight = Double(words[2])
      else { throw OptionError(text: "\(path) holds a line that is no edge: \(line)") }
      return Couplings.Edge(i, j, weight)
    }
    return try IsingModel(couplings: Couplings(unitCount: unitCount, edges: edges))
  }
}
