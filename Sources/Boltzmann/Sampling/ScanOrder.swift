/// The order in which one sweep visits the free units. Every order leaves exp(−E/T)/Z unchanged.
///
/// A fixed order (`sequential`, `coloured`) mixes faster as a rule, but with the Metropolis rule it
/// may never leave part of the states: moves that cost nothing are always made, so that on a 4 × 4
/// torus some states follow each other for ever. The others draw the order anew in each sweep, the
/// same for all chains of a run.
public enum ScanOrder: Sendable, Hashable, CaseIterable {
  /// Ascending units.
  case sequential
  /// Colour by colour: no two units of one colour are connected, so that each colour is updated
  /// as one block given all others; on a square lattice, the two halves of a checkerboard.
  case coloured
  /// Every unit once, in a random order.
  case shuffled
  /// As many updates as there are free units, each of a unit drawn uniformly.
  case withReplacement

  /// Whether all sweeps visit the units in one order.
  public var isFixed: Bool {
    switch self {
    case .sequential, .coloured: true
    case .shuffled, .withReplacement: false
    }
  }
}

extension Couplings {
  /// A colour for each unit, different for connected ones: greedily, ascending units, each the
  /// lowest colour that no lower neighbour has. At most one colour more than the largest degree.
  public func colouring() -> [Int] {
    var colours = [Int](repeating: 0, count: unitCount)
    // isTaken[c] = unit when a neighbour of this unit has colour c.
    var isTaken = [Int](repeating: -1, count: unitCount)
    for unit in 0..<unitCount {
      for entry in starts[unit]..<starts[unit + 1] {
        let neighbour = Int(neighbours[entry])
        if neighbour >= unit { break }
        isTaken[colours[neighbour]] = unit
      }
      var colour = 0
      while isTaken[colour] == unit { colour += 1 }
      colours[unit] = colour
    }
    return colours
  }
}
