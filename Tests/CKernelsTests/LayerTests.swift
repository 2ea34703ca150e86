import CKernels
import Testing

/// Rows, visible and hidden units around a group, a word, a panel, a plan and its pieces.
private let shapes = [
  (1, 1, 1), (1, 64, 25), (2, 17, 16), (3, 5, 33), (4, 64, 31), (5, 130, 17), (8, 16, 48),
  (33, 100, 40), (64, 65, 15), (65, 31, 64), (140, 33, 16), (40, 1100, 17), (300, 784, 4),
]

@Suite struct LayerTests {
  @Test(arguments: KernelTable.runnable, shapes)
  func halfStepsAgreeWithTheReference(
    table: KernelTable, shape: (rows: Int, visible: Int, hidden: Int)
  ) throws {
    for sparsity in [0, 1, 3] {
      for drawsStates in [true, false] {
        let case_ = LayerCase(shape.rows, shape.visible, shape.hidden, sparsity: sparsity)
        let fast = case_.halfSteps(table.kernels, drawsStates: drawsStates)
        let plain = try case_.halfSteps(KernelTable.reference, drawsStates: drawsStates)
        #expect(fast == plain)
      }
    }
  }

  /// Panels are as good in any order and number of calls.
  @Test(arguments: KernelTable.runnable)
  func panelsDoNotDependOnEachOther(table: KernelTable) {
    let case_ = LayerCase(70, 100, 70, sparsity: 1)
    #expect(
      case_.halfSteps(table.kernels, drawsStates: true, cuts: [0, 2, 3])
        == case_.halfSteps(table.kernels, drawsStates: true))
  }

  /// A plan may be cut anywhere between words.
  @Test(arguments: KernelTable.runnable, [1, 2, 5])
  func piecesOfPlansDoNotChangeResults(table: KernelTable, planWords: Int) {
    for (rows, visible, hidden) in [(40, 1100, 70), (140, 200, 130)] {
      let whole = LayerCase(rows, visible, hidden, sparsity: 1)
      let pieces = LayerCase(rows, visible, hidden, sparsity: 1, planWords: planWords)
      #expect(
        pieces.halfSteps(table.kernels, drawsStates: true)
          == whole.halfSteps(table.kernels, drawsStates: true))
      #expect(
        pieces.learn(table.kernels, false, decay: 0, chains: 100)
          == whole.learn(table.kernels, false, decay: 0, chains: 100))
    }
  }

  @Test(
    arguments: KernelTable.runnable, [(1, 17, 256), (3, 40, 257), (13, 20, 457), (70, 33, 500)])
  func halvesAgreeWithTheReference(
    table: KernelTable, shape: (rows: Int, visible: Int, hidden: Int)
  ) throws {
    for planWords in [1, 3, 8] {
      let case_ = LayerCase(
        shape.rows, shape.visible, shape.hidden, sparsity: 1, planWords: planWords)
      let (fields, answers) = case_.halves(table.kernels, cuts: [0, 1])
      let (plainFields, plainAnswers) = case_.halves(try KernelTable.reference)
      #expect(fields == plainFields)
      #expect(answers == plainAnswers)
    }
  }

  /// Each half is its sum in Double but for the rounding of so many additions, and each knows only
  /// the hidden units that are its own.
  @Test(arguments: KernelTable.runnable)
  func halvesAreSumsOverTheirHiddenUnits(table: KernelTable) {
    let (rows, visible, hidden) = (13, 20, 300)
    let case_ = LayerCase(rows, visible, hidden, sparsity: 1)
    let (fields, _) = case_.halves(table.kernels)
    for row in 0..<rows {
      for unit in 0..<visible {
        let place = (unit / 16 * rows + row) * 16 + unit % 16
        // Five words, of which three are the first half.
        for (half, others) in [0..<192, 192..<hidden].enumerated() {
          let summands =
            others.map { other in
              let word = case_.hiddenBits[row * 5 + other / 64]
              return Double(word >> UInt64(other % 64) & 1) * Double(case_.weight(unit, other))
            } + (half == 0 ? [Double(case_.visibleBias[unit])] : [])
          // Higham, "Accuracy and Stability of Numerical Algorithms", 2nd ed. 2002, eq. 4.4.
          let bound = summands.reduce(0) { $0 + abs($1) } * Double(summands.count) * 0x1p-24
          let sum = Double(Float(bitPattern: fields[half][place]))
          #expect(abs(sum - summands.reduce(0, +)) <= bound)
        }
      }
    }
  }

  /// Fields as `binary` has them, then σ, and draws by the rule of hm_sampling.h.
  @Test(arguments: KernelTable.runnable)
  func halfStepsAreProductsAndDraws(table: KernelTable) throws {
    let (rows, visible, hidden) = (9, 70, 21)
    let reference = try KernelTable.reference
    let case_ = LayerCase(rows, visible, hidden, sparsity: 1)
    let answers = case_.halfSteps(table.kernels, drawsStates: true)
    var weights = [Float](repeating: 0, count: visible * 32)
    for unit in 0..<visible {
      for other in 0..<hidden { weights[unit * 32 + other] = case_.weight(unit, other) }
    }
    var fields = [Float](repeating: 0, count: rows * 32)
    reference.products.binary(
      &fields, 32, case_.visibleBits, 2, weights, 32, case_.hiddenBias, rows, visible, hidden)
    var bits = [UInt64](repeating: 0, count: rows)
    var probabilities = fields
    reference.sampling.sample_logistic(
      &bits, 1, &probabilities, 32, fields, 32, rows, hidden, case_.draw)
    for row in 0..<rows {
      for unit in 0..<hidden {
        let place = unit / 16 * rows + row
        #expect(answers.hidden[place * 16 + unit % 16] == probabilities[row * 32 + unit].bitPattern)
        #expect(
          UInt64(answers.hiddenStates[place] >> UInt16(unit % 16) & 1) == bits[row] >> UInt64(unit)
            & 1)
      }
    }
  }

  @Test(arguments: KernelTable.runnable, shapes)
  func learningAgreesWithTheReference(
    table: KernelTable, shape: (rows: Int, visible: Int, hidden: Int)
  ) throws {
    let case_ = LayerCase(shape.rows, shape.visible, shape.hidden, sparsity: 1)
    for hasVelocity in [true, false] {
      for decay in [Float(0), 0.002] {
        for downs in [shape.rows, 3, 100] {
          let fast = case_.learn(table.kernels, hasVelocity, decay: decay, chains: downs)
          let plain = try case_.learn(
            KernelTable.reference, hasVelocity, decay: decay, chains: downs)
          #expect(fast == plain)
          #expect(fast.diverged == 0)
        }
      }
    }
  }

  @Test(arguments: KernelTable.runnable, [1, 3, 40, 200])
  func divergenceIsReportedWhereverItIs(table: KernelTable, samples: Int) {
    let case_ = LayerCase(samples, 70, 20, sparsity: 0)
    for (unit, other) in [(0, 0), (69, 0), (0, 19), (69, 19), (35, 16)] {
      for value in [Float.infinity, .nan] {
        #expect(
          case_.learn(table.kernels, false, decay: 0, chains: samples, put: (unit, other, value))
            .diverged != 0)
      }
    }
  }

  @Test(arguments: KernelTable.runnable)
  func unitsThatAreNeverOnKeepTheirWeights(table: KernelTable) {
    let case_ = LayerCase(12, 40, 20, sparsity: 40)
    let learned = case_.learn(table.kernels, false, decay: 0, chains: 12)
    #expect(learned.weights == patterns(case_.weights))
    #expect(case_.learn(table.kernels, false, decay: 0.5, chains: 12).weights != learned.weights)
  }
}
