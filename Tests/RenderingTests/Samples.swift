import Plots

/// The plots and images whose pictures are goldens.
enum Samples {
  static let plots: [(name: String, plot: Plot)] =
    ordinary + degenerate + ranges + charts

  private static let steps = (0...60).map(Double.init)

  /// 1/(1 + 2^(-x/T)): a curve of the right shape without exp, whose last bit differs by platform.
  private static func sigmoid(_ temperature: Double) -> Series {
    let xs = (-40...40).map { Double($0) / 4 }
    let ys = xs.map { 1 / (1 + power(of: 2, -$0 / temperature)) }
    return Series("T = \(temperature)", x: xs, y: ys)
  }

  /// base^exponent by repeated square roots.
  private static func power(of base: Double, _ exponent: Double) -> Double {
    var rest = abs(exponent)
    var (result, root) = (1.0, base)
    while rest >= 1 {
      result *= base
      rest -= 1
    }
    for _ in 0..<40 {
      root = root.squareRoot()
      rest *= 2
      if rest >= 1 {
        result *= root
        rest -= 1
      }
    }
    return exponent < 0 ? 1 / result : result
  }

  private static let energy = Series(
    "", x: steps, y: steps.map { -8 + 9 / (1 + $0 / 4) + ($0.remainder(dividingBy: 7)) / 4 })

  private static func plot(_ title: String, _ marks: Mark...) -> Plot {
    Plot(title: title, x: Axis("step"), y: Axis("energy"), marks: marks)
  }

  private static func points(_ ys: Double...) -> Mark {
    .line(Series("", x: ys.indices.map(Double.init), y: ys))
  }

  private static let ordinary: [(name: String, plot: Plot)] = [
    (
      "logistic",
      Plot(
        title: "The logistic function at three temperatures",
        x: Axis("ΔE (energy units)"), y: Axis("probability that the unit is on"),
        marks: [.line(sigmoid(0.5)), .line(sigmoid(1)), .line(sigmoid(4))])
    ),
    ("energy", plot("Energy while annealing", .line(energy))),
    (
      "rules",
      plot(
        "Energy with its limits", .line(energy),
        .rule(Rule(.horizontal, at: -8, label: "ground state")),
        .rule(Rule(.vertical, at: 20, label: "T reaches 1")))
    ),
    (
      "points-over-line",
      Plot(
        title: "Samples around the exact curve", x: Axis("β = 1/T"), y: Axis("⟨E⟩ (energy units)"),
        marks: [
          .line(Series("exact", x: [0, 1, 2, 3, 4], y: [0, -1, -1.6, -1.9, -2])),
          .points(Series("sampled", x: [0.5, 1.5, 2.5, 3.5], y: [-0.4, -1.4, -1.7, -2.02])),
        ])
    ),
    (
      "hidden",
      plot(
        "Two runs with the same seed", .line(Series("first run", x: [0, 5, 10], y: [3, 1, 0])),
        .line(Series("second run", x: [0, 5, 10], y: [3, 1, 0])),
        .line(Series("third run", points: [])))
    ),
    (
      "stated-domain",
      Plot(
        title: "Clipped to the axes", x: Axis("x", domain: -1.5...1.5),
        y: Axis("x²", domain: 0...1),
        marks: [
          .line(
            Series(
              "", x: steps.map { $0 / 20 - 1.5 }, y: steps.map { ($0 / 20 - 1.5) * ($0 / 20 - 1.5) }
            ))
        ])
    ),
  ]

  private static let degenerate: [(name: String, plot: Plot)] = [
    ("empty", plot("Nothing yet", .line(Series("", points: [])))),
    ("constant", plot("A frozen chain", points(-3.5, -3.5, -3.5, -3.5))),
    ("one-point", plot("A single measurement", points(0.25))),
    ("nan", plot("Gaps", points(0, 1, 2, .nan, 4, 5, .nan, .nan, 3, 2))),
    ("infinite", plot("Divergence", points(1, 2, 4, 8, .infinity, -.infinity, 3, 2))),
    (
      "foreign-letters",
      Plot(
        title: "Énergie – ‖W‖² ≤ 3σ × 10⁻³ 能", x: Axis("Δt → ∞"), y: Axis("⟨E⟩ ± σ"),
        marks: [.line(Series("λ = ½", x: [0, 1], y: [0, 1]))])
    ),
  ]

  private static let ranges: [(name: String, plot: Plot)] = [
    (
      "log",
      Plot(
        title: "Distance from equilibrium", x: Axis("sweeps"),
        y: Axis("total-variation distance", scale: .log),
        marks: [.line(Series("", x: steps, y: steps.map { $0 == 33 ? 0 : power(of: 2, -$0 / 4) }))])
    ),
    (
      "log-log",
      Plot(
        title: "Monte-Carlo error", x: Axis("samples", scale: .log), y: Axis("error", scale: .log),
        marks: [
          .points(
            Series(
              "", x: [10, 100, 1000, 10000, 1e5, 1e6], y: [0.3, 0.1, 0.03, 0.01, 0.003, 0.001]))
        ])
    ),
    ("large", plot("Large numbers", points(0, 1.2e7, 3.4e7, 2.2e7))),
    ("small", plot("Small numbers", points(1e-9, 4e-9, 3e-9, -2e-9))),
    (
      "offset",
      plot("A small change of a large number", points(1_000_000, 1_000_000.3, 1_000_000.9))
    ),
    (
      "extreme",
      plot("All that a number can be", points(-1.7e308, -1e300, 1e300, .leastNonzeroMagnitude))
    ),
  ]

  private static let states = ["0 0", "0 1", "1 0", "1 1"]
  private static let exact = [0.305, 0.155, 0.074, 0.466]

  private static let charts: [(name: String, plot: Plot)] = [
    (
      "bars",
      Plot(
        title: "Frequencies after 10000 sweeps beside exact probabilities",
        x: Axis("v1 v2"), y: Axis("probability"),
        marks: [
          .bars(
            Bars(
              categories: states,
              series: [
                .init("exact", values: exact),
                .init(
                  "sampled", values: [0.3012, 0.1587, 0.0731, 0.467],
                  errors: [0.0046, 0.0036, 0.0026, 0.005]),
              ]))
        ])
    ),
    (
      "bars-signed",
      Plot(
        title: "Weights", x: Axis("edge"), y: Axis("weight"),
        marks: [
          .bars(
            Bars(
              categories: ["v1 -- h1", "v2 -- h2", "h1 -- h2"],
              series: [.init("", values: [2, 1, -1])])),
          .rule(Rule(.horizontal, at: 1.5, label: "limit")),
        ])
    ),
    (
      "bars-broken",
      Plot(
        x: Axis("unit"), y: Axis("ln Z"),
        marks: [
          .bars(
            Bars(
              categories: ["a", "b", "c", "a rather long name for one unit"],
              series: [.init("", values: [1.5, .nan, .infinity, 0.001])]))
        ])
    ),
    (
      "bars-log",
      Plot(
        title: "Rare states", x: Axis("state"), y: Axis("probability", scale: .log),
        marks: [
          .bars(Bars(categories: states, series: [.init("", values: [0.9, 0.0999, 0.0001, 0])]))
        ])
    ),
    (
      "bars-empty",
      plot("Nothing to count", .bars(Bars(categories: [], series: [.init("", values: [])])))
    ),
    (
      "histogram",
      Plot(
        title: "Energies of 61 states", x: Axis("energy (energy units)"),
        y: Axis("number of states"),
        marks: [.histogram(Histogram(values: energy.points.map(\.y) + [.nan], bins: 12))])
    ),
    (
      "histogram-whole",
      Plot(
        title: "v1 + v2", x: Axis("v1 + v2"), y: Axis("count"),
        marks: [.histogram(Histogram(values: [0, 1, 1, 2, 2, 2, 0, 2], bins: 10))])
    ),
  ]
}
