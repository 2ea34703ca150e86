internal import Boltzmann
package import Notebooks

/// `{bound}`: how probable data are under a deep belief net, layer by layer.
package struct Bound: Directive {
  static let data = Option<Text?>.text("data", "a dataset", "The rows, of 0 and 1.")
  static let draws = Option<Int>.integer(
    "draws", "Draws of the hidden units for each row, where their states are too many.",
    in: 2...100_000, default: 100)

  package static let manual = Manual(
    "bound", "The variational bound of a deep belief net, after each layer, beside exact values.",
    argument: "DBN", options: [data, draws, EstimateZ.chains, EstimateZ.steps],
    details: """
      $$
      \\ln p(v) \\geq \\sum_x q(x \\mid v) \\ln p(v, x) - \\sum_x q(x \\mid v) \\ln q(x \\mid v)
      $$

      The second sum, with its sign, is the entropy of q, the way up through the net. The two sides \
      differ by how far q is from the posterior: the gap. Row k of the table is the net of the lowest \
      k RBMs; of one RBM alone the bound is exact. Of a net that was fine-tuned only the whole is \
      left. All values are means over the rows, in nats per row.

      Where the hidden layers below the top RBM have at most 16 units each (fewer for many visible \
      units), all their states are visited and p(v) itself is known; else the bound comes from draws \
      of q. Z of the top RBM is exact where its smaller layer has at most 20 units, else from annealed \
      importance sampling. Intervals hold with 99 %. Importance is ln of the mean of p(v, x)/q(x | v) \
      over the draws of a row: on average too low as well, but closer to ln p(v) the more draws there \
      are. Sources: Hinton, Osindero and Teh, Neural Computation 18 (2006) 1527; Salakhutdinov and \
      Murray, ICML 2008.
      """,
    example: """
      ```{dataset} bars
      :bars-and-stripes: 2
      ```

      ```{rbm} first
      :visible: 4
      :hidden: 4
      ```

      ```{train} first
      :data: bars
      :epochs: 400
      :rate: 0.2
      :record: 400
      :plot: none
      :name: lower
      ```

      ```{rbm} upper
      :transpose: lower
      ```

      ```{dbn} net
      :layers: lower upper
      ```

      ```{bound} net
      :data: bars
      ```
      """)

  private let name: Text
  private let data: Text?
  private let draws: Int
  private let sampling: AnnealedImportanceSampling
  private let place: Place

  package init(_ arguments: inout Arguments) {
    name = arguments.reference("a deep belief net")
    data = arguments.required(Self.data)
    _ = arguments.references([data].compactMap(\.self))
    draws = arguments.value(of: Self.draws)
    sampling = AnnealedImportanceSampling(
      path: .quadratic(steps: arguments.value(of: EstimateZ.steps)),
      chains: arguments.value(of: EstimateZ.chains))
    place = arguments.call.place
    arguments.drawsRandomNumbers()
    arguments.noBody()
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let value = try context.value(name, as: DBNValue.self, "a deep belief net")
    guard let data else { return Outcome() }
    let rows = try context.rows(data, for: value, called: name)
    guard case .binary(let bits) = VisibleData(rows) else { return Outcome() }
    let stream = RandomStream(seed: context.seed, name: context.identity)
    var measured: [(layers: Int, bound: MeasuredBound)] = []
    for count in 1...value.net.layers.count + 1 {
      guard let net = value.net.lowest(count) else { continue }
      let measure = BoundMeasure(net, draws: draws, sampling: sampling, kernels: value.kernels)
      try measure.checkWork(rows: bits.rowCount, at: place)
      let bound = measure.bound(
        of: bits, stream: stream.substream(UInt64(count)), threads: context.threads)
      guard bound.logZ.isFinite else { throw .noEstimate(of: name) }
      measured.append((count, bound))
    }
    let report = BoundReport(measured, rowCount: bits.rowCount, draws: draws, sampling)
    return Outcome(
      [.sentence(report.sentence), .table(report.table)],
      value: TableResult(report.table, figures: report.figures))
  }
}
