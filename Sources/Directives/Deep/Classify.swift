internal import Boltzmann
package import Notebooks
internal import Numerals

/// `{classify}`: which label a net with label units finds the most probable.
package struct Classify: Directive {
  static let data = Option<Text?>.text("data", "a dataset", "Rows of 0 and 1 with their labels.")

  package static let manual = Manual(
    "classify", "Which label a net with label units gives to each row, and how often it is right.",
    argument: "DBN", options: [data],
    details: """
      $$
      p(\\text{label} \\mid v) \\propto e^{-F(x, \\text{label})}
      $$

      where F is the free energy of the top RBM with that label unit on alone, and x are the \
      probabilities of its other visible units on the way up from the row. No Z is needed. For a net \
      of one RBM this is exact; for others the way up takes the place of the posterior. The label is \
      the most probable one. The table counts rows by their own label and by the one found. Sources: \
      Hinton, Osindero and Teh, Neural Computation 18 (2006) 1527, section 6.2; Larochelle and \
      Bengio, ICML 2008.
      """,
    example: """
      ```{dataset} bars
      :bars-and-stripes: 3
      ```

      ```{dataset} both
      :from: bars
      :label-units: 2
      ```

      ```{rbm} joint
      :visible: 11
      :hidden: 8
      ```

      ```{train} joint
      :data: both
      :epochs: 1000
      :rate: 0.1
      :record: 1000
      :plot: none
      :name: learned
      ```

      ```{dbn} net
      :layers: learned
      :label-units: 2
      ```

      ```{classify} net
      :data: bars
      ```
      """)

  /// The most multiplications.
  private static let workLimit = 1e11

  private let name: Text
  private let data: Text?

  package init(_ arguments: inout Arguments) {
    name = arguments.reference("a deep belief net")
    data = arguments.required(Self.data)
    _ = arguments.references([data].compactMap(\.self))
    arguments.noBody()
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let value = try context.value(name, as: DBNValue.self, "a deep belief net")
    guard let data else { return Outcome() }
    let net = value.net
    guard net.labelCount > 0 else {
      throw Diagnostic(
        "no-labels", at: name.place, "\(name.string.quoted) has no label units",
        hint: "`:label-units:` of the net, and of the data that its last RBM learns from")
    }
    let rows = try context.rows(data, for: value, called: name)
    let labels = try value.labels(of: rows, called: data.string.quoted, at: data.place)
    let work =
      Double(rows.count) * Double(net.labelCount + net.visibleCount + net.topInputCount)
      * Double(net.top.hiddenCount)
    guard work <= Self.workLimit else {
      throw Diagnostic("limit-exceeded", at: data.place, "so many rows are too much work")
    }
    let found = net.labelProbabilities(
      given: VisibleData(rows), threads: context.threads, kernels: value.kernels)
    let report = LabelReport(found, labels: labels, labelCount: net.labelCount)
    return Outcome(
      [.sentence(report.sentence(of: data.string.quoted)), .table(report.table)],
      value: TableResult(report.table, figures: report.figures))
  }
}

/// The labels found beside the true ones.
struct LabelReport {
  /// [true][found].
  private let counts: [[Int]]
  private let rowCount: Int
  private let wrongCount: Int
  private let meanLogProbability: Double

  /// Probabilities of the labels of each row, and its own.
  init(_ probabilities: [[Double]], labels: [Int], labelCount: Int) {
    var counts = Array(repeating: [Int](repeating: 0, count: labelCount), count: labelCount)
    var sum = CompensatedSum()
    for (row, label) in zip(probabilities, labels) {
      counts[label][Self.mostProbable(row)] += 1
      sum.add(naturalLogarithm(max(row[label], .leastNormalMagnitude)))
    }
    self.counts = counts
    rowCount = labels.count
    wrongCount = labels.count - counts.indices.reduce(0) { $0 + counts[$1][$1] }
    meanLogProbability = sum.value / Double(labels.count)
  }

  /// The first of the most probable labels.
  static func mostProbable(_ probabilities: [Double]) -> Int {
    probabilities.indices.reduce(0) { probabilities[$1] > probabilities[$0] ? $1 : $0 }
  }

  private var share: Double { Double(wrongCount) / Double(rowCount) }
  private var error: Double { (share * (1 - share) / Double(rowCount)).squareRoot() }

  func sentence(of name: String) -> String {
    let percent = NumberFormat.fixed(1)
    return "\(wrongCount) of \(rowCount) rows of \(name) get another label than their own: "
      + "\(percent.string(100 * share)) % ± \(percent.string(100 * error)). The mean of "
      + "$\\ln p(\\text{label} \\mid v)$ is \(NumberFormat.fixed(3).string(meanLogProbability)) nats."
  }

  /// A row for each label that occurs.
  var table: Table {
    let labels = counts.indices.filter { counts[$0].contains { $0 > 0 } }
    func column(_ key: String, _ heading: String, _ value: (Int) -> Int) -> Table.Column {
      Table.Column(
        key, heading: heading, .numbers(labels.map { Double(value($0)) }, .fixed(0)))
    }
    var columns = [
      Table.Column("label", .numbers(labels.map(Double.init), .fixed(0)), isKey: true),
      column("rows", "rows") { counts[$0].reduce(0, +) },
      column("wrong", "wrong") { counts[$0].reduce(0, +) - counts[$0][$0] },
    ]
    columns += counts.indices.map { found in
      column("as-\(found)", "as \(found)") { counts[$0][found] }
    }
    return Table(columns)
  }

  var figures: [(name: String, value: Double)] {
    [
      ("rows", Double(rowCount)), ("wrong", Double(wrongCount)), ("share", share),
      ("error", error), ("ln-p", meanLogProbability),
    ]
  }
}
