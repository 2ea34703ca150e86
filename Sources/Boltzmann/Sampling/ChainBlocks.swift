/// The division of chains among threads: at most 64 blocks of equal size, a function of the
/// number of chains alone, whose records are merged in ascending order. So memory is bounded and
/// no sum depends on the number of threads.
struct ChainBlocks: Sendable {
  static let largestCount = 64

  let chainCount: Int
  let blockSize: Int

  init(chainCount: Int) {
    precondition(chainCount >= 1, "Sampling needs at least one chain.")
    self.chainCount = chainCount
    blockSize = (chainCount + Self.largestCount - 1) / Self.largestCount
  }

  /// The records of all blocks, in order.
  func map<Record: Sendable>(
    threads: Int, _ body: @Sendable (_ chains: Range<Int>) -> Record
  ) -> [Record] {
    let count = (chainCount + blockSize - 1) / blockSize
    return mapConcurrently(count, threads: threads) { block in
      body(block * blockSize..<min((block + 1) * blockSize, chainCount))
    }
  }
}
