/// Finds what the user probably meant.
package enum Suggestion {
  /// `did you mean …?` for the nearest candidate; otherwise the list of what is valid.
  ///
  /// nil if there are no candidates. Near means at most a third of the letters wrong.
  package static func hint(
    for typed: String, among candidates: [String], called noun: String
  ) -> String? {
    if let nearest = nearest(to: typed, among: candidates) {
      return "did you mean \(nearest.quoted)?"
    }
    guard !candidates.isEmpty else { return nil }
    let shown = candidates.prefix(12).map(\.quoted).joined(separator: ", ")
    return "\(noun): \(shown)\(candidates.count > 12 ? ", …" : "")"
  }

  /// The candidate with the smallest edit distance, if that is small; the first of equals.
  package static func nearest(to typed: String, among candidates: [String]) -> String? {
    let limit = typed.count / 3
    return candidates.lazy
      .map { ($0, distance(typed.lowercased(), $0.lowercased())) }
      .filter { $0.1 <= limit }
      .min { $0.1 < $1.1 }?.0
  }

  /// Damerau's distance (optimal string alignment): insertions, deletions, substitutions and
  /// swaps of neighbours. Cost: product of the lengths, which are cut at 64.
  static func distance(_ a: String, _ b: String) -> Int {
    let a = Array(a.prefix(64))
    let b = Array(b.prefix(64))
    var beforeLast = [Int]()
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var current = [i + 1]
      for j in 0..<b.count {
        let substituted = last[j] + (a[i] == b[j] ? 0 : 1)
        var best = min(substituted, last[j + 1] + 1, current[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, beforeLast[j - 1] + 1)
        }
        current.append(best)
      }
      beforeLast = last
      last = current
    }
    return last[b.count]
  }
}
