import Notebooks
import Testing

@Suite struct ComparisonTests {
  private static let tables =
    Page.slide35 + """
      ```{energy-table} slide35
      :marginal: v1 v2
      :name: free
      ```

      ```{energy-table} slide35
      :marginal: v1 v2
      :given: h1=1 h2=1
      :name: held
      ```

      ```{sample} slide35
      :marginal: v1 v2
      :chains: 2000
      :plot: no
      :name: draws
      ```


      """

  /// TV and both KL of two tables by hand: .4660227711 .3050483875 .1440740038 .0848548375 against
  /// .643914 .236883 .087144 .032059.
  @Test func distancesOfTablesAreTheFormulas() throws {
    let page = Page(
      Self.tables + "```{compare} free\n:with: held\n:name: c\n```\n\n"
        + "{eval}`c.tv:.5f` {eval}`c.kl:.5f` {eval}`c.klback:.5f` {eval}`c.difference[1]:.5f`\n")
    #expect(page.diagnostics == [])
    #expect(page.inline == ["0.17789", "0.08150", "0.07327", "-0.17789"])
  }

  /// A machine beside a table is tabulated over the same rows; a distribution is at no distance
  /// from itself.
  @Test func machinesTakeTheRowsOfTables() throws {
    let page = Page(
      Self.tables + "```{compare} slide35\n:with: free\n:name: a\n```\n\n"
        + "```{compare} slide35\n:with: slide35\n:sum: v1 + h1\n:name: b\n```\n\n"
        + "```{compare} draws.p\n:with: free\n:name: c\n```\n\n"
        + "{eval}`a.tv:.12f` {eval}`b.kl:.12f` {eval}`c.tv:.12f`\n")
    #expect(page.diagnostics == [])
    #expect(page.inline == ["0.000000000000", "0.000000000000", "0.000000000000"])
    #expect(page.tables.suffix(3).map(\.rowCount) == [4, 3, 4])
  }

  /// The sum of all units names none of them.
  @Test func machinesTakeSumsOfAllUnits() throws {
    let page = Page(
      Page.slide35 + "```{energy-table} slide35\n:sum: all\n:name: t\n```\n\n"
        + "```{compare} t\n:with: slide35\n:name: c\n```\n\n{eval}`c.tv:.12f`\n")
    #expect(page.diagnostics == [])
    #expect(page.inline == ["0.000000000000"])
    #expect(page.tables.last?.rowCount == 5)
  }

  /// Against the exact distribution, a sample has the distance and the floor of its own cell.
  @Test func samplesHaveTheirFloor() throws {
    let page = Page(
      Self.tables + "```{compare} draws\n:with: slide35\n:name: c\n```\n\n"
        + "{eval}`c.tv - draws.tv:.12f` {eval}`c.floor - draws.floor:.12f`\n")
    #expect(page.diagnostics == [])
    #expect(page.inline == ["0.000000000000", "0.000000000000"])
    #expect(page.sentences.last?.contains("independent draws alone: about") == true)
  }

  /// Units may be called like what a table adds: σ(2) = 0.8808 stands in the first row, and a table
  /// beside its own machine is at no distance from it.
  @Test func unitsMayBeCalledLikeColumns() throws {
    let page = Page(
      """
      ```{machine} one
      :visible: p

      p: 2
      ```

      ```{energy-table} one
      :name: states
      ```

      ```{compare} states
      :with: one
      :name: c
      ```

      ```{published} states
      | p | p     |
      |---|-------|
      | 1 | 0.881 |
      | 0 | 0.119 |
      ```

      ```{machine} counted
      :visible: frequency count error sum

      frequency -- sum: 1
      count: 1
      error: -1
      ```

      ```{sample} counted
      :diagnostics:
      :sweeps: 20
      :chains: 100
      :name: draws
      ```

      ```{compare} draws
      :with: counted
      :name: d
      ```

      ```{energy-table} counted
      :marginal: sum count
      :name: some
      ```

      ```{compare} some
      :with: counted
      :name: e
      ```

      {eval}`states.p[1]:.4f` {eval}`states.p_[1]` {eval}`c.tv:.4f` {eval}`sum(draws.count[all])`
      {eval}`d.tv - draws.tv:.9f` {eval}`e.tv:.9f`

      """)
    #expect(page.diagnostics == [])
    #expect(page.inline == ["0.8808", "1", "0.0000", "2000", "0.000000000", "0.000000000"])
    #expect(
      page.tables.contains { $0.columns[0].key == "observable" && $0.row(1)[0] == "units on" })
  }

  /// Ten draws from 2¹² equally likely states are (1 − 2⁻¹²)¹⁰ from them on average, and nothing is
  /// more than 1 from one draw.
  @Test func floorsAreDistances() throws {
    let names = (1...12).map { "u\($0)" }.joined(separator: " ")
    let page = Page(
      """
      ```{machine} flat
      :visible: \(names)

      u1: 0
      ```

      ```{sample} flat
      :chains: 10
      :name: draws
      ```

      ```{sample} flat
      :chains: 1
      :name: single
      ```

      ```{compare} draws
      :with: flat
      :name: c
      ```

      ```{compare} draws
      :with: single
      :name: d
      ```

      ```{check}
      d.floor <= 1
      ```

      {eval}`draws.floor:.6f` {eval}`c.floor:.6f`
      """)
    #expect(page.diagnostics == [])
    #expect(page.inline == ["0.997561", "0.997561"])
  }

  /// A state that was never drawn is off by √(np/(1 − p)) of the errors √(p(1 − p)/n), here 0.11
  /// with p = 1/(1 + e⁶)² and n = 2000.
  @Test func rareStatesMayBeMissing() throws {
    let page = Page(
      """
      ```{machine} rare
      :visible: a b

      a: 6
      b: 6
      ```

      ```{sample} rare
      :chains: 2000
      :name: draws
      ```

      ```{check}
      draws.count[last] = 0
      draws ~ rare : z < 4
      draws ~ exact : z < 4
      ```
      """)
    #expect(page.diagnostics == [])
  }

  @Test func statementsAreMeasured() throws {
    let page = Page(
      Self.tables + """
        ```{check}
        :name: c
        draws ~ exact : tv < 0.05
        draws ~ slide35 : z < 5
        free ~ held : kl > 0.08
        draws.energy ~ exact : z < 5
        draws.energy ~ draws.energyexact + 1 : z > 5
        Z(slide35 | h1=1) / 2 <= 100
        ```

        {eval}`c.s3:.5f` {eval}`c.s6 - Z(slide35 | h1=1) / 2:.9f` {eval}`c.s1 - draws.tv:.9f`

        """)
    #expect(page.diagnostics.map(\.description) == [])
    #expect(page.inline == ["0.08150", "0.000000000", "0.000000000"])
    let table = try #require(page.tables.last)
    #expect(table.rowCount == 6)
    #expect((0..<6).allSatisfy { table.row($0)[2] == "holds" })
    #expect(table.row(3)[1].contains(" against -1.313"))
  }

  /// A failed statement is a failure, not an error: the table is shown, and the place is that of
  /// the line.
  @Test func aFailedStatementPointsAtItsLine() throws {
    let page = Page(
      Self.tables + "```{check}\nfree ~ held : tv > 0.1\n  free ~ held : tv < 0.1\n```\n")
    #expect(page.marks.count == 1)
    let diagnostic = try #require(page.diagnostics.first)
    #expect(diagnostic.kind == .failure && diagnostic.id == "check-fails")
    #expect(diagnostic.place.column == 3)
    #expect(page.text?.contains("| `free ~ held : tv < 0.1` | 0.1779   | **fails** |") == true)
  }
}
