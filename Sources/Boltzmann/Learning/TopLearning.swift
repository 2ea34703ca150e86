/// The top machine of an up-down run: CD-k from the inputs that the way up draws, with label units
/// of which one is on.
struct TopLearning {
  private let weights: FloatRows
  private let visibleBiases: FloatRows
  private let hiddenBiases: FloatRows
  private let inputCount: Int
  private let labelCount: Int
  /// Inputs and labels of the batch, and at the ends of the chains.
  private let found: BitRows
  private let ends: BitRows
  /// The inputs at the ends of the chains.
  let inputs: BitRows
  private let visibleValues: FloatRows
  private let hiddenStates: BitRows
  /// Probabilities given what the way up found, and given the ends of the chains.
  private let hiddenFound: FloatRows
  private let hiddenEnds: FloatRows
  private let stream: RandomStream
  private let kernels: Kernels

  init(_ net: DeepBeliefNet, rows: Int, stream: RandomStream, kernels: Kernels) {
    let machine = net.top
    weights = machine.weights.storage.copy()
    visibleBiases = FloatRows(rowOf: machine.visibleBiases)
    hiddenBiases = FloatRows(rowOf: machine.hiddenBiases)
    (inputCount, labelCount) = (net.topInputCount, net.labelCount)
    found = BitRows(rows: rows, columns: machine.visibleCount)
    ends = BitRows(rows: rows, columns: machine.visibleCount)
    inputs = BitRows(rows: rows, columns: inputCount)
    visibleValues = FloatRows(rows: rows, columns: machine.visibleCount)
    hiddenStates = BitRows(rows: rows, columns: machine.hiddenCount)
    hiddenFound = FloatRows(rows: rows, columns: machine.hiddenCount)
    hiddenEnds = FloatRows(rows: rows, columns: machine.hiddenCount)
    (self.stream, self.kernels) = (stream, kernels)
  }

  /// The label of a row of the batch.
  func setLabel(_ row: Int, to label: Int) { set(label, in: found, row) }

  /// Runs the chains of a batch, from the inputs given and the labels set, k steps under 2 k + 1
  /// numbers.
  func run(from inputs: BitRows, _ rows: Range<Int>, k: Int, firstStep: Int) {
    for row in rows {
      for unit in 0..<inputCount { found[row, unit] = inputs[row, unit] }
    }
    let transposed = FloatRows(rows: weights.columns, columns: weights.rows)
    kernels.transpose(weights, into: transposed, rows: 0..<weights.rows)
    updateHidden(hiddenFound, given: found, rows, step: firstStep)
    for step in 1...k {
      kernels.product(
        into: visibleValues, of: hiddenStates, with: transposed, plus: visibleBiases, rows: rows)
      let labels = drawLabels(rows, step: firstStep + 2 * step - 1)
      kernels.sample(
        into: ends, turningIntoProbabilities: visibleValues, rows: rows, stream: stream,
        step: firstStep + 2 * step - 1)
      for (row, label) in zip(rows, labels) { set(label, in: ends, row) }
      updateHidden(hiddenEnds, given: ends, rows, step: firstStep + 2 * step)
    }
    for row in rows {
      for unit in 0..<inputCount { self.inputs[row, unit] = ends[row, unit] }
    }
  }

  private func updateHidden(
    _ values: FloatRows, given visible: BitRows, _ rows: Range<Int>, step: Int
  ) {
    kernels.product(into: values, of: visible, with: weights, plus: hiddenBiases, rows: rows)
    kernels.sample(
      into: hiddenStates, turningIntoProbabilities: values, rows: rows, stream: stream, step: step)
  }

  /// A label for each row from the fields in `visibleValues`; none without labels.
  private func drawLabels(_ rows: Range<Int>, step: Int) -> [Int] {
    if labelCount == 0 { return [] }
    return rows.map { row in
      let fields = (0..<labelCount).map { Double(visibleValues[row, inputCount + $0]) }
      return stream.choice(among: normalized(fields), step: step, chain: row)
    }
  }

  private func set(_ label: Int, in visible: BitRows, _ row: Int) {
    for other in 0..<labelCount { visible[row, inputCount + other] = other == label }
  }

  /// Moves along the difference of both statistics.
  func learn(_ rows: Range<Int>, rate: Float) {
    let share = rate / Float(rows.count)
    for (sign, visible, hidden) in [(share, found, hiddenFound), (-share, ends, hiddenEnds)] {
      let products = FloatRows(rows: weights.rows, columns: weights.columns)
      kernels.outerProducts(of: visible, with: hidden, rows, into: products)
      weights.add(products, times: sign)
      let sums = FloatRows(rows: 1, columns: hidden.columns)
      sums.sum(hidden, rows)
      hiddenBiases.add(sums, times: sign)
      for row in rows {
        for unit in 0..<visible.columns where visible[row, unit] {
          visibleBiases[0, unit] += sign
        }
      }
    }
  }

  /// What learns, for checkpoints.
  var rowsByName: [(name: String, rows: FloatRows)] {
    [
      ("top_weights", weights), ("top_visible_biases", visibleBiases),
      ("top_hidden_biases", hiddenBiases),
    ]
  }

  /// The machine as it is now; nil where a parameter is not finite.
  var machine: RestrictedBoltzmannMachine? {
    try? RestrictedBoltzmannMachine(
      weights: Matrix(weights.copy()), visibleBiases: visibleBiases.row(0),
      hiddenBiases: hiddenBiases.row(0))
  }
}

extension Kernels {
  /// out[i][j] = Σₘ x[m][i] y[m][j] over the rows m given, which begin with 0; m ascending.
  func outerProducts(of x: BitRows, with y: FloatRows, _ rows: Range<Int>, into out: FloatRows) {
    precondition(rows.lowerBound == 0, "A batch begins with row 0.")
    // Samples beyond the last are off in fresh memory.
    let columns = BitRows(rows: x.columns, columns: y.rows)
    transpose(x, into: columns, words: 0..<x.stride, count: rows.count)
    product(into: out, of: columns, with: y, plus: nil, rows: 0..<out.rows)
  }
}

extension FloatRows {
  /// x = x + factor · other, all rows.
  func add(_ other: FloatRows, times factor: Float) {
    precondition(rows == other.rows && columns == other.columns, "Shapes must agree.")
    for row in 0..<rows {
      let (own, others) = unsafe (pointer(row), other.pointer(row))
      for column in 0..<columns { unsafe own[column] += factor * others[column] }
    }
  }

  /// Row 0 becomes the sum of some rows of another, in order.
  func sum(_ other: FloatRows, _ rows: Range<Int>) {
    precondition(columns == other.columns && rows.upperBound <= other.rows, "Shapes must agree.")
    for column in 0..<columns {
      var sum: Float = 0
      for row in rows { sum += other[row, column] }
      self[0, column] = sum
    }
  }

  /// The entry of the largest size, or one that is not finite.
  var largest: Float {
    var largest: Float = 0
    for row in 0..<rows {
      for value in self.row(row) where !(abs(value) <= abs(largest)) { largest = value }
    }
    return largest
  }
}
