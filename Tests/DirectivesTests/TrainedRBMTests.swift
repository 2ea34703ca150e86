import Directives
import Notebooks
import Synchronization
import Testing

/// What a notebook can do with an RBM once it is there.
struct TrainedRBMTests {
  private static let bars = """
    ```{dataset} bars
    :bars-and-stripes: 2
    ```

    ```{rbm} small
    :visible: 4
    :hidden: 3
    ```

    ```{train} small
    :data: bars
    :epochs: 50
    :rate: 0.2
    :columns: likelihood
    :rows: 0
    :plot: none
    :name: trained
    ```


    """

  private static let patient =
    bars.replacing(":epochs: 50", with: ":epochs: 4000").replacing(":hidden: 3", with: ":hidden: 8")

  /// Two visible units, one hidden one, all weights 1: Z = Σ (1 + exp(v₁ + v₂)).
  @Test func anRBMBecomesAMachine() {
    let page = Page(
      """
      ```{rbm} small
      :visible: 2
      :hidden: 1
      :weights: 1
      ```

      ```{machine} same
      :from: small
      ```

      {eval}`Z(same):.10f` {eval}`5 + 2 * exp(1) + exp(2):.10f` {eval}`p(same, h1=1 | v1=1, v2=1):.10f` \
      {eval}`sigmoid(2):.10f`

      """)
    #expect(page.diagnostics.map(\.description) == [])
    #expect(page.inline[0] == page.inline[1])
    #expect(page.inline[2] == page.inline[3])
  }

  @Test func gaussianUnitsAreNoMachine() {
    let page = Page(
      """
      ```{rbm} real
      :visible: 2
      :hidden: 1
      :units: gaussian
      ```

      ```{machine} same
      :from: real
      ```

      """)
    #expect(page.marks == ["8:8 wrong-kind"])
  }

  /// Rows that the machine learned and their like have the lower free energy.
  @Test func bySurprise() {
    let page = Page(
      Self.patient + """
        ```{dataset} others

        1 0 0 1
        0 1 1 0
        1 0 0 0
        0 1 1 1
        ```

        ```{roc} trained
        :positive: bars
        :negative: others
        :name: known
        ```

        {eval}`known.auc:.3f`

        """)
    #expect(page.diagnostics.map(\.description) == [])
    #expect((Double(page.inline[0]) ?? 0) > 0.9)
    #expect(page.tables.isEmpty, "with `:rows: 0` there is no table")
  }

  @Test func mistakes() {
    let page = Page(
      Self.bars + """
        ```{dataset} wide

        1 0 1
        ```

        ```{roc} trained
        :positive: bars
        :negative: wide
        ```

        ```{images} trained
        :sweeps: 5
        ```

        ```{images} trained
        :what: samples
        :first: 256
        :sweeps: 100000
        ```

        ```{images} bars
        :what: samples
        ```

        """)
    #expect(
      page.marks == [
        "27:12 bad-data", "30:5 unexpected-option", "34:13 limit-exceeded", "40:13 no-images",
      ])
  }

  /// Every sample of a sharp machine is one of the rows that it learned.
  @Test func samplesAreLikeTheData() {
    let page = Page(
      Self.patient + """
        ```{images} trained
        :what: samples
        :first: 16
        :sweeps: 100
        ```

        """)
    #expect(page.diagnostics.map(\.description) == [])
    let images = page.outputs.compactMap { if case .images(let strip) = $0 { strip } else { nil } }
    let rows = images[0].images.map { $0.values.map { $0 > 0.5 ? 1 : 0 } }
    let known = [
      [0, 0, 0, 0], [1, 1, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1], [1, 1, 0, 0], [0, 0, 1, 1],
    ]
    #expect(rows.count == 16)
    #expect(rows.count { known.contains($0) } >= 13)
    #expect(Set(rows).count >= 4)
  }

  /// A listener hears of every epoch, and of every seed of a study.
  @Test func trainingTellsHowFarItIs() {
    func heard(_ text: String) -> [CellProgress] {
      let heard = Mutex<[CellProgress]>([])
      let notebook = Notebook(
        Array(text.utf8), file: "n.md", directives: Registry.harmonium.names)
      let run = Run(threads: 2) { progress in heard.withLock { $0.append(progress) } }
      _ = run.report(on: Plan(notebook, registry: .harmonium))
      return heard.withLock(\.self)
    }
    let single = heard(Self.bars)
    #expect(single.map(\.done) == Array(1...50))
    #expect(single.allSatisfy { $0.total == 50 && $0.unit == "epoch" && $0.cell == "trained" })
    #expect(single.last?.figure?.hasPrefix("log-likelihood -") == true)
    let study = heard(Self.bars.replacing(":rows: 0", with: ":seeds: 6"))
    #expect(study.map(\.done).sorted() == Array(1...6))
    #expect(study.allSatisfy { $0.total == 6 && $0.unit == "seed" })
  }
}
