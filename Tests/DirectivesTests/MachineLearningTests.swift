import Notebooks
import Testing

@Suite struct MachineLearningTests {
  private static let parity = """
    ```{dataset} even
    :parity: 3
    ```

    ```{machine} plain
    :visible: a b c

    a -- b: 0
    a -- c: 0
    b -- c: 0
    ```

    ```{machine} net
    :visible: a b c
    :hidden: h

    a -- b: 0
    a -- c: 0
    b -- c: 0
    a -- h: 0
    b -- h: 0
    c -- h: 0
    ```


    """

  /// ln 2 without a hidden unit, whatever is learned; next to nothing with one.
  @Test func parityNeedsAHiddenUnit() throws {
    let page = Page(
      Self.parity + """
        ```{train} plain
        :data: even
        :epochs: 500
        :rate: 1
        :weights: normal 0 0.5
        :record: 500
        :name: without
        ```

        ```{train} net
        :data: even
        :epochs: 20000
        :rate: 1
        :momentum: 0.9
        :weights: normal 0 0.5
        :record: 100
        :until: kl < 0.01
        :name: with
        ```

        {eval}`without.kl:.6f` {eval}`with.kl:.3f` {eval}`p(with, a=1, b=1, c=0):.2f` {eval}`with.updates`

        """)
    #expect(page.diagnostics == [])
    #expect(page.inline.prefix(3) == ["0.693147", "0.009", "0.25"])
    #expect(page.tables.last?["updates"] != nil)
    #expect(page.sentences.last?.contains("`kl < 0.01` holds after") == true)
  }

  /// A machine that has learned is a machine: it can be tabulated, copied and taught further.
  @Test func aTrainedMachineIsAMachine() throws {
    let page = Page(
      Self.parity + """
        ```{train} plain
        :data: even
        :epochs: 1
        :rate: 0.25
        :columns: norm
        :name: once
        ```

        ```{train} once
        :data: even
        :epochs: 1
        :rate: 0.25
        :columns: norm
        :name: twice
        ```

        ```{machine} copy
        :from: twice
        ```

        ```{energy-table} once
        ```

        ```{compare} once
        :with: copy
        ```

        """)
    #expect(page.diagnostics == [])
    // Every pair is on in a quarter of the rows, as in the free machine: nothing moves.
    #expect(page.tables[3].row(1) == ["1", "0.000"])
    #expect(page.tables.last?.rowCount == 8)
  }

  /// One row for each seed, with the updates at which each condition first held.
  @Test func aStudyOfSeedsWithAnAim() throws {
    let page = Page(
      Self.parity + """
        ```{train} net
        :data: even
        :epochs: 3000
        :rate: 1
        :momentum: 0.9
        :weights: normal 0 1
        :seeds: 7
        :columns: kl norm
        :until: kl < 0.5
        :until: kl < 0.2
        :until: kl < 0.05
        :name: study
        ```

        ```{summary} study
        :columns: updates kl-first
        ```

        {eval}`study.solved` {eval}`study.solved-kl` {eval}`study.median`

        """)
    #expect(page.diagnostics == [])
    let table = page.tables[page.tables.count - 2]
    #expect(
      table.columns.map(\.key) == ["seed", "updates", "kl-first", "kl-2-first", "kl", "norm"])
    #expect(page.sentences.contains { $0.contains(", at most 3000 updates; 7 seeds.") })
    #expect(table.rowCount == 7)
    guard case .numbers(let ends, _)? = table["updates"]?.cells,
      case .numbers(let firsts, _)? = table["kl-first"]?.cells
    else { return }
    let reached = ends.compactMap(\.self).sorted()
    #expect(reached.count >= 5)
    #expect(zip(firsts, ends).allSatisfy { ($0 ?? .infinity) <= ($1 ?? .infinity) })
    #expect(page.inline.first == "\(reached.count)")
    #expect(page.tables.last?.row(0)[1] == "\(reached.count)")
    #expect(page.tables.last?.row(0)[2] == "\(7 - reached.count)")
  }

  /// A machine's own draws, and the distance from it.
  @Test func aTargetIsMeasured() throws {
    let page = Page(
      Page.slide35 + """
        ```{dataset} drawn
        :machine: slide35
        :draws: 500
        ```

        ```{train} slide35
        :data: drawn
        :epochs: 1
        :rate: 0.000001
        :target: slide35
        :columns: distance target-kl kl
        :plot: none
        ```

        """)
    #expect(page.diagnostics == [])
    #expect(page.tables.last?.row(0)[1...2] == ["0.000", "0"])
    #expect(page.sentences.contains("500 rows of 2 values from 0 to 1."))
  }

  /// ¼ of the free states of two units have both on, and the slope is the difference.
  @Test func phasesByHand() throws {
    let cells = """
      ```{dataset} ones
      1 1
      ```

      ```{machine} pair
      :visible: a b

      a -- b: 0
      ```


      """
    let page = Page(
      cells + """
        ```{phases} pair
        :data: ones
        ```

        ```{phases} pair
        :data: ones
        :algorithm: sampling
        :seeds: 50
        :name: drawn
        ```

        {eval}`drawn.worst`

        """)
    #expect(page.diagnostics == [])
    #expect(page.tables[1].row(0) == ["a", "b", "0", "1.0000", "0.2500", "0.7500"])
    #expect(page.tables[1].row(2) == ["b", "", "0", "1.0000", "0.5000", "0.5000"])
    #expect(page.tables[2].columns.map(\.key).suffix(2) == ["sd", "exact"])
    #expect((page.inline.first.flatMap(Double.init) ?? 9) < 4)
  }

  @Test func summariesByHand() throws {
    let page = Page(
      "```{machine} m\n:visible: a\n\na: 0\n```\n\n```{energy-table} m\n:name: t\n```\n\n"
        + "```{summary} t\n:columns: a p\n```\n")
    #expect(page.diagnostics == [])
    #expect(
      page.tables.last?.row(0).prefix(5) == ["a", "2", "0", "0.5", "0.5"])
    #expect(page.tables.last?.row(1) == ["p", "2", "0", "0.5", "0.5", "0", "0.5", "0.5"])
  }

  /// What is exact belongs to the rows as they are: with noise on them, nothing stands beside the
  /// estimate, and the page says so.
  @Test func noisyRowsHaveNoExactPhases() throws {
    func page(_ option: String) -> Page {
      Page(
        """
        ```{dataset} rows

        1
        0
        ```

        ```{machine} net
        :visible: a
        :hidden: h

        a -- h: 0
        ```

        ```{phases} net
        :data: rows
        :algorithm: sampling
        :chains: 50
        \(option)
        :name: found
        ```
        """)
    }
    let noisy = page(":noise: 0 1")
    #expect(noisy.marks == [])
    #expect(noisy.tables.last?["exact"] == nil)
    #expect(
      noisy.sentences.last?.contains("turned off with probability 0 and on with 1") == true)
    #expect(page(":seeds: 20").tables.last?["exact"] != nil)
  }
}
