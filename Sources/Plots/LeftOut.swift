import Numerals

/// How many values a picture cannot show, by reason, and the sentences that say so.
struct LeftOut {
  var notNumbers = 0
  var infinite = 0
  var huge = 0
  var notPositive = 0
  var outside = 0

  /// Counts each point once, under the first reason that applies.
  init(_ points: [Series.Point], _ x: Scale, _ y: Scale) {
    for point in points { count([(point.x, x), (point.y, y)]) }
  }

  init(_ values: [Double], on scale: Scale) {
    for value in values { count([(value, scale)]) }
  }

  private mutating func count(_ coordinates: [(value: Double, scale: Scale)]) {
    if coordinates.contains(where: { $0.value.isNaN }) {
      notNumbers += 1
    } else if coordinates.contains(where: { $0.value.isInfinite }) {
      infinite += 1
    } else if coordinates.contains(where: { abs($0.value) > 1e300 }) {
      huge += 1
    } else if coordinates.contains(where: { $0.scale.position(of: $0.value) == nil }) {
      notPositive += 1
    } else if coordinates.contains(where: { !$0.scale.shows($0.value) }) {
      outside += 1
    }
  }

  var notes: [String] {
    func note(_ count: Int, _ one: String, _ many: String) -> String? {
      count == 0 ? nil : "\(count) \(count == 1 ? "value is \(one)" : "values are \(many)")"
    }
    return [
      note(notNumbers, "not a number", "not numbers"),
      note(infinite, "infinite", "infinite"),
      note(huge, "beyond 1e300", "beyond 1e300"),
      note(
        notPositive, "not positive: no place on a log axis", "not positive: no place on a log axis"),
      note(outside, "outside the axes", "outside the axes"),
    ].compactMap { $0 }
  }
}

extension Scale {
  fileprivate func shows(_ value: Double) -> Bool {
    position(of: value).map { (0...1).contains($0) } ?? false
  }
}

/// A value in a sentence: six digits, without zeros at the end.
func text(_ value: Double) -> String {
  let text = NumberFormat.significant(6).string(value)
  let parts = text.split(separator: "e", maxSplits: 1)
  guard let head = parts.first, head.contains(".") else { return text }
  let kept = head.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed()
  return String(kept) + parts.dropFirst().map { "e" + $0 }.joined()
}
