import Boltzmann
import Notebooks
import Testing

@testable import Directives

/// Energies that differ by rounding alone, and those that differ by little beside the weights.
@Suite struct EnergyRoundingTests {
  private func machine(_ biases: [Double]) throws -> MachineValue {
    let machine = try BoltzmannMachine(unitCount: biases.count, edges: [], biases: biases)
    return MachineValue(
      name: "m", machine: machine, unitNames: biases.indices.map { "u\($0)" })
  }

  private func lowest(_ biases: [Double], _ energies: [Double]) throws -> String {
    let value = try machine(biases)
    return LowestEnergy(
      energies, energies.min() ?? 0, of: value, exact: try EnergyTable(value.machine),
      called: "chains"
    ).sentence
  }

  @Test func aTenthBesideAMillionIsSeen() throws {
    #expect(
      try lowest([1_000_000, 0.5, 0.2], [-1_000_000.5, -1_000_000, -1_000_000.5])
        == "Lowest energy seen: -1000000.5, by 2 of 3 chains; the lowest of all is -1000000.7.")
  }

  @Test func smallEnergiesAreToldApart() throws {
    #expect(
      try lowest([1e-7, 2e-7], [-1e-7, -3e-7])
        == "Lowest energy seen: -3.000e-7, by 1 of 2 chains; no state has a lower one.")
  }

  /// Beside a weight of a million a chain counts the 0.3 in quanta of 2⁻⁷.
  @Test func whatQuantaRoundIsReached() {
    let page = Page(
      """
      ```{machine} steep
      :visible: a b

      a -- b: 1000000.3
      a: -1000000
      ```

      ```{anneal} steep
      :chains: 40
      :name: run
      ```

      ```{check}
      run.lowest < -0.29
      run.reached >= 1
      ```
      """)
    #expect(page.diagnostics == [])
  }

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
