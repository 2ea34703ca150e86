import Testing

/// The articles' numbers, computed by enumeration with independent code.
@Suite struct KnownNumbersTests {
  @Test func slide35() {
    #expect(Page.values(["Z(slide35)"], ".10f") == ["39.6898932233"])
    #expect(Page.values(["ln(Z(slide35))"], ".10f") == ["3.6810965765"])
    let states = ["v1=1, v2=1", "v1=1, v2=0", "v1=0, v2=1", "v1=0, v2=0"]
    #expect(
      Page.values(states.map { "p(slide35, \($0))" }, ".10f")
        == ["0.4660227711", "0.3050483875", "0.1440740038", "0.0848548375"])
    #expect(
      Page.values(states.map { "p(slide35, \($0) | h1=1, h2=1)" }, ".6f")
        == ["0.643914", "0.236883", "0.087144", "0.032059"])
  }

  @Test func theSameInTables() {
    let page = Page(
      Page.slide35 + "```{energy-table} slide35\n:marginal: v1 v2\n```\n\n"
        + "```{energy-table} slide35\n:given: h1=1 h2=1\n:columns: p\n```\n")
    #expect(page.tables[1].columns.last?.cells.count == 4)
    #expect(
      (0..<4).map { page.tables[1].row($0) } == [
        ["1", "1", "0.4660"], ["1", "0", "0.3050"], ["0", "1", "0.1441"], ["0", "0", "0.0849"],
      ])
    #expect(
      (0..<4).map { page.tables[2].row($0) } == [
        ["1", "1", "1", "1", "0.6439"], ["1", "0", "1", "1", "0.2369"],
        ["0", "1", "1", "1", "0.0871"], ["0", "0", "1", "1", "0.0321"],
      ])
    #expect(page.sentences.contains { $0.hasPrefix("Z = 39.6899, the sum over 16 states") })
  }

  /// Printed .643 is cut off; the others are rounded.
  @Test func theConditionalTableAsPrinted() {
    let page = Page(
      Page.slide35 + """
        ```{energy-table} slide35
        :given: h1=1 h2=1
        :name: clamped
        ```

        ```{published} clamped
        :differs: p[1]: known

        | v1 | v2 | p    |
        |----|----|------|
        | 1  | 1  | .643 |
        | 1  | 0  | .237 |
        | 0  | 1  | .087 |
        | 0  | 0  | .032 |
        ```

        """)
    #expect(page.marks == [])
    #expect(
      page.sentences.last == "3 of 4 printed numbers reproduce; 1 differs for a stated reason.")
    #expect(
      page.tables.last?.row(0).last == "differs: the printed number is cut off, not rounded: known")
  }

  private static let third =
    Page.slide35 + """
      ```{machine} small
      :from: slide35
      :scale: 0.3
      ```

      ```{energy-table} small
      :given: h1=1 h2=1
      :sum: v1 + v2
      :name: ons
      ```


      """

  /// The last table of article 2 is this row: all weights times 0.3, given h = [1, 1].
  @Test func theHistogramRow() {
    let exact = ["0.150793610506", "0.478313955950", "0.370892433544"]
    #expect(Page.values(["ons.p[1]", "ons.p[2]", "ons.p[3]"], ".12f", after: Self.third) == exact)
    #expect(
      Page.values(
        [(0, 0), (1, 1)].map { "p(slide35, v1=\($0), v2=\($1) | h1=1, h2=1, T=10/3)" }, ".12f")
        == [exact[0], exact[2]])
  }

  @Test func chiSquareVerdicts() throws {
    let page = Page(
      Self.third + """
        ```{chi-square} ons
        :name: test

        | row     | 0   | 1   | 2   |
        |---------|-----|-----|-----|
        | set     | 164 | 467 | 369 |
        | random  | 289 | 512 | 199 |
        | trained | 160 | 496 | 344 |
        ```

        {eval}`test.chi2[2]:.1f` {eval}`test.pvalue[3]:.2f` {eval}`test.chi2[last]:.2f`
        """)
    #expect(page.marks == [])
    let table = try #require(page.tables.last)
    #expect(
      table["chi2"].map { _ in (0..<3).map { table.row($0)[4] } } == ["1.43", "208.71", "3.17"])
    #expect((0..<3).map { table.row($0).last } == ["consistent", "different", "consistent"])
    #expect(page.inline == ["208.7", "0.21", "3.17"])
  }

  /// Twelve draws in the rarest of three cells have p₀¹² = Z⁻¹² = (3 + e^1.5)⁻¹² and χ² = 12 (Z − 1),
  /// with Z = 7.4817; of thirty, two cells stand together.
  @Test func fewCountsAreTestedToo() throws {
    let page = Page(
      """
      ```{machine} pair
      :visible: a b

      a -- b: 1.5
      ```

      ```{energy-table} pair
      :sum: a + b
      :name: ons
      ```

      ```{chi-square} ons
      :name: test

      | row    | 0   | 1   | 2   |
      |--------|-----|-----|-----|
      | twelve | 12  | 0   | 0   |
      | thirty | 30  | 0   | 0   |
      | many   | 140 | 260 | 600 |
      ```

      {eval}`test.chi2[1]:.2f` {eval}`test.pvalue[1] * 1e11:.3f`
      """)
    #expect(page.marks == [])
    #expect(page.inline == ["77.78", "3.251"])
    let table = try #require(page.tables.last)
    #expect((0..<3).map { table.row($0).last } == ["different", "different", "consistent"])
    #expect((0..<3).map { table.row($0)[5] } == ["", "1", "2"])
    #expect(
      page.sentences.suffix(2) == [
        "Expecting fewer than 5 counts each, these stand together as one: 2 cells of thirty.",
        "Too few counts for the $\\chi^2$ distribution; the p-value is exact: twelve.",
      ])
  }
}
