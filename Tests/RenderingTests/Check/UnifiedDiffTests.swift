import Testing

@testable import Rendering

@Suite struct UnifiedDiffTests {
  private func diff(_ old: String, _ new: String, context: Int = 3) -> [String] {
    UnifiedDiff(old: Array(old), new: Array(new), context: context, text: String.init)
      .hunks.map { hunk in
        "\(hunk.old.lowerBound),\(hunk.old.count) \(hunk.new.lowerBound),\(hunk.new.count) "
          + hunk.lines.joined()
      }
  }

  @Test(arguments: [
    ("", "", []), ("abc", "abc", []), ("", "a", ["0,0 0,1 +a"]), ("a", "", ["0,1 0,0 -a"]),
    ("abc", "axc", ["0,3 0,3  a-b+x c"]), ("abc", "abcd", ["0,3 0,4  a b c+d"]),
    ("abcdefghi", "abcdXfghi", ["1,7 1,7  b c d-e+X f g h"]),
    ("abcdefghi", "Xabcdefghi", ["0,3 0,4 +X a b c"]),
  ])
  func handMade(old: String, new: String, hunks: [String]) {
    #expect(diff(old, new) == hunks)
  }

  /// Six lines between two changes are the context of both: one hunk. Seven make two.
  @Test func nearChangesShareAHunk() {
    #expect(diff("a123456b", "x123456y").count == 1)
    #expect(diff("a1234567b", "x1234567y").count == 2)
    #expect(diff("a1234567b", "x1234567y", context: 4).count == 1)
    #expect(diff("a1b", "x1y", context: 0) == ["0,1 0,1 -a+x", "2,1 2,1 -b+y"])
  }

  @Test func changesSayWhereTheyBegin() {
    let hunks = UnifiedDiff(old: Array("abcdef"), new: Array("aXcef!"), text: String.init).hunks
    let changes = hunks.flatMap(\.changes)
    #expect(changes.map { [$0.old, $0.new] } == [[1, 1], [3, 3], [6, 5]])
    #expect(changes.map(\.isReplacement) == [true, false, false])
  }

  @Test func muchDifferenceIsOneReplacement() {
    let old = (0..<3000).map { "a\($0)" }
    let new = (0..<3000).map { $0 == 1500 ? "same" : "b\($0)" }
    let hunks = UnifiedDiff(old: old + ["end"], new: new + ["end"]) { $0 }.hunks
    #expect(hunks.count == 1)
    #expect(hunks[0].lines.count == 6001)
  }

  /// A generator with a fixed seed: the same texts on every machine.
  private struct Texts: RandomNumberGenerator {
    var state: UInt64 = 35
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state ^ state >> 33) &* 0xFF51_AFD7_ED55_8CCD
    }
  }

  /// Applying the hunks to the old text gives the new one; taking them back gives the old one.
  @Test func hunksAreTheDifference() {
    var texts = Texts()
    for round in 0..<300 {
      let letters = Array("ab\(round % 3 == 0 ? "cdefgh" : "c")")
      let old = (0..<Int.random(in: 0...40, using: &texts)).compactMap { _ in
        letters.randomElement(using: &texts)
      }
      var new = old
      for _ in 0..<Int.random(in: 0...6, using: &texts) {
        let place = Int.random(in: 0...new.count, using: &texts)
        switch Int.random(in: 0..<3, using: &texts) {
        case 0: new.insert("x", at: place)
        case 1 where place < new.count: new.remove(at: place)
        default: if place < new.count { new[place] = "y" }
        }
      }
      let context = round % 4
      let diff = UnifiedDiff(old: old, new: new, context: context, text: String.init)
      #expect(apply(diff.hunks, to: old, keeping: "+") == new)
      #expect(diff.hunks.isEmpty == (old == new))
      for hunk in diff.hunks {
        #expect(hunk.lines.count { !$0.hasPrefix("+") } == hunk.old.count)
        #expect(hunk.lines.count { !$0.hasPrefix("-") } == hunk.new.count)
        #expect(hunk.lines.prefix { $0.hasPrefix(" ") }.count <= context)
        #expect(hunk.lines.reversed().prefix { $0.hasPrefix(" ") }.count <= context)
        #expect(!hunk.changes.isEmpty)
      }
    }
  }

  private func apply(
    _ hunks: [UnifiedDiff<Character>.Hunk], to old: [Character], keeping sign: String
  ) -> [Character] {
    var result: [Character] = []
    var position = 0
    for hunk in hunks {
      result += old[position..<hunk.old.lowerBound]
      #expect(result.count == hunk.new.lowerBound)
      for line in hunk.lines where line.hasPrefix(" ") || line.hasPrefix(sign) {
        result += Array(line.dropFirst())
      }
      let kept = hunk.lines.filter { !$0.hasPrefix("+") }.flatMap { Array($0.dropFirst()) }
      #expect(kept == Array(old[hunk.old]))
      position = hunk.old.upperBound
    }
    return result + old[position...]
  }
}
