/// The division of chains among threads: at most 64 blocks of equal size, each of whole lane
/// blocks, a function of the number of chains alone, whose records are merged in ascending order.
/// So memory is bounded and no sum depends on the number of threads.
struct ChainBlocks: Sendable {
  static let largestCount = 64

  let chainCount: Int
  let blockSize: Int

  init(chainCount: Int) {
    precondition(chainCount >= 1, "Sampling needs at least one chain.")
    self.chainCount = chainCount
    let lanes = LaneBlock.width
    let laneBlocks = (chainCount + lanes - 1) / lanes
    blockSize = (laneBlocks + Self.largestCount - 1) / Self.largestCount * lanes
  }

  /// The lane blocks of some chains: sixteen each, the last one perhaps fewer.
  static func lanes(of chains: Range<Int>) -> [Range<Int>] {
    stride(from: chains.lowerBound, to: chains.upperBound, by: LaneBlock.width).map {
      $0..<min($0 + LaneBlock.width, chains.upperBound)
    }
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
