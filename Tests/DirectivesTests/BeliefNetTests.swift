import Notebooks
import Testing

/// Belief nets as a page asks them.
@Suite struct BeliefNetTests {
  private static let truck = """
    ```{belief-net} hinton
    :hidden: truck quake
    :visible: house

    truck: -10
    quake: -10
    house: -20
    truck -> house: 20
    quake -> house: 20
    ```


    """

  private static let exam = """
    ```{belief-net} exam
    :hidden: easy smart
    :visible: score

    p(easy) = 0.1
    p(smart) = 0.2
    p(score | easy=0, smart) = 0.01 0.3
    p(score | smart=1, easy=1) = 0.95
    p(score | smart=0, easy=1) = 0.6
    ```


    """

  /// The published numbers of the example, to ten digits and more.
  @Test func truckAndQuake() {
    #expect(
      Page.values(
        [
          "p(hinton, truck=0, quake=0 | house=1)", "p(hinton, truck=1, quake=1 | house=1)",
          "p(hinton, truck=1, quake=0 | house=1)", "p(hinton, truck=1 | house=1)",
          "p(hinton, truck=1 | house=1, quake=1)",
        ], ".12f", after: Self.truck)
        == [
          "0.000045395808", "0.000045395808", "0.499954604192", "0.500000000000",
          "0.000090791615",
        ])
  }

  /// Bayes by hand: a number for each state of the parents, zeros first, the last changing fastest.
  @Test func tablesAreReadInTheirOrder() {
    let joint = (easy: 0.1 * 0.8 * 0.6, smart: 0.9 * 0.2 * 0.3, both: 0.1 * 0.2 * 0.95)
    let score = joint.easy + joint.smart + joint.both + 0.9 * 0.8 * 0.01
    let values = Page.values(
      [
        "p(exam, score=1) - \(score)",
        "p(exam, smart=1 | score=1) - \((joint.smart + joint.both) / score)",
        "p(exam, smart=1 | score=1, easy=1) - \(joint.both / (joint.both + joint.easy))",
        "p(exam, smart=1 | easy=1) - 0.2",
      ], ".12f", after: Self.exam)
    #expect(values == ["0.000000000000", "0.000000000000", "0.000000000000", "0.000000000000"])
  }

  @Test func beliefsMoveAsEvidenceArrives() throws {
    let page = Page(
      Self.exam + """
        ```{posterior} exam
        :name: beliefs

        nothing
        score=1
        score=1 easy=1
        ```

        {eval}`beliefs.smart[2] - p(exam, smart=1 | score=1):.9f`
        {eval}`beliefs.p[2] - p(exam, score=1):.9f`
        """)
    #expect(page.marks == [])
    let table = try #require(page.tables.last)
    #expect(table.columns.map(\.heading) == ["known", "p(known)", "p(easy=1)", "p(smart=1)"])
    #expect(table.row(0) == ["nothing", "1", "0.1000", "0.2000"])
    #expect(table.row(2).first == "score=1, easy=1")
    #expect(page.inline == ["0.000000000", "0.000000000"])
    // Good marks speak for a good student, and an easy paper takes most of that back.
    guard case .numbers(let smart, _)? = table["smart"]?.cells else { return }
    let beliefs = smart.compactMap(\.self)
    #expect(beliefs[0] < beliefs[2] && beliefs[2] < beliefs[1])
  }

  @Test func statesOfSomeUnits() throws {
    let page = Page(
      Self.truck + "```{posterior} hinton\n:marginal: truck quake\n\nnothing\nhouse=1\n```\n")
    let table = try #require(page.tables.last)
    #expect(table.columns.map(\.key) == ["truck", "quake", "p", "p2"])
    #expect(table.columns.map(\.heading).suffix(2) == ["p", "p given house=1"])
    #expect(table.row(1) == ["1", "0", "4.540e-5", "0.5000"])
    #expect(table.row(3) == ["0", "0", "0.9999", "4.540e-5"])
  }

  /// Every method beside the exact posterior, all within their errors.
  @Test func methodsAgree() throws {
    let page = Page(
      Self.exam + """
        ```{posterior} exam
        :method: rejection likelihood-weighting gibbs
        :name: all

        nothing
        score=1
        score=1 easy=1
        ```

        ```{check}
        all.weightingz < 4
        all.rejectionz < 4
        all.gibbsz < 4
        all.weightingdraws[1] > 9999
        all.rejectiondraws[3] < 2000
        ```
        """)
    #expect(page.diagnostics == [])
    let beliefs = page.tables[1]
    #expect(
      beliefs.columns.map(\.heading) == [
        "known", "unit", "exact", "rejection", "±", "likelihood weighting", "±", "Gibbs sampling",
        "±",
      ])
    #expect(beliefs.rowCount == 6)
    #expect(page.tables[2].rowCount == 3)
    #expect(page.sentences.contains { $0.hasPrefix("Within 2.58 errors of the exact posterior") })
  }

  /// Sums too large leave the exact column out and say so.
  @Test func estimatesWhereSumsAreTooLarge() throws {
    let page = Page(
      """
      ```{belief-net} large
      :layers: 30 30
      ```

      ```{posterior} large
      :of: a1
      :method: likelihood-weighting
      :draws: 500

      b1=1 b2=1
      ```
      """)
    #expect(page.diagnostics == [])
    #expect(page.tables[0]["exact"] == nil)
    #expect(page.sentences.contains { $0.hasSuffix("the limit is 2^22.") })
  }

  /// Rejection that keeps nothing shows nothing.
  @Test func nothingIsKept() throws {
    let page = Page(
      Self.truck + """
        ```{posterior} hinton
        :method: rejection
        :draws: 100

        house=1
        ```
        """)
    #expect(page.diagnostics == [])
    #expect(page.tables[1].row(0) == ["house=1", "truck", "0.5", "", ""])
    #expect(page.tables[2].row(0).last == "0")
  }

  /// A net of two parents is a machine with one weight more; every answer is the same.
  @Test func undirected() throws {
    let page = Page(
      Self.truck
        + """
        ```{undirected} machine
        :from: hinton
        ```

        {eval}`p(machine, truck=1 | house=1, quake=1) / p(hinton, truck=1 | house=1, quake=1):.9f`
        {eval}`p(machine, truck=1, quake=0) / p(hinton, truck=1, quake=0):.9f`
        {eval}`machine.kl:.9f`
        """)
    #expect(page.diagnostics == [])
    #expect(page.inline == ["1.000000000", "1.000000000", "0.000000000"])
    let table = try #require(page.tables.last)
    #expect(table.row(3) == ["truck, quake", "weight, married", "-18.6137"])
    #expect(table.row(4) == ["truck, house", "weight, an arrow", "20.0000"])
    #expect(page.sentences.contains { $0.hasSuffix("has the distribution of the net.") })
  }

  @Test func threeParentsLeaveATermOut() throws {
    let page = Page(
      """
      ```{belief-net} three
      :layers: 3 1
      :weights: 2
      :biases: -1
      ```

      ```{undirected} pairs
      :from: three
      ```

      ```{energy-table} pairs
      ```
      """)
    #expect(page.diagnostics == [])
    let table = page.tables[0]
    #expect(table.row(table.rowCount - 1)[1] == "left out")
    #expect(page.sentences.contains { $0.hasPrefix("1 term has three units or more") })
  }

  /// What is drawn is a function of the seed and the name.
  @Test func layersDependOnTheirName() {
    func probability(_ seed: Int, _ name: String) -> [String] {
      Page.values(
        ["p(\(name), b1=1)"], ".9f",
        after:
          "---\nharmonium:\n  seed: \(seed)\n---\n\n```{belief-net} \(name)\n:layers: 3 2\n```\n\n"
      )
    }
    #expect(probability(1, "a") == probability(1, "a"))
    #expect(probability(1, "a") != probability(1, "b"))
    #expect(probability(1, "a") != probability(2, "a"))
  }

  /// Errors from a few chains hold less often, and the page says how often.
  @Test func fewChainsHoldLessOften() {
    func verdict(_ chains: Int) -> String? {
      Page(
        Self.exam + """
          ```{posterior} exam
          :given: score=1
          :method: gibbs
          :chains: \(chains)
          :sweeps: 50
          ```
          """
      ).sentences.first { $0.hasPrefix("Within 2.58") }
    }
    #expect(verdict(2)?.hasSuffix(" (76 % with errors from 2 chains).") == true)
    #expect(verdict(4)?.hasSuffix(" (92 % with errors from 4 chains).") == true)
    #expect(verdict(100)?.hasSuffix(" of 2.") == true)
  }
}
