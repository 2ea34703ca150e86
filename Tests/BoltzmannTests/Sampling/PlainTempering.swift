import Boltzmann
import Foundation

/// Parallel tempering written from its formulas alone, one replica at a time, with room for
/// mistakes.
struct PlainTempering {
  enum Mistake: CaseIterable {
    /// It is right.
    case none
    /// The exponent of an exchange has the wrong sign.
    case wrongSign
    /// Every replica runs at the temperature of the next rung.
    case offByOne
    /// Replicas are exchanged whatever they cost.
    case alwaysExchanges
    /// Temperatures are exchanged, their inverse is not.
    case temperaturesInsteadOfInverse
  }

  var machine: BoltzmannMachine
  var ladder: TemperatureLadder
  var clamp = Clamp()
  var stream: RandomStream
  var mistake = Mistake.none

  /// For [rung, ladder] the states after some sweeps from those given.
  func run(_ starts: [[BitVector]], sweeps: Int) -> [[BitVector]] {
    var ends = starts
    for index in starts[0].indices {
      for (rung, state) in run(index, starts.map { $0[index] }, sweeps: sweeps).enumerated() {
        ends[rung][index] = state
      }
    }
    return ends
  }

  private func run(_ index: Int, _ starts: [BitVector], sweeps: Int) -> [BitVector] {
    let (temperatures, rungs) = (ladder.temperatures, ladder.count)
    var (states, rungOf) = (starts, Array(0..<rungs))
    for sweep in 0..<sweeps {
      for replica in states.indices {
        let rung = mistake == .offByOne ? min(rungOf[replica] + 1, rungs - 1) : rungOf[replica]
        let kernel = PlainKernel(
          machine: machine, temperature: temperatures[rung], clamp: clamp, stream: stream)
        kernel.sweep(&states[replica], step: sweep, chain: index * rungs + replica)
      }
      for pair in stride(from: sweep % 2, to: rungs - 1, by: 2) {
        guard let cold = rungOf.firstIndex(of: pair), let hot = rungOf.firstIndex(of: pair + 1)
        else { continue }
        let difference = machine.energy(of: states[cold]) - machine.energy(of: states[hot])
        if accepts(pair, difference, sweep: sweep, index: index) { rungOf.swapAt(cold, hot) }
      }
    }
    return (0..<rungs).map { rung in
      rungOf.firstIndex(of: rung).map { states[$0] } ?? states[rung]
    }
  }

  private func accepts(_ pair: Int, _ difference: Double, sweep: Int, index: Int) -> Bool {
    let (cold, hot) = (ladder.temperatures[pair], ladder.temperatures[pair + 1])
    var exponent = (1 / cold - 1 / hot) * difference
    switch mistake {
    case .none, .offByOne: break
    case .wrongSign: exponent = -exponent
    case .alwaysExchanges: exponent = 0
    case .temperaturesInsteadOfInverse: exponent = (cold - hot) * difference
    }
    return stream.uniform(.swap, step: sweep, chain: index, unit: pair) < exp(exponent)
  }
}
