import Boltzmann
import Directives
import Notebooks
import Testing

/// What a notebook can do with a deep belief net.
struct DeepBeliefNetPageTests {
  private static let lower = """
    ```{dataset} bars
    :bars-and-stripes: 2
    ```

    ```{rbm} small
    :visible: 4
    :hidden: 3
    :weights: normal 0 1
    ```

    ```{train} small
    :data: bars
    :epochs: 50
    :rate: 0.2
    :rows: 0
    :plot: none
    :name: first
    ```


    """

  private static let stacked =
    lower + """
      ```{rbm} second
      :transpose: first
      ```

      ```{dbn} net
      :layers: first second
      ```


      """

  private static let labelled =
    lower + """
      ```{dataset} up
      :from: bars
      :through: first
      :label-units: 2
      ```

      ```{rbm} top
      :visible: 5
      :hidden: 6
      ```

      ```{train} top
      :data: up
      :epochs: 400
      :rate: 0.2
      :rows: 0
      :plot: none
      :name: second
      ```

      ```{dbn} net
      :layers: first second
      :label-units: 2
      ```


      """

  private static func figures(_ formulas: [String], after cells: String) -> [Double] {
    Page.values(formulas, ".12e", after: cells).compactMap(Double.init)
  }

  @Test func aTransposedMachineOnTopAddsNothing() {
    let page = Page(Self.stacked + "```{bound} net\n:data: bars\n```")
    #expect(page.diagnostics.map(\.description) == [])
    #expect(page.sentences.contains("4 visible units, layers of 3 and 4 hidden units."))
    #expect(
      page.sentences.contains("3 visible and 4 hidden units: `first` with its layers exchanged."))
    #expect(page.sentences.last == "Means over 8 rows, in nats per row. All exact.")
    let table = page.tables.last
    #expect(
      table?.columns.map(\.key) == ["layers", "lnz", "entropy", "bound", "likelihood", "gap"])
    let values = Self.figures(
      [
        "b.likelihood[1]", "b.likelihood[2]", "b.gap[2]", "b.bound", "b.entropy[1]", "b.entropy[2]",
      ],
      after: Self.stacked + "```{bound} net\n:data: bars\n:name: b\n```\n\n")
    #expect(values.count == 6)
    #expect(abs(values[0] - values[1]) < 1e-12 && abs(values[2]) < 1e-12)
    #expect(abs(values[3] - values[1]) < 1e-12 && values[4] == 0 && values[5] > 0.1)
  }

  /// The rows of `up` are p(h | v) of the RBM, as a machine of the same weights says.
  @Test func rowsGoThroughAnRBM() {
    let cells = """
      ```{dataset} rows
      1 1
      1 0
      ```

      ```{rbm} small
      :visible: 2
      :hidden: 1
      :weights: 1
      :hidden-biases: -0.5
      ```

      ```{dataset} up
      :from: rows
      :through: small
      ```

      ```{dataset} drawn
      :from: rows
      :through: small
      :drawn:
      ```


      """
    let page = Page(cells)
    #expect(page.diagnostics.map(\.description) == [])
    // σ(1.5) and σ(0.5).
    #expect(page.sentences[2] == "2 rows of 1 values from 0.6225 to 0.8176.")
    #expect(page.sentences[3].hasPrefix("2 rows of 1 values from "))
    #expect(!page.sentences[3].contains("0.6225"))
  }

  @Test func labelsBecomeUnits() {
    let page = Page(
      """
      ```{dataset} bars
      :bars-and-stripes: 2
      ```

      ```{dataset} both
      :from: bars
      :label-units: 3
      ```
      """)
    #expect(page.diagnostics.map(\.description) == [])
    #expect(page.sentences[1] == "8 rows of 7 values from 0 to 1.")
  }

  @Test func wideNetsAreEstimatedWithIntervals() {
    let cells = """
      ```{dataset} bars
      :bars-and-stripes: 3
      ```

      ```{rbm} low
      :visible: 9
      :hidden: 24
      :weights: normal 0 0.3
      ```

      ```{rbm} high
      :visible: 24
      :hidden: 22
      :weights: normal 0 0.3
      ```

      ```{dbn} net
      :layers: low high
      ```

      ```{bound} net
      :data: bars
      :draws: 20
      :chains: 16
      :steps: 50
      :name: b
      ```


      """
    let page = Page(cells)
    #expect(page.diagnostics.map(\.description) == [])
    #expect(
      page.sentences.last
        == "Means over 16 rows, in nats per row. Where hidden states are too many, 20 draws for each "
        + "row. $\\ln Z$ comes, where it is not exact, from 16 chains of 50 steps in each direction. "
        + "Intervals are at 99 %.")
    let values = Self.figures(
      ["b.low[2]", "b.bound[2]", "b.high[2]", "b.importance[2]", "b.likelihood[1]", "b.bound[1]"],
      after: cells)
    #expect(values.count == 6)
    #expect(values[0] < values[1] && values[1] < values[2] && values[2] - values[0] < 2)
    #expect(values[3] > values[1] && values[4] == values[5])
  }

  @Test func labelsAreFoundAndCounted() {
    let cells = Self.labelled + "```{classify} net\n:data: bars\n:name: found\n```\n\n"
    let page = Page(cells)
    #expect(page.diagnostics.map(\.description) == [])
    let table = page.tables.last
    #expect(table?.columns.map(\.key) == ["label", "rows", "wrong", "as-0", "as-1"])
    #expect(table?.rowCount == 2)
    let values = Self.figures(
      ["found.rows", "found.wrong", "found.share", "found.ln-p"], after: cells)
    #expect(values.count == 4)
    // All white and all black bear both labels, so one of each pair is wrong whatever is found.
    #expect(values[0] == 8 && values[1] >= 2 && values[2] == values[1] / 8 && values[3] < 0)
  }

  @Test func fineTuningIsALearningModelsOwn() {
    let cells =
      Self.labelled + """
        ```{train} net
        :data: bars
        :validation: bars
        :epochs: 30
        :rate: 0.1
        :algorithm: up-down
        :k: 2
        :columns: epochs error bound wrong wrong-validation
        :record: 10
        :name: tuned
        ```

        ```{bound} tuned
        :data: bars
        :name: b
        ```

        ```{classify} tuned
        :data: bars
        :name: found
        ```

        ```{train} tuned
        :data: bars
        :epochs: 1
        :rate: 0.001
        :name: more
        ```


        """
    let page = Page(cells)
    #expect(page.diagnostics.map(\.description) == [])
    #expect(page.sentences.contains("Up-down with CD-2 at the top, 30 updates at rate 0.1."))
    let values = Self.figures(
      ["tuned.bound[last]", "b.bound", "tuned.wrong", "found.share", "tuned.wrong-validation"],
      after: cells)
    #expect(values.count == 5)
    #expect(abs(values[0] - values[1]) < 1e-12)
    #expect(values[2] == values[3] && values[3] == values[4])
    // The lowest machine is none any more.
    #expect(page.tables.contains { $0.columns[0].key == "layers" && $0.rowCount == 1 })
  }

  @Test func samplesAndFeaturesAreImages() {
    let page = Page(
      Self.labelled + """
        ```{images} net
        :what: samples
        :label: 1 0
        :first: 2
        :sweeps: 20
        ```

        ```{images} net
        :what: weights
        :layer: 1
        ```

        ```{images} net
        :what: weights
        :first: 5
        ```
        """)
    #expect(page.diagnostics.map(\.description) == [])
    let strips = page.outputs.compactMap { if case .images(let strip) = $0 { strip } else { nil } }
    #expect(strips.map(\.images.count) == [4, 3, 5])
    #expect(strips[0].images.map(\.label) == ["1 (1)", "2 (1)", "1 (0)", "2 (0)"])
    #expect(strips[0].images.allSatisfy { $0.values.allSatisfy { (0...1).contains($0) } })
  }
}
