/// The order in which one sweep visits the units. Every order leaves exp(−E/T)/Z unchanged; they
/// differ in how fast chains mix and how well neighbouring work overlaps.
public enum ScanOrder: Sendable, Hashable, CaseIterable {
  /// Ascending units.
  case sequential
  /// Colour by colour: no two units of one colour are connected, so that each colour is redrawn
  /// as one block given all others; on a square lattice, the two halves of a checkerboard.
  case coloured
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

  /// The units given, in the order of a scan; equal colours by ascending unit.
  func visit(_ units: [Int], in order: ScanOrder) -> [Int32] {
    switch order {
    case .sequential: return units.map(Int32.init)
    case .coloured:
      let colours = colouring()
      return units.sorted { (colours[$0], $0) < (colours[$1], $1) }.map(Int32.init)
    }
  }
}
