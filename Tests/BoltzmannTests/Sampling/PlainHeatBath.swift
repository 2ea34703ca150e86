import Boltzmann
import Foundation

/// The heat-bath kernel written from its formula alone, in Double, with room for mistakes.
struct PlainHeatBath {
  var machine: BoltzmannMachine
  var temperature: Double
  var clamp = Clamp()
  var stream: RandomStream
  var biasSign = 1.0
  /// Gaps are taken once from the state with its clamped units off, then kept flip by flip.
  var gapsAreStale = false
  /// The temperatures of the sweeps, where each uses that of the sweep before.
  var schedule: [Double]?

  func sweep(_ state: inout BitVector, step: Int, chain: Int, order: [Int]? = nil) {
    clamp.apply(to: &state)
    var before = state
    if gapsAreStale { for unit in clamp.units { before[unit] = false } }
    let temperature = schedule.map { $0[max(step - 1, 0)] } ?? temperature
    for unit in order ?? clamp.freeUnits(of: machine.unitCount) {
      let bias = machine.biases[unit]
      let gap = machine.energyGap(of: unit, in: before) - bias + biasSign * bias
      let word = stream.block(.update, step: step, chain: chain >> 2, group: unit)[chain & 3]
      let tail = (Double(word >> 1) + 0.5) / 0x1p32
      let noise = log(tail / (1 - tail)) * (word & 1 == 1 ? -1 : 1)
      state[unit] = gap > temperature * noise
      before[unit] = state[unit]
    }
  }

  /// The states after some sweeps.
  func run(_ states: [BitVector], sweeps: Int, order: [Int]? = nil) -> [BitVector] {
    states.enumerated().map { chain, first in
      var state = first
      for step in 0..<sweeps { sweep(&state, step: step, chain: chain, order: order) }
      return state
    }
  }
}
