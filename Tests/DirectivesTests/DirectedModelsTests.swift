import Directives
import Notebooks
import Plots
import Testing

/// What `{helmholtz}`, `{vae}` and `{wake-sleep-bias}` say, against what is known otherwise.
@Suite struct DirectedModelsTests {
  private static let bars = """
    ```{dataset} bars
    :bars-and-stripes: 2
    ```

    ```{helmholtz} net
    :layers: 4 3 1
    :weights: normal 0 1
    :recognition: normal 0 1
    ```

    ```{vae} code
    :visible: 4
    :hidden: 5
    :latent: 1
    ```


    """

  private func training(_ model: String, _ options: String, name: String = "run") -> String {
    "```{train} \(model)\n:data: bars\n:plot: none\n\(options)\n:name: \(name)\n```\n\n"
  }

  private func numbers(_ key: String, _ table: Table) -> [Double] {
    guard case .numbers(let values, _)? = table[key]?.cells else { return [] }
    return values.compactMap(\.self)
  }

  /// The truck and the earthquake of Hinton's lectures, with a recognition net that knows nothing.
  @Test func explainingAway() {
    let cells = """
      ```{helmholtz} house
      :layers: 1 2
      :weights: 20
      :visible-biases: -20
      :hidden-biases: -10
      ```


      """
    let formulas = [
      "p(house, h1=1, h2=0 | v1=1)", "p(house, h1=1, h2=1 | v1=1)", "p(house, h1=1 | h2=1, v1=1)",
      "q(house, h1=1, h2=1 | v1=1)",
    ]
    #expect(
      Page.values(formulas, ".8f", after: cells) == [
        "0.49995460", "0.00004540", "0.00009079", "0.25000000",
      ])
    #expect(Page.values(["q(house, h2=0 | v1=0)"], ".3f", after: cells) == ["0.500"])
  }

  @Test(arguments: ["net", "code"])
  func theBoundLiesBelowTheLikelihood(model: String) throws {
    let page = Page(
      Self.bars + training(model, ":epochs: 60\n:record: 30\n:columns: likelihood bound elbo kl"))
    #expect(page.diagnostics.map(\.description) == [])
    let table = try #require(page.tables.last)
    let (likelihoods, bounds) = (numbers("likelihood", table), numbers("bound", table))
    let (draws, errors) = (numbers("elbo", table), numbers("elbo-error", table))
    // Eight rows, of which two are there twice: an entropy of ln 8 − ½ ln 2.
    let entropy = 1.7328679513998633
    for row in likelihoods.indices {
      #expect(bounds[row] < likelihoods[row])
      #expect(abs(draws[row] - bounds[row]) < 4 * errors[row] && errors[row] > 0)
      #expect(abs(numbers("kl", table)[row] + entropy + likelihoods[row]) < 1e-12)
    }
    #expect(numbers("updates", table) == [0, 30, 60])
  }

  /// Sleep leaves the generative net as it is, and what has learned goes on from there.
  @Test func phasesAndFurtherLearning() throws {
    let page = Page(
      Self.bars + training("net", ":phases: sleep\n:epochs: 50\n:columns: likelihood bound")
        + training("run", ":epochs: 1\n:columns: likelihood bound", name: "more"))
    #expect(page.diagnostics.map(\.description) == [])
    let likelihoods = numbers("likelihood", page.tables[0])
    #expect(Set(likelihoods).count == 1)
    #expect(page.sentences.contains("The sleep phase alone, 50 updates at rate 0.01."))
    #expect(numbers("bound", page.tables[0]).last == numbers("bound", page.tables[1]).first)
    let asked = Page(
      Self.bars + training("net", ":phases: sleep\n:epochs: 50")
        + "{eval}`p(net, v1=1):.9f` {eval}`p(run, v1=1):.9f`\n"
    ).inline
    #expect(asked.count == 2 && asked[0] == asked[1])
  }

  @Test func aStudyOfSeeds() throws {
    let page = Page(
      Self.bars + training("code", ":seeds: 3\n:epochs: 2\n:columns: bound norm")
        + "{eval}`run.bound:.6f` {eval}`run.bound[last]:.6f`\n")
    #expect(page.diagnostics.map(\.description) == [])
    #expect(numbers("bound-sd", try #require(page.tables.last)).allSatisfy { $0 > 0 })
    #expect(page.inline[0] == page.inline[1])
    #expect(
      page.sentences.contains(
        "The evidence lower bound by ADAM, 2 updates at rate 0.01, from 3 different seeds."
      ))
  }

  /// With all parameters 0 recognition is exact: no bias.
  @Test func noBiasWhereRecognitionIsExact() throws {
    let page = Page(
      """
      ```{dataset} rows

      1 0 0
      1 1 0
      ```

      ```{helmholtz} zero
      :layers: 3 2 1
      ```

      ```{wake-sleep-bias} zero
      :data: rows
      :name: bias
      ```

      {eval}`bias.kl-recognition:.12f` {eval}`bias.kl-posterior:.12f`
      """)
    #expect(page.diagnostics.map(\.description) == [])
    let table = try #require(page.tables.last)
    #expect(abs(numbers("ratio", table)[0] - 1) < 1e-12)
    #expect(numbers("angle", table)[0] < 1e-6)
    #expect(numbers("gradient", table)[0] > 0.5)
    for value in page.inline { #expect(abs(Double(value) ?? 1) < 1e-12) }
  }

  @Test func learnedModelsHaveImages() throws {
    let page = Page(
      Self.bars + training("net", ":epochs: 1", name: "n")
        + training("code", ":epochs: 1", name: "c")
        + ["n", "c"].flatMap { name in
          ["reconstructions", "samples", "weights"].map {
            "```{images} \(name)\n:what: \($0)\n:first: 3\n```\n\n"
          }
        }.joined() + "```{images} c\n:what: plane\n:first: 5\n```\n")
    #expect(page.diagnostics.map(\.description) == [])
    let strips = page.outputs.compactMap { output -> ImageStrip? in
      if case .images(let strip) = output { strip } else { nil }
    }
    #expect(strips.map(\.images.count) == [3, 3, 3, 3, 3, 3, 1])
    let plane = try #require(strips.last?.images.first)
    #expect(plane.height == 2 && plane.width == 10)
    #expect(plane.values.allSatisfy { $0 > 0 && $0 < 1 })
  }
}
