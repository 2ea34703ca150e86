import Notebooks
import Testing

/// What `{train}`, `{activity}` and `{cd-bias}` say of an RBM, against what is known otherwise.
@Suite struct RBMLearningTests {
  private static let cells = """
    ```{dataset} bars
    :bars-and-stripes: 2
    ```

    ```{rbm} small
    :visible: 4
    :hidden: 3
    :weights: normal 0 1
    ```


    """

  private func page(_ options: String, model: String = "small") -> Page {
    Page(
      Self.cells + "```{train} \(model)\n:data: bars\n:epochs: 4\n:record: 4\n:plot: none\n"
        + options + "\n:name: run\n```\n")
  }

  private func numbers(_ key: String, _ page: Page) throws -> [Double] {
    let table = try #require(page.tables.last)
    guard case .numbers(let values, _)? = table[key]?.cells else { return [] }
    return values.compactMap(\.self)
  }

  @Test func theEstimateHoldsTheExactLikelihood() throws {
    let page = page(":columns: likelihood ais")
    #expect(page.diagnostics.map(\.description) == [])
    let exact = try numbers("likelihood", page)
    let (low, high) = (try numbers("ais-low", page), try numbers("ais-high", page))
    #expect(exact.count == 2 && low.count == 2 && high.count == 2)
    for row in exact.indices {
      #expect(low[row] <= exact[row] && exact[row] <= high[row])
      #expect(high[row] - low[row] < 0.5)
    }
  }

  /// With the data for validation there is no gap, and both likelihoods are one.
  @Test func theDataAreNoWorseThanThemselves() throws {
    let page = page(":validation: bars\n:columns: likelihood validation gap\n:algorithm: exact")
    #expect(page.diagnostics.map(\.description) == [])
    #expect(try numbers("gap", page) == [0, 0])
    #expect(try numbers("likelihood", page) == numbers("validation", page))
    #expect(page.sentences.contains { $0.hasPrefix("Exact gradient, 4 updates") })
  }

  /// Without chains from the data the error is known before the first update too.
  @Test func errorsOfOtherAlgorithms() throws {
    #expect(try numbers("error", page(":columns: error")).count == 1)
    for algorithm in ["pcd", "pt", "exact"] {
      let errors = try numbers("error", page(":columns: error\n:algorithm: \(algorithm)"))
      #expect(errors.count == 2 && errors.allSatisfy { $0 > 0 && $0 < 4 })
    }
  }

  @Test func settingsAreTold() {
    let growing = page(":k: 1 5@2\n:centering:").sentences
    #expect(
      growing.contains("CD-k (k = 1, 5 from epoch 2), centred, 4 updates at rate 0.01."))
    let tempered = page(":algorithm: pt\n:temperatures: 1 2 4\n:chains: 7").sentences
    #expect(
      tempered.contains(
        "PT-1 with 7 ladders of 3 temperatures from 1 to 4, 4 updates at rate 0.01."))
    #expect(tempered.contains { $0.hasPrefix("Exchanges accepted at the end") })
  }

  /// The peak is the highest of the rows, wherever it is.
  @Test func thePeakIsKnown() throws {
    let cells =
      Self.cells + "```{train} small\n:data: bars\n:epochs: 40\n:rate: 3\n:columns: likelihood\n"
      + ":name: run\n```\n\n{eval}`run.peak:.6f` {eval}`run.peak-at:.0f`\n"
    let page = Page(cells)
    let values = try numbers("likelihood", page)
    let best = try #require(values.max())
    let inline = page.inline
    #expect(abs((Double(inline[0]) ?? 0) - best) < 1e-6)
    #expect(values[Int(inline[1]) ?? 0] == best)
  }

  @Test func activityIsThatOfTheUnits() throws {
    let page = Page(
      Self.cells
        + "```{train} small\n:data: bars\n:epochs: 2\n:columns: activity\n:name: run\n```\n\n"
        + "```{activity} run\n:name: units\n```\n\n{eval}`run.activity[last] - units.activity:.5f`\n"
    )
    #expect(page.diagnostics.map(\.description) == [])
    #expect(["0.00000", "-0.00000"].contains(page.inline[0]))
    let means = try numbers("mean", page)
    #expect(means.count == 3 && means.allSatisfy { $0 > 0 && $0 < 1 })
  }

  @Test func gaussianUnitsLearn() throws {
    let page = Page(
      """
      ```{dataset} points

      2 2
      -2 -2
      2.5 1.5
      -1.5 -2.5
      ```

      ```{rbm} real
      :visible: 2
      :hidden: 1
      :units: gaussian
      :weights: normal 0 0.1
      ```

      ```{train} real
      :data: points
      :epochs: 500
      :rate: 0.1
      :algorithm: exact
      :columns: likelihood
      :record: 500
      ```

      """)
    #expect(page.diagnostics.map(\.description) == [])
    let likelihoods = try numbers("likelihood", page)
    // Two normal distributions around the means of two rows each, which lie ¼ from them in both
    // directions: −ln 2 − ln 2π − ¹⁄₁₆ = −2.594.
    #expect(likelihoods[1] > -2.6 && likelihoods[1] < -2.59)
    #expect(likelihoods[0] < -5)
  }

  /// Many steps see the whole gradient.
  @Test func manyStepsHaveNoBias() throws {
    let page = Page(Self.cells + "```{cd-bias} small\n:data: bars\n:k: 1 500\n```\n")
    #expect(page.diagnostics.map(\.description) == [])
    let (ratios, angles) = (try numbers("ratio", page), try numbers("angle", page))
    #expect(abs(ratios[1] - 1) < 1e-9 && angles[1] < 1e-6)
    #expect(angles[0] > 0.01)
  }

  /// A pair that the last record did not see tried is known from those before, in its place.
  @Test func everyPairOfALadderHasItsPlace() throws {
    func sentence(epochs: Int) throws -> String {
      let page = Page(
        Self.cells + """
          ```{train} small
          :data: bars
          :algorithm: pt
          :temperatures: 1 2 4 8
          :chains: 5
          :batch: 20
          :epochs: \(epochs)
          :record: 1
          :plot: none
          :name: run
          ```
          """)
      return try #require(page.sentences.last)
    }
    let start = "Exchanges accepted at the end, coldest pair first: "
    let first = try sentence(epochs: 1).dropFirst(start.count).dropLast().split(separator: ", ")
    #expect(first.count == 3 && first[1] == "never tried")
    let second = try sentence(epochs: 2).dropFirst(start.count).dropLast().split(separator: ", ")
    #expect(second.count == 3 && second[0] == first[0] && second[1] != "never tried")
  }
}
