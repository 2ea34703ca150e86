import Plots
import Testing

@testable import Rendering

/// Random plots and images of every kind, sane and not.
private struct Chance {
  private var state: UInt64

  init(seed: Int) { state = UInt64(seed) }

  /// SplitMix64 (Steele, Lea and Flood, 2014).
  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((bits ^ (bits >> 31)) >> 33) % bound
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  mutating func value() -> Double {
    let odd = [
      .nan, .infinity, -.infinity, 0, -0.0, 1e308, -1e308, 1e300, 1e-300, .leastNonzeroMagnitude, 1,
      1 + 1e-12, -7e22, 123_456_789,
    ]
    if below(5) == 0 { return pick(odd) }
    let scale = pick([1e-12, 1e-3, 1, 1, 1, 10, 1e7, 1e100])
    return Double(below(2001) - 1000) / 1000 * scale
  }

  mutating func values(_ count: Int) -> [Double] { (0..<count).map { _ in value() } }

  mutating func words() -> String {
    let all = [
      "", "energy", "ΔE", "(energy units)", "能量", "x\ty", "\u{1B}[1m", "T = 1", "‖W‖²", "e\u{301}",
      "Donaudampfschifffahrtsgesellschaftskapitaensmuetzenabzeichenfabrikationsanlagenbetreiber",
    ]
    return (0..<below(5)).map { _ in pick(all) }.joined(separator: " ")
  }

  mutating func axis() -> Axis {
    let ends = [value(), value()].sorted()
    let domain = below(4) == 0 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
    return Axis(words(), domain: domain, scale: pick([.linear, .linear, .log]))
  }

  mutating func mark() -> Mark {
    let count = below(30)
    switch below(6) {
    case 0, 1: return .line(Series(words(), x: values(count), y: values(count)))
    case 2: return .points(Series(words(), x: values(count), y: values(count)))
    case 3:
      let series = (0..<below(4)).map { _ in
        Bars.Series(words(), values: values(count), errors: below(2) == 0 ? values(count) : nil)
      }
      return .bars(Bars(categories: (0..<count).map { _ in words() }, series: series))
    case 4: return .histogram(Histogram(values: values(count), bins: 1 + below(20)))
    default: return .rule(Rule(pick([.horizontal, .vertical]), at: value(), label: words()))
    }
  }

  mutating func plot() -> Plot {
    Plot(title: words(), x: axis(), y: axis(), marks: (0..<below(5)).map { _ in mark() })
  }

  mutating func strip() -> ImageStrip {
    let images = (0..<below(7)).map { _ in
      let (height, width) = (1 + below(9), 1 + below(pick([4, 9, 120])))
      return RasterImage(
        label: words(), height: height, width: width, values: values(height * width))
    }
    return ImageStrip(title: words(), images: images, domain: axis().domain)
  }
}

@Suite struct ASCIIPropertyTests {
  private func check(_ lines: [String], width: Int, _ comment: Comment) {
    #expect(lines.allSatisfy { $0.utf8.count <= width }, comment)
    #expect(lines.allSatisfy { $0.utf8.allSatisfy { (0x20..<0x7F).contains($0) } }, comment)
    #expect(lines.allSatisfy { !$0.hasSuffix(" ") }, comment)
    #expect(lines.first?.isEmpty == false && lines.last?.isEmpty == false, comment)
  }

  @Test func plots() {
    for seed in 0..<500 {
      var chance = Chance(seed: seed)
      let plot = chance.plot()
      let (width, height) = (chance.pick([72, 72, 40, 100]), chance.pick([18, 18, 7, 30]))
      let plotter = ASCIIPlotter(width: width, height: height)
      let lines = plotter.draw(plot)
      check(lines, width: width, "seed \(seed)")
      #expect(plotter.draw(plot) == lines, "seed \(seed)")
    }
  }

  @Test func images() {
    for seed in 0..<500 {
      var chance = Chance(seed: seed)
      let strip = chance.strip()
      let width = chance.pick([72, 40])
      let lines = ASCIIImages(width: width).draw(strip)
      check(lines, width: width, "seed \(seed)")
      #expect(ASCIIImages(width: width).draw(strip) == lines, "seed \(seed)")
    }
  }

  /// However steep, a line leaves no gap: each of its cells touches the next.
  @Test func strokesStayConnected() {
    var chance = Chance(seed: 1)
    for _ in 0..<300 {
      let ends = (0..<4).map { _ in chance.below(40) }
      var canvas = ASCIICanvas(columns: 40, rows: 40)
      canvas.stroke("*", from: (ends[0], ends[1]), to: (ends[2], ends[3]))
      let cells = (0..<40).flatMap { row in
        canvas[row].enumerated().filter { $0.element == "*" }.map { (row: row, column: $0.offset) }
      }
      let steps = max(abs(ends[2] - ends[0]), abs(ends[3] - ends[1]))
      #expect(cells.count == steps + 1)
      #expect(
        cells.allSatisfy { cell in
          cells.count == 1
            || cells.contains {
              (abs($0.row - cell.row), abs($0.column - cell.column)) != (0, 0)
                && abs($0.row - cell.row) <= 1 && abs($0.column - cell.column) <= 1
            }
        })
    }
  }

  @Test func aGoldenDoesNotDependOnWhatWasDrawnBefore() {
    let plotter = ASCIIPlotter()
    let once = Samples.plots.map { plotter.draw($0.plot) }
    let again = Samples.plots.reversed().map { plotter.draw($0.plot) }
    #expect(once == again.reversed())
  }
}
