import Testing

@testable import Boltzmann

@Suite struct PanelsTests {
  @Test(arguments: [1, 15, 16, 17, 40], [1, 16, 33])
  func weightsComeBackAsTheyWere(visible: Int, hidden: Int) {
    let matrix = Matrix(rows: visible, columns: hidden) { Float($0 * 100 + $1) }
    let panels = WeightPanels(matrix)
    #expect(panels.matrix == matrix)
    #expect(panels.height.isMultiple(of: 16) && panels.height >= visible)
    // Unit 16 n + j of row k is entry j of row n · height + k.
    #expect(
      panels.storage[(hidden - 1) / 16 * panels.height + visible - 1, (hidden - 1) % 16]
        == Float((visible - 1) * 100 + hidden - 1))
  }

  @Test(arguments: [1, 15, 16, 17, 63, 64, 65, 100])
  func statesAndValuesArePackedByRows(units: Int) {
    let layer = LayerPanels(units: units, rows: 5)
    let isOn = { (row: Int, unit: Int) in (row * 7 + unit * 3) % 5 < 2 }
    for row in 0..<5 {
      for unit in 0..<units { layer.set(row, unit, to: isOn(row, unit)) }
    }
    layer.set(3, units - 1, to: !isOn(3, units - 1))
    layer.set(3, units - 1, to: isOn(3, units - 1))
    let bits = BitRows(rows: 5, columns: units)
    let values = FloatRows(rows: 5, columns: units)
    layer.copyStates(to: bits, count: 4)
    layer.copyValues(to: values, 0..<4)
    for row in 0..<4 {
      #expect((0..<units).allSatisfy { bits[row, $0] == isOn(row, $0) })
      #expect(values.row(row) == (0..<units).map { isOn(row, $0) ? 1 : 0 })
    }
    // Beyond the rows asked for nothing is written.
    #expect(bits.onCount(4) == 0)
  }

  @Test func statesBecomeValues() {
    let (layer, other) = (LayerPanels(units: 20, rows: 3), LayerPanels(units: 20, rows: 3))
    for unit in 0..<20 { other.set(1, unit, to: unit % 3 == 0) }
    for row in 0..<3 { layer.values[row, 0] = 0.5 }
    layer.takeStates(from: other, panels: 0..<1, count: 2)
    #expect((0..<16).map { layer.values[1, $0] } == (0..<16).map { $0 % 3 == 0 ? 1 : 0 })
    #expect(layer.values[0, 0] == 0)
    // The third row and the second panel are left alone.
    #expect(layer.values[2, 0] == 0.5)
    #expect(layer.values[3 + 1, 2] == 0)
  }
}
