import Boltzmann
import Foundation

/// A sweep written out from its definition, to compare with: units as bits, energies of all states.
struct PlainSweep: TransitionKernel {
  var unitCount: Int
  var bits: [Int]
  var moveOrder = MoveOrder.fixed
  var isMetropolis: Bool
  var energies: [Double]
  var temperature: Double

  init(
    _ machine: BoltzmannMachine, metropolis isMetropolis: Bool, temperature: Double = 1,
    order: MoveOrder = .fixed
  ) throws {
    unitCount = machine.unitCount
    bits = Array(0..<unitCount)
    (self.isMetropolis, self.temperature, moveOrder) = (isMetropolis, temperature, order)
    energies = allStates(unitCount).map { machine.energy(of: $0) }
  }

  var moveCount: Int { bits.count }

  func partner(of state: Int, move: Int) -> Int { state ^ 1 << bits[move] }

  func probability(of move: Int, from state: Int) -> Double {
    let change = energies[partner(of: state, move: move)] - energies[state]
    return isMetropolis
      ? min(1, exp(-change / temperature)) : 1 / (1 + exp(change / temperature))
  }

  /// exp(−E/T)/Z.
  var target: [Double] {
    let weights = energies.map { exp(-$0 / temperature) }
    let z = weights.reduce(0, +)
    return weights.map { $0 / z }
  }

  /// K, row by row, from the definition: products, powers and means of dense matrices.
  var matrix: [[Double]] {
    let single = bits.indices.map { move in
      (0..<stateCount).map { state in
        var row = [Double](repeating: 0, count: stateCount)
        let probability = probability(of: move, from: state)
        row[state] = 1 - probability
        row[partner(of: state, move: move)] = probability
        return row
      }
    }
    let identity = Self.mean([], size: stateCount)
    switch moveOrder {
    case .fixed: return single.reduce(identity, Self.product)
    case .withReplacement:
      let mean = Self.mean(single, size: stateCount)
      return bits.reduce(identity) { power, _ in Self.product(power, mean) }
    case .shuffled:
      let orders = Self.permutations(Array(bits.indices))
      return Self.mean(
        orders.map { $0.map { single[$0] }.reduce(identity, Self.product) }, size: stateCount)
    }
  }

  static func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    a.map { row in
      b[0].indices.map { column in
        row.indices.reduce(0) { $0 + row[$1] * b[$1][column] }
      }
    }
  }

  /// The mean of some matrices; of none, the identity.
  private static func mean(_ matrices: [[[Double]]], size: Int) -> [[Double]] {
    (0..<size).map { row in
      (0..<size).map { column in
        matrices.isEmpty
          ? (row == column ? 1 : 0)
          : matrices.reduce(0) { $0 + $1[row][column] } / Double(matrices.count)
      }
    }
  }

  private static func permutations(_ items: [Int]) -> [[Int]] {
    if items.isEmpty { return [[]] }
    return items.flatMap { first in
      permutations(items.filter { $0 != first }).map { [first] + $0 }
    }
  }
}
