import Testing

@testable import Boltzmann

struct WholeNumberMachineTests {
  /// Quarters are exact: fields are the gaps themselves.
  @Test(arguments: [false, true])
  func dyadicParametersAreExact(isFull: Bool) throws {
    let machine = try BoltzmannMachine(
      unitCount: 3, edges: [.init(0, 1, 0.75), .init(1, 2, -2)], biases: [0.25, 0, -1.5])
    let whole = WholeNumberMachine(machine, isFull: isFull)
    for unit in 0..<3 {
      #expect(Double(whole.biases[unit]) * whole.quanta[unit] == machine.biases[unit])
    }
    let kernel = SingleUnitKernel(
      machine, rule: .heatBath, scan: .sequential, form: .whole(whole))
    let states = allStates(3)
    let block = LaneBlock(0..<8, from: states, of: kernel, kernels: .standard)
    #expect(block.energies == states.map(machine.energy))
    #expect(block.states == states)
  }

  /// Otherwise each parameter is within half a quantum.
  @Test(arguments: [1e-300, 1e-7, 1, 1e300])
  func roundingIsBounded(scale: Double) throws {
    let machine = try randomMachine(unitCount: 30, weightScale: scale, seed: 3)
    let whole = WholeNumberMachine(machine, isFull: false)
    guard case .neighbours(let weights) = whole.form else {
      Issue.record("Lists were asked for.")
      return
    }
    for unit in 0..<30 {
      var largest = abs(machine.biases[unit])
      for other in 0..<30 { largest += abs(machine.couplings[unit, other]) }
      let quantum = whole.quanta[unit]
      #expect(quantum.significand == 1 && quantum <= largest * 0x1p-27)
      #expect(largest / quantum < 0x1p28)
      #expect(abs(Double(whole.biases[unit]) * quantum - machine.biases[unit]) <= quantum / 2)
    }
    for (entry, neighbour) in machine.couplings.neighbours.enumerated() {
      let quantum = whole.quanta[Int(neighbour)]
      let value = Double(weights[entry] / 2) * quantum
      #expect(abs(value - machine.couplings.weights[entry]) <= quantum / 2)
      #expect(weights[entry].isMultiple(of: 2))
    }
  }

  @Test func denseMachinesGetAMatrix() throws {
    func isFull(_ count: Int, density: Double) throws -> Bool {
      let machine = try randomMachine(unitCount: count, density: density, seed: 1)
      if case .full = WholeNumberMachine(machine).form { return true }
      return false
    }
    #expect(try isFull(64, density: 1))
    #expect(try !isFull(63, density: 1))
    #expect(try !isFull(100, density: 0.1))
  }
}
