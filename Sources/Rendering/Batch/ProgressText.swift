package import Notebooks
internal import Numerals

extension CellProgress {
  /// `article: epoch 120 of 1000, 35/s, 25 s left, log-likelihood -12.31 (06-learning.md)`.
  ///
  /// The file comes last, since narrow terminals cut the end off.
  /// `elapsed` counts the seconds since the cell told of its first unit, `first`.
  package func text(elapsed: Double, since first: Int) -> String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    var parts = ["\(cell): \(unit) \(done) of \(total)"]
    if elapsed > 0, done > first {
      let rate = Double(done - first) / elapsed
      parts.append("\(NumberFormat.significant(2).string(rate))/s")
      parts.append("\(Self.duration(Double(total - done) / rate)) left")
    }
    if let figure { parts.append(figure) }
    return parts.joined(separator: ", ") + " (\(name))"
  }

  /// `45 s`, `2 min 05 s`, `3 h 20 min`.
  private static func duration(_ seconds: Double) -> String {
    let whole = Int(min(seconds.rounded(.up), 1e9))
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(two(whole % 60)) s" }
    return "\(whole / 3600) h \(two(whole % 3600 / 60)) min"
  }
}
