import Testing

/// Lattices, certificates and tempering, asked for their numbers.
@Suite struct SamplersTests {
  private static let ring = """
    ```{ising} ring
    :size: 4
    :coupling: 0.5
    :field: 0.1
    ```


    """

  /// The four states of two neighbours, from the two eigenvalues of the transfer matrix.
  @Test func aRingHasItsEnergies() {
    #expect(
      Page.values(
        ["E(ring, s1=1, s2=1, s3=1, s4=1)", "E(ring, s1=1, s2=-1, s3=1, s4=-1)"], ".6f",
        after: Self.ring) == ["-2.400000", "2.000000"])
    let root = "sqrt(exp(1) * ((exp(0.1) + exp(-0.1)) / 2) * ((exp(0.1) + exp(-0.1)) / 2)"
    let sum = "exp(0.5) * (exp(0.1) + exp(-0.1)) / 2"
    let rest = " - (exp(1) - exp(-1)))"
    let (high, low) = ("(\(sum) + \(root)\(rest))", "(\(sum) - \(root)\(rest))")
    #expect(
      Page.values(
        ["Z(ring) / (\(high)*\(high)*\(high)*\(high) + \(low)*\(low)*\(low)*\(low))"], ".12f",
        after: Self.ring) == ["1.000000000000"])
  }

  @Test func latticesAreNamedByRowAndColumn() {
    let lattice = "```{ising} lattice\n:size: 2x3\n:boundary: free\n```\n\n"
    #expect(
      Page.values(
        ["E(lattice, r1c1=1, r1c2=1, r1c3=-1, r2c1=1, r2c2=-1, r2c3=-1)"], ".1f", after: lattice)
        == ["-1.0"])
  }

  /// What is drawn is a function of the seed and the name.
  @Test func glassesDependOnTheirName() {
    func coupling(_ seed: Int, _ name: String) -> [String] {
      let cell = "---\nharmonium:\n  seed: \(seed)\n---\n\n```{ising} \(name)\n:size: 2\n"
      return Page.values(
        ["E(\(name), s1=1, s2=1)"], ".9f", after: cell + ":couplings: sk\n```\n\n")
    }
    #expect(coupling(1, "a") == coupling(1, "a"))
    #expect(coupling(1, "a") != coupling(1, "b") && coupling(1, "a") != coupling(2, "a"))
  }

  /// In words: what was counted, and by how much energies in other units differ.
  @Test(arguments: [
    (":warm-up: 0", "9 chains, the state after 1 sweep: 9 samples."),
    (":warm-up: 4", "9 chains, the state after 5 sweeps: 9 samples."),
    (":warm-up: 0\n:sweeps: 2", "9 chains, 2 states from the first sweep on: 18 samples."),
    (":warm-up: 1\n:sweeps: 2", "9 chains, 2 states after 1 sweep of warm-up: 18 samples."),
  ])
  func whatIsCounted(options: String, sentence: String) {
    let page = Page(
      "```{machine} m\n:visible: a\n\na: 1\n```\n\n```{sample} m\n:chains: 9\n\(options)\n```\n")
    #expect(page.sentences.contains(sentence))
    #expect(page.sentences[0] == "1 unit (1 visible, 0 hidden), each 0 or 1; 0 connections.")
  }

  /// E(11) = -1.5 of spins, 3 × -1.5 = -4.5 of three times their weights, and -3 with 0 and 1.
  @Test func theConstantOfAConversionIsStated() {
    let page = Page(
      """
      ```{machine} s
      :visible: a b
      :units: spin

      a -- b: 1
      a: 0.5
      ```

      ```{machine} b
      :from: s
      :units: binary
      :scale: 3
      ```

      {eval}`E(s, a=1, b=1)` {eval}`E(b, a=1, b=1)`
      """)
    #expect(page.inline == ["-1.5", "-3"])
    #expect(
      page.sentences.last?.hasSuffix("Each energy is 1.5 higher than with units that are -1 or +1.")
        == true)
  }

  @Test func certificatesTellRightFromWrong() throws {
    let page = Page(
      Page.slide35 + """
        ```{certify} slide35
        :temperature: 0.7 1 3
        :rule: metropolis
        :scan: shuffled
        :given: h1=1
        ```

        ```{certify} slide35
        :runs-at: 1.5
        :expect: drifts
        :name: warm
        ```

        {eval}`warm.drifting:.0f`
        """)
    #expect(page.tables[1].row(2).last == "stays" && page.tables[2].row(0).last == "drifts")
  }

  /// Every temperature of a ladder has its exact mean energy within its error.
  @Test func temperedEnergiesAreExact() throws {
    let page = Page(
      Page.slide35 + """
        ```{temper} slide35
        :temperatures: 0.5 1 2
        :ladders: 200
        :name: ladder
        ```

        {eval}`abs(ladder.E[1] - ladder.exact[1]) / ladder.error[1]:.3f`
        {eval}`abs(ladder.E[3] - ladder.exact[3]) / ladder.error[3]:.3f`
        {eval}`ladder.rungs:.0f` {eval}`ladder.lowest:.0f`
        """)
    #expect(page.marks == [])
    #expect(page.inline.prefix(2).allSatisfy { (Double($0) ?? 9) < 4 })
    #expect(page.inline.suffix(2) == ["3", "-2"])
  }

  @Test func annealingTakesWrittenAndDerivedSteps() throws {
    let page = Page(
      Page.slide35 + """
        ```{anneal} slide35
        :schedule: 2@20 2@15 2@12 4@10
        :chains: 20
        ```

        ```{anneal} slide35
        :derived:
        :steps: 3
        :chains: 20
        :name: own
        ```
        """)
    #expect(page.marks == [])
    let written = try #require(page.tables.first { $0["sweeps"] != nil })
    #expect((0..<4).map { written.row($0)[0] } == ["20", "15", "12", "10"])
    #expect((0..<4).map { written.row($0)[1] } == ["2", "2", "2", "4"])
    let derived = try #require(page.tables.last { $0["sweeps"] != nil })
    #expect(derived.row(0)[0] == "1.000")
  }
}
