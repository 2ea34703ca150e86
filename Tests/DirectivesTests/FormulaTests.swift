import Directives
import Notebooks
import Testing

@Suite struct LetTests {
  @Test func namesForNumbersListsAndTruths() {
    let page = Page(
      """
      ```{let}
      beta = 1 / 4
      gaps = range(-2, 2, 1)
      chances = sigmoid(beta * gaps) : .3f
      falls = chances[1] > chances[last]
      many = range(1, 100)
      ```

      {eval}`chances[3]` {eval}`length(many)` {eval}`beta:.3f`
      """)
    #expect(page.marks == [])
    #expect(page.inline == ["0.5", "100", "0.250"])
    #expect(
      page.tables[0].columns[1].cells
        == .text([
          "0.25", "-2, -1, 0, 1, 2", "0.378, 0.438, 0.500, 0.562, 0.622", "no",
          "100 numbers, the first 1, the last 100",
        ]))
  }

  @Test(arguments: [
    ("x", "3:1 bad-definition"), ("1x = 2", "3:1 bad-name"), ("and = 2", "3:1 bad-name"),
    ("x = ", "3:4 bad-expression"), ("x = y", "3:5 unknown-name"), ("x = x", "3:5 unknown-name"),
    ("x = 1\nx = 2", "4:1 duplicate-name"), ("x = 1 +\ny = (", "3:8 bad-expression"),
    ("x = y\ny = 1", "3:5 use-before-definition"), ("x = 1:.3g", "3:7 bad-format"),
  ])
  func mistakes(body: String, mark: String) {
    #expect(Page("```{let}\n\n\(body)\n```\n").marks.first == mark)
  }

  /// A name whose line cannot be read is missing below, which is no second mistake.
  @Test func lostNames() {
    let use = "\n{eval}`x + y`\n"
    #expect(Page("```{let}\nx = 1 +\ny = 2\n```\n" + use).marks == ["2:8 bad-expression"])
    #expect(Page(use + "\n```{let}\nx = 1\ny = 2\n").marks == ["4:5 unclosed-fence"])
    let page = Page("```{let}\nx = [1][2]\ny = x\n```\n" + use)
    #expect(page.marks == ["2:8 out-of-range"])
  }

  @Test func sizesAreLimited() {
    func names(_ count: Int, _ formula: String) -> String {
      "```{let}\n" + (0..<count).map { "x\($0) = \(formula)\n" }.joined() + "```\n"
    }
    #expect(Page(names(256, "1")).marks == [])
    #expect(Page(names(257, "1")).marks == ["258:1 limit-exceeded"])
    #expect(Page(names(17, "range(1, 65536)")).marks == ["18:1 limit-exceeded"])
  }

  @Test func whatItTakes() {
    #expect(Page("```{let} x\n\ny = 1\n```\n").marks == ["1:10 unexpected-argument"])
    #expect(Page("```{let}\n```\n").marks == ["1:5 missing-body"])
    #expect(Page("```{let}\n:name: y\n\nx = 1\n```\n").marks == ["2:8 duplicate-name"])
  }
}

@Suite struct TabulateTests {
  private static let states = Page.slide35 + "```{energy-table} slide35\n:name: t\n```\n\n"

  @Test func columnsOfATable() throws {
    let page = Page(
      Self.states + """
        ```{tabulate} more
        :from: t
        v1
        p
        twice = 2 * p : .5f
        share = twice / sum(twice)
        large = p > 0.1
        one = 1
        ```

        {eval}`sum(more.share)` {eval}`count(more.p > 0.1)` {eval}`more.twice[1] / more.p[1]`
        """)
    #expect(page.marks == [])
    #expect(page.inline[0] == "1")
    #expect(page.inline[2] == "2")
    let table = try #require(page.tables.last)
    #expect(table.columns.map(\.key) == ["v1", "p", "twice", "share", "large", "one"])
    #expect(table.rowCount == 16)
    #expect(page.inline[1] == "\(try #require(table["large"]).yesCount)")
  }

  @Test func listsWithoutATable() {
    let page = Page("```{tabulate} t\nx = [1, 2, 4]\ny = x ^ 2\n```\n{eval}`t.y[last]`")
    #expect(page.inline == ["16"])
    #expect(page.tables[0].row(1) == ["2", "4"])
  }

  @Test(arguments: [
    ("q", "18:1 unknown-column"), ("x = q", "18:5 unknown-name"), ("x = [1, 2]", "18:1 wrong-size"),
    ("p\np", "19:1 duplicate-name"), ("x = p +", "18:8 bad-expression"),
    ("x y", "18:1 bad-definition"),
  ])
  func mistakes(body: String, mark: String) {
    let page = Page(Self.states + "```{tabulate} more\n:from: t\n\n\n\(body)\n```\n")
    #expect(page.marks == [mark])
  }

  @Test func whatItTakes() {
    #expect(
      Page("```{tabulate}\n\nx = 1\n```\n").marks == ["1:5 missing-argument"])
    #expect(Page("```{tabulate} t\n```\n").marks == ["1:5 missing-body"])
    #expect(Page("```{tabulate} t\n\nx = y\n```\n").marks == ["3:5 unknown-name"])
  }
}

@Suite struct PlotFormulaTests {
  @Test func seriesByFormula() throws {
    let page = Page(
      """
      ```{plot}
      :x: range(-1, 1, 0.5)

      cold = sigmoid(2 * x)
      "T = 2" = sigmoid(x / 2)
      x ^ 2
      0.5
      ```
      """)
    #expect(page.marks == [])
    guard case .plot(let plot)? = page.outputs.first else {
      Issue.record("a plot is expected")
      return
    }
    let series = plot.marks.compactMap { mark in
      if case .line(let series) = mark { series } else { nil }
    }
    #expect(series.map(\.name) == ["cold", "T = 2", "x ^ 2", "0.5"])
    #expect(series[2].points.map(\.y) == [1, 0.25, 0, 0.25, 1])
    #expect(series[3].points.map(\.y) == [0.5, 0.5, 0.5, 0.5, 0.5])
    #expect(plot.x.label == "x")
  }

  @Test func columnsOfATableInFormulas() {
    let page = Page(
      "```{tabulate} t\na = [1, 2, 3]\nb = [4, 5, 6]\n```\n\n"
        + "```{plot} t\n:kind: points\n\na * b\nb + x\n```\n")
    #expect(page.marks == [])
    #expect(page.outputs.count == 2)
  }

  /// A histogram counts what it cannot show.
  @Test func infiniteValuesAreCounted() throws {
    let page = Page(
      "```{tabulate} t\nx = exp([1, 2, 3, 1000, 2000])\n```\n\n```{plot} t\n:kind: histogram\n```\n"
    )
    guard case .plot(let plot)? = page.outputs.last,
      case .histogram(let histogram)? = plot.marks.first
    else {
      Issue.record("a histogram is expected")
      return
    }
    #expect(histogram.counts.reduce(0, +) == 3 && histogram.leftOut == 2)
    #expect(page.text?.contains("2 values are not finite") == true)
  }

  @Test(arguments: [
    ("```{plot}\n\nx\n```\n", "1:5 missing-option"),
    ("```{plot}\n:x: 3\n\nx\n```\n", "2:5 wrong-type"),
    ("```{plot}\n:x: [1, 2]\n\n[1, 2, 3]\n```\n", "4:1 wrong-size"),
    ("```{plot}\n:x: [1, 2]\n\ny\n```\n", "4:1 unknown-name"),
    ("```{plot}\n:x: [1, 2]\n\nx > 1\n```\n", "4:1 wrong-type"),
    ("```{plot}\n:x: [1, 2]\n:kind: bars\n\nx\n```\n", "5:1 unexpected-body"),
    ("```{plot}\n:x: [1, 2]\n:y: p\n\nx\n```\n", "3:5 unexpected-option"),
    ("```{plot}\n:x: [1, 2\n\nx\n```\n", "2:10 bad-expression"),
  ])
  func mistakes(text: String, mark: String) { #expect(Page(text).marks == [mark]) }
}

@Suite struct CheckFormulaTests {
  private func verdicts(_ body: String) -> [String] {
    let page = Page(Page.slide35 + "```{check}\n\(body)\n```\n")
    return page.tables.last.map { table in
      (0..<table.rowCount).map { table.row($0)[1...].joined(separator: " ") }
    } ?? []
  }

  @Test(arguments: [
    ("1 < 2 and 3 < 4", "1, 3 holds"), ("not 2 < 1", "2 holds"), ("all([1, 2] > 0)", " holds"),
    ("count([1, 2] > 1) = 1", "1 holds"), ("1 != 2 or 1 = 2", "1, 1 holds"),
    ("1 = 2", "1 **fails**"), ("true", " holds"), ("any([1, 2] > 2)", " **fails**"),
  ])
  func formulas(statement: String, verdict: String) {
    #expect(verdicts(statement) == [verdict])
  }

  @Test func whatFailsIsSaid() {
    let page = Page("```{check}\n1 > 2 and 3 > 2\nany([1] > 2)\n1 = 2\n```\n")
    #expect(
      page.diagnostics.map(\.message) == [
        "`1 > 2 and 3 > 2` does not hold: the left sides are 1, 3",
        "`any([1] > 2)` does not hold", "`1 = 2` does not hold: the left side is 1",
      ])
    #expect(page.diagnostics.last?.hint?.hasPrefix("two computed numbers") == true)
  }

  @Test func listsNeedAWord() {
    let page = Page("```{check}\n[1, 2] > 0\n```\n")
    #expect(
      page.diagnostics.map(\.message) == [
        "a truth value is needed here, but this is 2 truth values"
      ])
    #expect(page.marks == ["2:1 wrong-type"])
  }
}

@Suite struct ModelFormulaTests {
  /// Identities that hold exactly, up to rounding.
  @Test(arguments: [
    "F(slide35) + ln(Z(slide35))", "F(slide35, T=2) + 2 * lnZ(slide35 | T=2)",
    "U(slide35 | T=2) - 2 * entropy(slide35 | T=2) - F(slide35, T=2)",
    "E(slide35, [1, 0, 1, 0]) - E(slide35, v1=1, v2=0, h1=1, h2=0)",
    "p(slide35, [1, 0]) - p(slide35, v1=1, v2=0)",
    "F(slide35, [1, 0]) - F(slide35) + ln(p(slide35, [1, 0]))",
    "F(slide35, v1=1 | v2=0) - F(slide35, [1, 0])",
    "entropy(slide35 | v1=1, v2=1, h1=0, h2=0)",
  ])
  func identities(formula: String) {
    let page = Page(Page.slide35 + "```{check}\nabs(\(formula)) < 1e-13\n```\n")
    #expect(page.diagnostics == [])
  }

  private static let rbm = """
    ```{rbm} r
    :visible: 3
    :hidden: 2
    :weights: normal 0 1
    ```

    ```{machine} m
    :from: r
    ```

    ```{dataset} d

    1 0 1
    0 1 1
    ```


    """

  @Test(arguments: [
    "lnZ(r) - lnZ(m)", "Z(r) / Z(m) - 1", "F(r, [1, 0, 1]) - F(m, [1, 0, 1])",
    "F(r, d[1]) - F(m, v1=1, v2=0, v3=1)", "F(r) + lnZ(r)",
    "F(r, d[2], T=2) - F(m, d[last], T=2)", "p(r, v1=1) - p(m, v1=1)",
    "p(r, h2=1 | v1=1, v2=1, v3=0) - p(m, h2=1 | v1=1, v2=1, v3=0)",
    "entropy(r) - entropy(m)", "p(r, d[1]) - exp(-F(r, d[1]) - lnZ(r))",
  ])
  func restrictedMachines(formula: String) {
    let page = Page(Self.rbm + "```{check}\nabs(\(formula)) < 1e-12\n```\n")
    #expect(page.diagnostics == [])
  }

  @Test(arguments: [
    ("{eval}`F(r, [1, 0])`", "20:14 wrong-size"), ("{eval}`d[3][1]`", "20:9 out-of-range"),
    ("{eval}`sum(d[all])`", "20:13 bad-expression"), ("{eval}`q(r)`", "20:8 unknown-function"),
    ("{eval}`F(r, [0.5, 0, 1])`", "20:13 out-of-range"),
    ("{eval}`Z(r, v1=1)`", "20:8 bad-expression"),
    ("{eval}`d`", "20:8 not-a-number"),
  ])
  func mistakes(text: String, mark: String) {
    #expect(Page(Self.rbm + text).marks.map { $0.drop { $0 != " " } } == [mark.drop { $0 != " " }])
  }

  /// A chain of 40 units has far too many states to enumerate, but not to eliminate:
  /// Z = 2 (1 + e)^39 for units ±1 in zero field, up to the constant.
  @Test func largeSparseMachines() {
    let names = (1...40).map { "s\($0)" }
    let edges = (1..<40).map { "s\($0) -- s\($0 + 1): 0.5" }.joined(separator: "\n")
    let page = Page(
      """
      ```{machine} chain
      :visible: \(names.joined(separator: " "))
      :units: spin

      \(edges)
      ```

      ```{check}
      abs(lnZ(chain) - ln(2) - 39 * ln(exp(0.5) + exp(-0.5))) < 1e-12
      abs(p(chain, s20=1, s21=1) - 0.5 * sigmoid(1)) < 1e-12
      abs(U(chain) + 39 * 0.5 * (2 * sigmoid(1) - 1)) < 1e-10
      abs(F(chain) - U(chain) + entropy(chain)) < 1e-10
      ```
      """)
    #expect(page.diagnostics == [])
  }

  @Test func largeDenseMachines() {
    let names = (1...40).map { "s\($0)" }
    let rows = (0..<40).map { i in (0..<40).map { $0 == i ? "0" : "1" }.joined(separator: " ") }
    let page = Page(
      "```{machine} m\n:visible: \(names.joined(separator: " "))\n\n"
        + rows.joined(separator: "\n") + "\n```\n\n{eval}`Z(m)`")
    #expect(page.diagnostics.map(\.id) == ["limit-exceeded"])
  }
}

@Suite struct UntilTests {
  private static let cells = """
    ```{dataset} d

    0 0 0
    0 1 1
    1 0 1
    1 1 0
    ```

    ```{machine} m
    :visible: a b c
    :hidden: h

    a -- h: 0
    ```


    """

  @Test(arguments: [
    ("kl << 1", "bad-expression"), ("kk < 1", "not-a-choice"), ("kl + 1", "wrong-type"),
    ("1 < 2", "bad-condition"), ("kl < 1 and 2", "wrong-type"),
  ])
  func mistakes(condition: String, id: String) {
    let page = Page(
      Self.cells + "```{train} m\n:data: d\n:epochs: 1\n:until: \(condition)\n```\n")
    #expect(page.diagnostics.map(\.id) == [id])
  }

  @Test func formulasOverColumns() {
    let page = Page(
      Self.cells
        + "```{train} m\n:data: d\n:epochs: 50\n:until: kl < 9 and norm >= 0\n:columns: kl norm\n```\n"
    )
    #expect(page.marks == [])
    #expect(page.sentences.last?.hasSuffix("`kl < 9 and norm >= 0` holds after 0 updates.") == true)
  }
}

extension Table.Column {
  fileprivate var yesCount: Int {
    if case .text(let cells) = cells { cells.count { $0 == "yes" } } else { -1 }
  }
}
