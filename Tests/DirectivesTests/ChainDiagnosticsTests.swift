import Notebooks
import Testing

@Suite struct ChainDiagnosticsTests {
  /// Chains of a machine that mixes at once: every figure is near what independence gives, and the
  /// means near the exact ones.
  @Test func figuresOfChainsThatMix() throws {
    let page = Page(
      Page.slide35 + """
        ```{sample} slide35
        :chains: 20
        :sweeps: 200
        :diagnostics:
        :sum: v1 + h1
        :name: s
        ```

        {eval}`s.energytau` {eval}`s.energyrhat` {eval}`s.energyess` {eval}`abs(s.energy - s.energyexact) / s.energyerror`
        {eval}`s.sumtau` {eval}`abs(s.sum - s.sumexact) / s.sumerror` {eval}`s.sumexact:.6f`
        {eval}`p(slide35, v1=1) + p(slide35, h1=1):.6f`

        """)
    #expect(page.diagnostics.map(\.description) == [])
    let values = page.inline.compactMap(Double.init)
    #expect(values[0] > 0.9 && values[0] < 3)
    #expect(values[1] < 1.05)
    #expect(values[2] > 1000 && values[2] < 4500)
    #expect(values[3] < 4 && values[5] < 4)
    #expect(values[4] > 0.9 && values[4] < 4)
    #expect(page.inline[6] == page.inline[7])
  }

  /// Two valleys: chains that start apart stay apart, and R-hat says so though the energy is at ease.
  @Test func valleysShowInTheSumAndNotInTheEnergy() throws {
    let page = Page(
      """
      ```{ising} ring
      :size: 3x3
      ```

      ```{sample} ring
      :temperature: 0.8
      :chains: 8
      :warm-up: 0
      :sweeps: 200
      :diagnostics:
      :trace: 2
      :correlation:
      :sum: all
      :plot: no
      :name: s
      ```

      {eval}`s.energyrhat` {eval}`s.sumrhat`

      """)
    #expect(page.diagnostics.map(\.description) == [])
    let values = page.inline.compactMap(Double.init)
    #expect(values[0] < 1.2 && values[1] > 1.5)
    let plots = page.outputs.compactMap { if case .plot(let plot) = $0 { plot.title } else { nil } }
    #expect(plots == ["Trace", "Autocorrelation"])
  }
}
