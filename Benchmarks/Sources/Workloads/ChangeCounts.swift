import Boltzmann

/// What sweeps of a densely connected machine do at least: a word of Philox for each update, a row
/// of weights added for each state that changes, and each row fetched once in each sweep in which
/// any of the sixteen chains side by side changes its unit.
struct ChangeCounts {
  private var updates = 0
  private var changes = 0
  private var rows = 0
  private let unitCount: Int

  /// Counts the changes of annealing, run sweep by sweep from other random words.
  init(_ machine: BoltzmannMachine, _ schedule: TemperatureSchedule, rule: UpdateRule, chains: Int)
  {
    unitCount = machine.unitCount
    let kernel = SingleUnitKernel(machine, rule: rule)
    var states: [BitVector]?
    for (number, step) in schedule.steps.enumerated() {
      for sweep in 0..<step.sweeps {
        let one = Annealing(kernel, schedule: .constant(step.temperature, sweeps: 1))
        let record = one.run(
          chains: chains, from: states.map { .perChain($0) } ?? .random,
          stream: RandomStream(seed: UInt64(number), name: "changes-\(sweep)"))
        if let states { add(states, record.lastStates) }
        states = record.lastStates
      }
    }
  }

  /// Of so many updates.
  func demands(updates all: Int) -> [Demand] {
    let share = Double(all) / Double(max(updates, 1))
    let lines = (unitCount + 15) / 16
    return [
      .words(Double(all)), .lines(share * Double(changes * lines)),
      .read(share * Double(rows * lines * 64), workingSet: unitCount * lines * 64),
    ]
  }

  private mutating func add(_ before: [BitVector], _ after: [BitVector]) {
    for first in stride(from: 0, to: before.count, by: 16) {
      var changed = [UInt64](repeating: 0, count: (unitCount + 63) / 64)
      for chain in first..<min(first + 16, before.count) {
        changes += before[chain].distance(to: after[chain])
        for word in changed.indices {
          changed[word] |= before[chain].words[word] ^ after[chain].words[word]
        }
      }
      rows += changed.reduce(0) { $0 + $1.nonzeroBitCount }
    }
    updates += unitCount * before.count
  }
}

extension BoltzmannMachine {
  /// What so many updates of its units cannot go without; in a sparse machine, Philox.
  func demands(
    of updates: Int, _ schedule: TemperatureSchedule, rule: UpdateRule, chains: Int
  ) -> [Demand] {
    guard 8 * edges.count >= unitCount * unitCount else { return [.products(5 * Double(updates))] }
    return ChangeCounts(self, schedule, rule: rule, chains: chains).demands(updates: updates)
  }
}
