import Notebooks
import Testing

/// Energies that differ by rounding alone.
@Suite struct EnergyRoundingTests {
  /// 0.3 - 0.1 - 0.2 is no energy, and the states at 0 stand in the order of their ones.
  @Test func whatIsZeroButForRoundingIsZero() throws {
    let page = Page(
      """
      ```{machine} ring
      :visible: a b c

      a -- b: 0.3
      b -- c: -0.1
      a -- c: -0.2
      ```

      ```{energy-table} ring
      :order: energy
      ```

      ```{derive} ring
      :unit: c
      :state: a=1 b=1
      :notation: text
      ```

      {eval}`E(ring, a=1, b=1, c=1)`
      """)
    #expect(page.diagnostics == [])
    #expect(page.inline == ["0"])
    let table = try #require(page.tables.first { $0["negE"] != nil })
    #expect(
      (0..<8).map { table.row($0)[0...3].joined(separator: " ") } == [
        "1 1 0 0.3", "1 1 1 0.0", "1 0 0 0.0", "0 1 0 0.0", "0 0 1 0.0", "0 0 0 0.0",
        "0 1 1 -0.1", "1 0 1 -0.2",
      ])
    #expect(page.text?.contains("dE = E_off - E_on = -0.3 - 0 = -0.3") == true)
  }
}
