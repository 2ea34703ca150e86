import Boltzmann
import Foundation

/// The single-unit kernel written from its formulas alone, in Double, with room for mistakes.
struct PlainKernel {
  var machine: BoltzmannMachine
  var rule = UpdateRule.heatBath
  var temperature: Double
  var clamp = Clamp()
  var scan = ScanOrder.sequential
  var stream: RandomStream
  var biasSign = 1.0
  /// Gaps are taken once from the state with its clamped units off, then kept flip by flip.
  var gapsAreStale = false
  /// The temperatures of the sweeps, where each uses that of the sweep before.
  var schedule: [Double]?
  /// Units that are on come first: an order that looks at the state.
  var orderSeesStates = false
  /// A unit that is drawn twice in a sweep gets the same noise twice.
  var noiseIsRepeated = false
  /// Metropolis accepts as if every unit were off.
  var changesHaveOneSign = false

  func sweep(_ state: inout BitVector, step: Int, chain: Int) {
    clamp.apply(to: &state)
    var before = state
    if gapsAreStale { for unit in clamp.units { before[unit] = false } }
    let temperature = schedule.map { $0[max(step - 1, 0)] } ?? temperature
    var order = order(step: step)
    if orderSeesStates { order = order.filter { state[$0] } + order.filter { !state[$0] } }
    for (place, unit) in order.enumerated() {
      let bias = machine.biases[unit]
      let gap = machine.energyGap(of: unit, in: before) - bias + biasSign * bias
      let counter = scan == .withReplacement && !noiseIsRepeated ? place : unit
      let word = stream.block(.update, step: step, chain: chain >> 2, group: counter)[chain & 3]
      let tail = (Double(word >> 1) + 0.5) / 0x1p31
      switch rule {
      case .heatBath:
        let noise = log(tail / (2 - tail)) * (word & 1 == 1 ? -1 : 1)
        state[unit] = gap > temperature * noise
      case .metropolis:
        let rise = state[unit] && !changesHaveOneSign ? gap : -gap
        if rise <= -temperature * log(tail) { state[unit].toggle() }
      }
      before[unit] = state[unit]
    }
  }

  private func order(step: Int) -> [Int] {
    let free = clamp.freeUnits(of: machine.unitCount)
    func choice(_ place: Int, among count: Int) -> Int {
      let word = stream.word(.order, step: step, chain: 0, unit: place)
      return Int(Double(word) / 0x1p32 * Double(count))
    }
    switch scan {
    case .sequential: return free
    case .coloured:
      let colours = machine.couplings.colouring()
      return (0...(colours.max() ?? 0)).flatMap { colour in free.filter { colours[$0] == colour } }
    case .withReplacement: return free.indices.map { free[choice($0, among: free.count)] }
    case .shuffled:
      var order = free
      for place in order.indices.reversed() {
        order.swapAt(place, choice(place, among: place + 1))
      }
      return order
    }
  }

  /// The states after some sweeps.
  func run(_ states: [BitVector], sweeps: Int) -> [BitVector] {
    states.enumerated().map { chain, first in
      var state = first
      for step in 0..<sweeps { sweep(&state, step: step, chain: chain) }
      return state
    }
  }
}
