import Testing

@testable import Boltzmann

struct ChainBlocksTests {
  @Test(arguments: [1, 63, 64, 65, 1000, 6401])
  func everyChainIsInOneBlock(chains: Int) {
    let blocks = ChainBlocks(chainCount: chains).map(threads: 2) { Array($0) }
    #expect(blocks.flatMap { $0 } == Array(0..<chains))
    #expect(blocks.count <= 64)
    #expect(blocks.dropLast().allSatisfy { $0.count.isMultiple(of: 16) })
    let lanes = ChainBlocks.lanes(of: 0..<chains)
    #expect(lanes.flatMap { Array($0) } == Array(0..<chains))
    #expect(lanes.allSatisfy { $0.lowerBound.isMultiple(of: 16) && $0.count <= 16 })
  }
}
