import Testing

@testable import Boltzmann

@Suite struct ExpectedDivergenceTests {
  private static let machine = RestrictedBoltzmannMachine(
    visibleCount: 4, hiddenCount: 3, weights: .normal(mean: 0, standardDeviation: 1),
    visibleBiases: .normal(mean: 0, standardDeviation: 0.5),
    hiddenBiases: .normal(mean: 0, standardDeviation: 0.5), stream: RandomStream(key: 77))
  private static let data = BitMatrix(rows: 6, columns: 4) { ($0 + $1 * $0 + $1) % 4 < 2 }

  @Test func noStepsLeadNowhere() throws {
    let none = try Self.machine.expectedContrastiveDivergence(steps: [0], on: Self.data)[0]
    #expect(none.entries.allSatisfy { $0 == 0 })
  }

  @Test func manyStepsLeadToTheExactGradient() throws {
    let gradient = try Self.machine.logLikelihoodGradient(on: .binary(Self.data))
    let steps = try Self.machine.expectedContrastiveDivergence(
      steps: [1, 10, 300], on: Self.data)
    let distances = steps.map { ($0 - gradient).norm }
    #expect(distances[0] > 1e-2)
    #expect(distances[1] < distances[0])
    #expect(distances[2] < 1e-12)
  }

  /// Two steps by the sum over all ways v₀ h₁ v₁ h₂ v₂.
  @Test func stepsAreThoseOfTheChain() throws {
    let machine = Self.machine
    func share(_ on: [Double], _ state: BitVector) -> Double {
      on.enumerated().reduce(1) { $0 * (state[$1.offset] ? $1.element : 1 - $1.element) }
    }
    let (visible, hidden) = (allStates(4), allStates(3))
    let up = visible.map { v in machine.hiddenFields(v).map(logistic) }
    let down = hidden.map { h in
      (0..<4).map { i in
        logistic(
          (0..<3).reduce(Double(machine.visibleBiases[i])) {
            $0 + (h[$1] ? Double(machine.weights[i, $1]) : 0)
          })
      }
    }
    var p = visible.map { v in
      Double((0..<6).count { Self.data.row($0) == v }) / 6
    }
    var start = LayerStatistics(visibleCount: 4, hiddenCount: 3)
    var end = start
    func add(_ statistics: inout LayerStatistics) {
      for (v, state) in visible.enumerated() {
        statistics.add(
          visible: (0..<4).map { state[$0] ? 1 : 0 }, hidden: up[v], weight: p[v])
      }
    }
    add(&start)
    for _ in 0..<2 {
      p = visible.map { next in
        var sum = 0.0
        for (v, _) in visible.enumerated() {
          for (h, state) in hidden.enumerated() {
            sum += p[v] * share(up[v], state) * share(down[h], next)
          }
        }
        return sum
      }
    }
    add(&end)
    let expected = (start - end).entries
    let found = try machine.expectedContrastiveDivergence(steps: [2], on: Self.data)[0].entries
    for (one, other) in zip(found, expected) { #expect(abs(one - other) < 1e-12) }
  }

  /// The mean over 4000 updates from the same start is the expected one; a coordinate is off by more
  /// than 5 standard errors about once in 10⁶.
  @Test(arguments: [1, 3], [false, true])
  func sampledUpdatesHaveItAsTheirMean(k: Int, drawsHidden: Bool) throws {
    var settings = ContrastiveDivergence()
    settings.steps = StepSchedule(k)
    (settings.learningRate, settings.batchSize) = (1, 6)
    settings.hiddenInPositiveStatistics = drawsHidden ? .states : .probabilities
    settings.hiddenInNegativeStatistics = drawsHidden ? .states : .probabilities
    let changes = try Self.changes(settings, count: 4000)
    let expected = try Self.machine.expectedContrastiveDivergence(steps: [k], on: Self.data)[0]
    for (entry, slope) in expected.entries.enumerated() {
      var moments = Moments()
      for change in changes { moments.add(change[entry]) }
      let error = ((moments.variance ?? 0) / 4000).squareRoot()
      #expect(abs(moments.mean - slope) < 5 * error + 1e-6)
    }
  }

  /// What one update on all data adds to each parameter, for so many seeds.
  static func changes(_ settings: ContrastiveDivergence, count: Int) throws -> [[Double]] {
    func parameters(_ machine: RestrictedBoltzmannMachine) -> [Double] {
      ((0..<4).flatMap { machine.weights.row($0) } + machine.visibleBiases + machine.hiddenBiases)
        .map(Double.init)
    }
    let before = parameters(machine)
    return try (0..<count).map { seed in
      var moved = machine
      try settings.train(
        &moved, on: .binary(data), epochs: 1, stream: RandomStream(key: UInt64(seed)))
      return zip(parameters(moved), before).map { $0 - $1 }
    }
  }
}
