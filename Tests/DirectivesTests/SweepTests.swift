import Directives
import Notebooks
import Testing

@Suite struct SweepTests {
  private static let matter = """
    ---
    harmonium:
      seed: 3
      parameters:
        w: 1.5
        chains: {default: 50, max: 100}
        rule: {default: heat-bath, choices: [heat-bath, metropolis]}
        unused: 1
    ---

    ```{machine} m
    :visible: a b

    a -- b: {{ w }}
    ```

    ```{sample} m
    :chains: {{ chains }}
    :plot: no
    :name: draws
    ```


    """

  private func page(_ sweep: String) -> Page {
    Page(Self.matter + "```{sweep} s\n\(sweep)\n```\n\n{eval}`p(m, a=1):.3f`")
  }

  private func column(_ page: Page, _ key: String) -> [Double?] {
    guard case .numbers(let values, _)? = page.tables.last?[key]?.cells else { return [] }
    return values
  }

  @Test func resultsAreThoseOfOtherParameters() throws {
    let page = page(":over: w = 0 1 2\n:of: both = p(m, a=1, b=1)\n:of: w * 10")
    #expect(page.marks == [])
    let table = try #require(page.tables.last)
    #expect(table.columns.map(\.key) == ["w", "both", "value2"])
    #expect(column(page, "w") == [0, 1, 2])
    #expect(column(page, "value2") == [0, 10, 20])
    for (w, both) in zip(["0", "1", "2"], column(page, "both")) {
      let other = Page(
        Self.matter + "```{let}\nx = p(m, a=1, b=1)\n```\n{eval}`x:.15e`",
        settings: [try ParameterSetting("w=\(w)")])
      let expected = try #require(Double(other.inline.first ?? ""))
      #expect(abs(expected - (both ?? .nan)) < 1e-12)
    }
    // Below, the notebook goes on with its own value.
    #expect(page.inline == Page(Self.matter + "{eval}`p(m, a=1):.3f`").inline)
  }

  @Test func gridsAreAllCombinations() {
    let page = page(":over: w = range(0, 1, 0.5)\n:over: chains = 10 20\n:of: x = w + chains")
    #expect(column(page, "x") == [10, 20, 10.5, 20.5, 11, 21])
    #expect(page.tables.last?["chains"]?.cells.count == 6)
  }

  @Test func wordsCanBeSwept() {
    let cells = "```{sample} m\n:rule: {{ rule }}\n:chains: 20\n:plot: no\n:name: x\n```\n\n"
    let page = Page(
      Self.matter + cells + "```{sweep} s\n:over: rule = metropolis heat-bath\n:of: x.energy\n```\n"
    )
    #expect(page.marks == [])
    #expect(page.tables.last?.columns[0].cells == .text(["metropolis", "heat-bath"]))
  }

  /// Points draw numbers of their own, whatever other points there are.
  @Test func randomNumbers() {
    func energies(_ values: String, _ random: String) -> [Double?] {
      column(
        page(":over: w = \(values)\n:of: e = draws.energy\n:random: \(random)"), "e")
    }
    let own = energies("1 1.5 2", "own")
    #expect(own[1...].elementsEqual(energies("1.5 2", "own")))
    #expect(energies("2 1.5 1", "own") == own.reversed())
    let common = energies("1.5", "common")
    #expect(common != [own[1]])
    let plain = Page(Self.matter + "{eval}`draws.energy:.15e`").inline
    #expect(abs((common[0] ?? .nan) - (Double(plain[0]) ?? .nan)) < 1e-12)
    let twice = page(":over: w = 1.5\n:over: unused = 1 2\n:of: e = draws.energy + unused")
    #expect(column(twice, "e")[0] != column(twice, "e")[1].map { $0 - 1 })
  }

  @Test func runsGiveMeansWithErrors() throws {
    let page = page(":over: w = 1 2\n:of: e = draws.energy\n:runs: 5")
    #expect(page.tables.last?.columns.map(\.key) == ["w", "e", "e-error"])
    #expect(column(page, "e-error").allSatisfy { ($0 ?? 0) > 0 })
    let exact = self.page(":over: w = 1\n:of: z = Z(m)\n:runs: 3")
    #expect(column(exact, "e-error") == [] && column(exact, "z-error") == [0])
  }

  @Test(arguments: [
    (":over: v = 1\n:of: w", "2:8 unknown-parameter"), (":over: w\n:of: w", "2:8 bad-sweep"),
    (":over: w = x\n:of: w", "2:12 not-a-number"), (":over: w = 1", "1:5 missing-option"),
    (":of: w", "1:5 missing-option"), (":over: unused = 1\n:of: Z(m)", "2:8 no-effect"),
    (":over: chains = 101\n:of: draws.energy", "2:17 out-of-range"),
    (":over: chains = range(1, 101)\n:of: draws.energy", "2:17 out-of-range"),
    (":over: w = range(1, 600)\n:of: 2 * w", "1:5 limit-exceeded"),
    (":over: w = 1 2\n:runs: 300\n:of: 2 * w", "1:5 limit-exceeded"),
    (":over: rule = gibbs\n:of: w", "2:15 not-a-choice"),
    (":over: w = 1\n:over: w = 2\n:of: 2 * w", "3:8 duplicate-name"),
    (":over: w = 1\n:of: w = 2", "3:6 duplicate-name"),
    (":over: w = 1\n:of: w", "3:6 duplicate-name"),
    (":over: w = 1\n:of: x = 1\n:of: x = w", "4:6 duplicate-name"),
    (":over: w = 1\n:of: q", "3:6 unknown-name"),
    (":over: w = 1\n:of: w > 1", "3:6 wrong-type"),
    (":over: w = 1\n:of: ln(w - 1)", "3:6 not-finite"),
    (":over: w = 1\n:of: 1 / (w - 1)", "3:8 bad-expression"),
  ])
  func mistakes(sweep: String, mark: String) {
    let start = Self.matter.count { $0 == "\n" }
    let found = page(sweep).diagnostics.map {
      "\($0.place.line - start):\($0.place.column) \($0.id)"
    }
    #expect(found == [mark])
  }

  @Test func aPointThatFailsSaysWhich() {
    let page = page(":over: w = 1 1e7\n:of: Z(m)")
    #expect(page.diagnostics.count == 1)
    #expect(page.diagnostics.first?.message.hasSuffix("(in s at w = 10000000)") == true)
  }

  @Test func sweepsDoNotNest() {
    let inner = "```{sweep} one\n:over: w = 1 2\n:of: z = Z(m) + unused\n```\n\n"
    let page = Page(
      Self.matter + inner + "```{sweep} two\n:over: unused = 1 2\n:of: one.z[1]\n```\n")
    #expect(page.diagnostics.map(\.id) == ["nested-sweep"])
  }
}

@Suite struct ParametersDirectiveTests {
  private static let text = """
    ---
    harmonium:
      parameters:
        steps: 200
        rate: {default: 0.05, max: 1, about: step}
    ---

    ```{parameters}
    ```
    """

  @Test func valuesAndBounds() throws {
    let page = Page(Self.text)
    #expect(page.tables[0].columns.map(\.key) == ["parameter", "value", "bounds", "about"])
    #expect(page.tables[0].row(1) == ["`rate`", "0.05", "1 or less", "step"])
    let other = Page(Self.text, settings: [try ParameterSetting("rate=0.5")])
    #expect(other.tables[0].row(1) == ["`rate`", "0.5", "1 or less", "step", "0.05"])
    #expect(Page("```{parameters}\n```\n").sentences == ["This notebook has no parameters."])
  }
}
