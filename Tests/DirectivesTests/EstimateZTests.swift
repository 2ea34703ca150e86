import Notebooks
import Testing

@Suite struct EstimateZTests {
  /// Three machines of one article: the interval holds the exact value, which stands beside it.
  @Test func theIntervalHoldsTheExactValue() throws {
    let page = Page(
      Page.slide35 + "```{estimate-z} slide35\n:name: z\n:chains: 64\n:steps: 100\n```\n\n"
        + "{eval}`z.exact:.9f` {eval}`z.low - z.exact` {eval}`z.high - z.exact` "
        + "{eval}`z.ess` {eval}`z.reverseess`\n")
    #expect(page.diagnostics == [])
    let values = page.inline.compactMap(Double.init)
    #expect(page.inline[0] == "3.681096577")
    #expect(values[1] < 0 && values[2] > 0 && values[2] - values[1] < 0.1)
    #expect(values[3] > 60 && values[3] <= 64 && values[4] > 60)
    #expect(page.sentences.contains { $0.contains("reverse chains in exact draws") })
    #expect(page.sentences.contains { $0.hasSuffix("The exact value lies in it.") })
  }

  /// Given units, a temperature, and spins, whose constant belongs to Z.
  @Test func conditionsTemperaturesAndConstantsCount() throws {
    let page = Page(
      Page.slide35
        + "```{machine} spins\n:from: slide35\n:units: spin\n```\n\n"
        + "```{estimate-z} slide35\n:name: a\n:given: h1=1 h2=1\n:temperature: 2\n```\n\n"
        + "```{estimate-z} spins\n:name: b\n```\n\n"
        + "{eval}`a.exact - ln(Z(slide35 | h1=1, h2=1, T=2)):.8f` "
        + "{eval}`b.exact - ln(Z(spins)):.8f` {eval}`abs(b.lnz - b.exact):.1f`\n")
    #expect(page.diagnostics == [])
    #expect(page.inline == ["0.00000000", "0.00000000", "0.0"])
  }

  /// Beyond enumeration there is no exact value, and the start of the reverse chains is admitted.
  @Test func withoutExactDrawsTheIntervalIsNoGuarantee() throws {
    let page = Page(
      "```{ising} glass\n:size: 30\n:couplings: sk\n```\n\n"
        + "```{estimate-z} glass\n:temperature: 4\n:chains: 32\n:steps: 50\n:name: z\n```\n")
    #expect(page.diagnostics == [])
    #expect(page.sentences.contains { $0.contains("reverse chains in long chains") })
    #expect(page.sentences.contains { $0.contains("chains of 100 sweeps") })
    let table = try #require(page.tables.last)
    #expect(table.rowCount == 3)
  }

  /// Four steps over a cold lattice: the directions hardly meet, and the page says so.
  @Test func directionsThatHardlyMeetAreNamed() throws {
    let page = Page(
      "```{ising} lattice\n:size: 4x4\n```\n\n"
        + "```{estimate-z} lattice\n:temperature: 0.5\n:chains: 16\n:steps: 4\n:name: z\n```\n")
    #expect(page.diagnostics == [])
    #expect(page.sentences.contains { $0.hasPrefix("The two directions hardly meet") })
    #expect(page.sentences.contains { $0.hasSuffix("The exact value lies in it.") })
  }

  /// Without weights every chain has the weight 2¹² of all states, of which an error takes ten.
  @Test(arguments: [
    (4, "The chains are too few for an error: ", "More chains would narrow it. "),
    (5, "The interval is meant for 99 of 100 runs. ", ""),
  ])
  func fewChainsThatAgree(chains: Int, start: String, advice: String) throws {
    let names = (1...12).map { "u\($0)" }.joined(separator: " ")
    let page = Page(
      "```{machine} flat\n:visible: \(names)\n\nu1: 0\n```\n\n"
        + "```{estimate-z} flat\n:chains: \(chains)\n:steps: 4\n```\n")
    let verdict = try #require(page.sentences.last)
    #expect(verdict.hasPrefix(start))
    #expect(verdict.hasSuffix(advice + "The exact value lies in it."))
  }

  /// With all units given every chain weighs 0.5 = 0.1 + 0.7 - 0.3, but for what quanta round.
  @Test func roundedWeightsAreNotOutside() {
    let page = Page(
      "```{machine} ring\n:visible: a b c\n\na -- b: 0.1\nb -- c: 0.7\na -- c: -0.3\n```\n\n"
        + "```{estimate-z} ring\n:given: a=1 b=1 c=1\n```\n")
    #expect(page.sentences.last?.hasSuffix("The exact value lies in it.") == true)
  }

  /// An RBM from the means of its data.
  @Test func restrictedMachinesStartFromTheirData() throws {
    let page = Page(
      "```{dataset} stripes\n:bars-and-stripes: 3\n```\n\n"
        + "```{rbm} small\n:visible: 9\n:hidden: 4\n:weights: normal 0 1\n```\n\n"
        + "```{estimate-z} small\n:base: stripes\n:chains: 32\n:steps: 50\n:name: z\n```\n")
    #expect(page.diagnostics.map(\.description) == [])
    #expect(page.sentences.contains { $0.contains("start in the means of the data") })
    #expect(page.sentences.contains { $0.hasSuffix("The exact value lies in it.") })
  }
}
