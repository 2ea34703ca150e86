import Boltzmann

/// What one step of CD-1 on drawn states adds up, draws and moves at least, by the order of
/// summation of `products.binary` and on panels of 16 units.
///
/// A pattern of four neighbouring inputs that two rows or more share is summed once, stored, and
/// added once for each row; one that no other row has is added input by input.
struct StepCounts {
  /// Lines of 16 Floats added, and sums of lines stored for several rows.
  private(set) var lines = 0.0
  private(set) var sums = 0.0
  private(set) var words = 0.0
  private(set) var logistics = 0.0
  /// Weights read for the three half-steps, once each, and those that move.
  private(set) var readBytes = 0.0
  private(set) var movedBytes = 0.0

  /// Counts the step that starts at these samples, with states drawn from the machine as it is.
  init(_ machine: RestrictedBoltzmannMachine, _ samples: BitMatrix, stream: RandomStream) {
    let (visible, hidden) = (machine.visibleCount, machine.hiddenCount)
    let rows = samples.rowCount
    let hiddenStates = Self.drawn(
      machine.hiddenProbabilities(given: .binary(samples)), stream: stream, step: 0)
    let reals = Matrix(rows: rows, columns: hidden) { hiddenStates[$0, $1] ? 1 : 0 }
    let chain = Self.drawn(machine.visibleMeans(given: reals), stream: stream, step: 1)
    let (hiddenPanels, visiblePanels) = (Double((hidden + 15) / 16), Double((visible + 15) / 16))
    for states in [samples, chain] {
      add(Self.count(rows, visible) { states[$0, $1] }, panels: hiddenPanels)
      add(Self.count(visible, rows) { states[$1, $0] }, panels: hiddenPanels)
    }
    // Down, lines are transposed, so there they are stored already.
    add(Self.count(rows, hidden, storesLines: false) { hiddenStates[$0, $1] }, panels: visiblePanels)
    words = Double(rows * (visible + hidden))
    logistics = Double(rows * (visible + 2 * hidden))
    func isOn(_ states: BitMatrix, _ unit: Int) -> Bool {
      (0..<rows).contains { states[$0, unit] }
    }
    let read = [samples, chain].map { states in (0..<visible).count { isOn(states, $0) } }
    let moving = (0..<visible).count { isOn(samples, $0) || isOn(chain, $0) }
    // Down, nearly every line has a hidden unit that is on in some row.
    readBytes = Double(read.reduce(visible, +)) * hiddenPanels * 64
    movedBytes = Double(moving) * hiddenPanels * 64
  }

  /// The demands of so many such steps on one machine.
  static func demands(_ counts: [StepCounts], steps: Double, weightBytes: Int) -> [Demand] {
    func mean(_ part: (StepCounts) -> Double) -> Double {
      steps * counts.map(part).reduce(0, +) / Double(counts.count)
    }
    return [
      .lines(mean(\.lines)), .sums(mean(\.sums)), .words(mean(\.words)),
      .logistics(mean(\.logistics)), .read(mean(\.readBytes), workingSet: weightBytes),
      .moved(mean(\.movedBytes), workingSet: weightBytes),
    ]
  }

  private mutating func add(_ counted: (lines: Int, sums: Int), panels: Double) {
    lines += Double(counted.lines) * panels
    sums += Double(counted.sums) * panels
  }

  /// For one line of outputs.
  private static func count(
    _ rows: Int, _ inputs: Int, storesLines: Bool = true, isOn: (Int, Int) -> Bool
  ) -> (lines: Int, sums: Int) {
    var (lines, sums) = (0, 0)
    for first in stride(from: 0, to: inputs, by: 4) {
      var rowsWith = [Int](repeating: 0, count: 16)
      for row in 0..<rows {
        let group = first..<min(first + 4, inputs)
        rowsWith[group.reduce(0) { $0 | (isOn(row, $1) ? 1 << ($1 - first) : 0) }] += 1
      }
      for pattern in 1..<16 where rowsWith[pattern] > 0 {
        let isShared = rowsWith[pattern] > 1
        lines += isShared ? rowsWith[pattern] : pattern.nonzeroBitCount
        sums += isShared && (storesLines || pattern.nonzeroBitCount > 1) ? 1 : 0
      }
    }
    return (lines, sums)
  }

  private static func drawn(_ probabilities: Matrix, stream: RandomStream, step: Int) -> BitMatrix {
    BitMatrix(rows: probabilities.rowCount, columns: probabilities.columnCount) { row, unit in
      stream.bernoulli(
        Double(probabilities[row, unit]), .layer, step: step, chain: row, unit: unit)
    }
  }
}
