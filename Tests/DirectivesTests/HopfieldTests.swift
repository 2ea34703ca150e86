import Testing

/// Hopfield nets, asked for their numbers.
@Suite struct HopfieldTests {
  private static let net = """
    ```{dataset} rows
    1 1 -1 1
    1 -1 -1 1
    ```

    ```{hopfield} net
    :patterns: rows
    ```


    """

  /// J = (ξ¹ξ¹ᵀ + ξ²ξ²ᵀ)/4: units 1, 3 and 4 are coupled with ±½, unit 2 with none.
  @Test func aNetIsAMachineOfSpins() {
    #expect(
      Page.values(
        [
          "E(net, s1=1, s2=1, s3=-1, s4=1)", "E(net, s1=1, s2=-1, s3=1, s4=1)",
          "net.patterns", "net.units", "net.load", "net.fixed", "net.alike",
        ], ".4f", after: Self.net)
        == ["-1.5000", "0.5000", "2.0000", "4.0000", "0.5000", "2.0000", "0.5000"])
  }

  /// Every verb of machines takes a net, and the conversion to {0, 1} keeps its energies.
  @Test func otherDirectivesTakeIt() throws {
    let page = Page(
      Self.net + """
        ```{machine} binary
        :from: net
        :units: binary
        ```

        ```{energy-table} net
        ```

        ```{sample} net
        :chains: 50
        ```

        ```{anneal} net
        :chains: 20
        ```

        ```{certify} net
        ```

        ```{temper} net
        :ladders: 20
        ```

        {eval}`E(net, s1=1, s2=1, s3=-1, s4=1) - E(binary, s1=1, s2=1, s3=0, s4=1):.12f`
        {eval}`E(net, s1=1, s2=-1, s3=1, s4=1) - E(binary, s1=1, s2=0, s3=1, s4=1):.12f`
        """)
    #expect(page.marks == [])
    #expect(page.inline == ["0.500000000000", "0.500000000000"])
  }

  @Test func zerosAreMinusOnes() {
    func energies(_ rows: String) -> [String] {
      Page.values(
        ["E(net, s1=1, s2=1, s3=-1)"], ".6f",
        after: "```{dataset} rows\n\(rows)\n```\n\n```{hopfield} net\n:patterns: rows\n```\n\n")
    }
    #expect(energies("1 0 1\n1 1 0") == energies("1 -1 1\n1 1 -1"))
  }

  private static let alike = """
    ```{dataset} digits
    1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 0 0 0 0
    1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 0 0 1 1 0 0
    1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 0 0 0 0 1 1
    ```


    """

  /// Three patterns that differ in four of 22 units: where ξ¹ is alone, its field is that of
  /// 22 − 2 · 14 − 3 < 0, and Hebb's rule keeps none.
  @Test func thePseudoInverseKeepsPatternsThatAreAlike() {
    let cells =
      Self.alike + """
        ```{hopfield} hebb
        :patterns: digits
        ```

        ```{hopfield} projection
        :patterns: digits
        :rule: pseudo-inverse
        ```


        """
    #expect(
      Page.values(["hebb.fixed", "projection.fixed", "hebb.alike"], ".3f", after: cells)
        == ["0.000", "3.000", "0.636"])
  }

  @Test func noiseIsPutRight() throws {
    let page = Page(
      """
      ```{hopfield} net
      :random: 4
      :units: 200
      ```

      ```{recall} net
      :noise: 0.2
      :chains: 40
      :name: some
      ```

      ```{recall} net
      :noise: 0.2
      :chains: 40
      :order: shuffled
      :name: other
      ```

      {eval}`some.recalled` {eval}`some.start` {eval}`some.overlap[4]` {eval}`some.rises`
      {eval}`other.recalled` {eval}`other.alternating` {eval}`some.runs[4]`
      """)
    #expect(page.marks == [])
    #expect(page.inline == ["1", "0.6000", "1", "0", "1", "0", "10"])
  }

  /// All at once, a pair of units alternates from half of all starts.
  @Test func alternationsAreNamed() {
    let pair = "```{dataset} rows\n1 1\n```\n\n```{hopfield} net\n:patterns: rows\n```\n\n"
    let recall = "```{recall} net\n:start: random\n:chains: 400\n"
    #expect(
      Page.values(
        ["one.alternating", "all.alternating + all.stored + all.reversed", "all.rises"], ".2f",
        after: pair + recall + ":name: one\n```\n\n" + recall
          + ":order: synchronous\n:name: all\n```\n\n") == ["0.00", "1.00", "0.00"])
    let shares = Page.values(
      ["all.alternating"], ".6f",
      after: pair + recall + ":order: synchronous\n:name: all\n```\n\n")
    #expect(shares.allSatisfy { abs((Double($0) ?? 9) - 0.5) < 0.1 })
  }

  /// Downhill no run leaves a mixture; in the heat of T = 0.6 nearly all do.
  @Test func warmthLeavesMixtures() {
    let net = "```{hopfield} net\n:random: 3\n:units: 300\n```\n\n"
    let recall = "```{recall} net\n:start: mixtures\n:chains: 64\n"
    #expect(
      Page.values(
        ["cold.mixture", "warm.mixture + warm.other", "warm.stored + warm.reversed"], ".0f",
        after: net + recall + ":name: cold\n```\n\n" + recall
          + ":temperature: 0.6\n:name: warm\n```\n\n") == ["1", "0", "1"])
  }

  /// Three orthogonal patterns of sixteen units: six states stored, eight mixtures.
  @Test func attractorsAreCounted() {
    let rows = (0..<3).map { bit in
      (0..<16).map { "\($0 >> bit & 1)" }.joined(separator: " ")
    }.joined(separator: "\n")
    let cells =
      "```{dataset} rows\n\(rows)\n```\n\n```{hopfield} net\n:patterns: rows\n```\n\n"
      + "```{attractors} net\n:name: found\n```\n\n"
    #expect(
      Page.values(
        [
          "found.stored", "found.reversed", "found.mixture", "found.other - found.spurious + 8",
          "found.stored-basin + found.reversed-basin + found.spurious-basin", "found.E[1]",
        ], ".4f", after: cells)
        == ["3.0000", "3.0000", "8.0000", "0.0000", "1.0000", "-6.5000"])
  }

  /// A net of 24 units is tried from random starts, with errors.
  @Test func largeNetsAreTriedFromRandomStarts() throws {
    let page = Page(
      """
      ```{hopfield} net
      :random: 1
      :units: 24
      ```

      ```{attractors} net
      :chains: 300
      :name: found
      ```

      {eval}`found.all` {eval}`found.stored-basin + found.reversed-basin`
      """)
    #expect(page.inline == ["2", "1"])
    #expect(page.sentences.contains("2 fixed points found from 300 random starts."))
    #expect(page.tables.last?["error"] != nil)
  }

  @Test func capacityStandsBesideItsTheory() {
    let cell = "```{capacity}\n:units: 300\n:loads: 0.05 0.2\n:seeds: 4\n:name: c\n```\n\n"
    #expect(
      Page.values(["c.critical", "c.edge", "c.theory[1]", "c.load[2]"], ".7f", after: cell)
        == ["0.1379056", "0.9674171", "0.9999922", "0.2000000"])
    #expect(
      Page.values(["abs(c.overlap[1] - c.theory[1])", "c.overlap[2]"], ".1f", after: cell)[0]
        == "0.0")
  }
}
